"""The finished ground: streets and tilings together, with look-ups for placing things."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

from maplebridge.twin.city.division import Tilings, draw_tilings
from maplebridge.twin.city.geometry.frame import Floats, Frame, local_frame
from maplebridge.twin.city.geometry.lattice import Lattice, lay_lattice
from maplebridge.twin.city.geometry.plan import Plan, draw_plan
from maplebridge.twin.city.geometry.quarters import QUARTERS
from maplebridge.twin.city.geometry.shape import Shape, draw_shape
from maplebridge.twin.city.records import StreetAddress
from maplebridge.twin.city.streets.addresses import StreetPlan, plan_streets
from maplebridge.twin.city.streets.naming import Run, name_streets
from maplebridge.twin.city.streets.network import Network, build_network


@dataclass(frozen=True, slots=True)
class Ground:
    """Everything that does not move, with metres at hand."""

    frame: Frame
    shape: Shape
    lattice: Lattice
    plan: Plan
    tilings: Tilings
    network: Network
    runs: list[Run]
    streets: StreetPlan
    station_of_cell: list[int]  # index of the station quarter for each cell
    by_cell: dict[str, list[int]]  # cell code -> address indices
    tree: cKDTree  # of addresses, metres

    def near(self, x: float, y: float, count: int = 1) -> list[int]:
        """Indices of the addresses nearest to a point in metres."""
        _, found = self.tree.query((x, y), k=count)
        return [int(i) for i in np.atleast_1d(found)]

    def address(self, index: int) -> StreetAddress:
        """Address by index."""
        return self.streets.addresses[index]

    def cell_middle(self, cell: int) -> tuple[float, float]:
        """Centroid of a cell in metres."""
        spot = self.tilings.cell[cell].centroid
        return float(spot.x), float(spot.y)


def lay_ground(rng: np.random.Generator) -> Ground:
    """Draw the land, its streets and its divisions."""
    frame = local_frame()
    shape = draw_shape(rng)
    lattice = lay_lattice(shape, rng)
    plan = draw_plan(shape, lattice)
    tilings = draw_tilings(shape, lattice, plan)
    network = build_network(shape, lattice, rng)
    runs = name_streets(network, lattice)
    streets = plan_streets(network, runs, lattice, plan.cell, tilings.cell_codes, frame)
    by_cell: dict[str, list[int]] = {code: [] for code in tilings.cell_codes}
    for i, address in enumerate(streets.addresses):
        by_cell[address.cell_code].append(i)
    return Ground(
        frame, shape, lattice, plan, tilings, network, runs, streets,
        _nearest_station(tilings), by_cell, cKDTree(streets.address_xy),
    )  # fmt: skip


def _nearest_station(tilings: Tilings) -> list[int]:
    """Give each cell to the nearest station of its own police catchment."""
    spots = np.array([(q.x, q.y) for q in QUARTERS])
    home = np.array([_police_at(tilings, q.x, q.y) for q in QUARTERS])
    out = []
    for outline, police in zip(tilings.cell, tilings.cell_police, strict=True):
        middle = outline.centroid
        far: Floats = np.hypot(spots[:, 0] - middle.x, spots[:, 1] - middle.y)
        out.append(int(np.where(home == police, far, np.inf).argmin()))
    return out


def _police_at(tilings: Tilings, x: float, y: float) -> int:
    """Police catchment of a point: that of the nearest cell."""
    far = [(o.centroid.x - x) ** 2 + (o.centroid.y - y) ** 2 for o in tilings.cell]
    return tilings.cell_police[int(np.argmin(far))]
