"""The plane of streets: a lattice of lines bent along river and coast.

Columns run away from the river, rows run along it. Streets, communities, cells and
beats all lie on lattice lines, so their borders follow streets and tile exactly.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from maplebridge.twin.city.geometry.frame import Floats
from maplebridge.twin.city.geometry.quarters import density_at
from maplebridge.twin.city.geometry.shape import Shape

QUAY = 42.0  # metres from the water's edge to the riverside street
BRIDGE_P = (-4480.0, -2010.0, 470.0)  # along the river, metres
MAIN, SECOND, MINOR = 0, 1, 2

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Lattice:
    """Crossings [row, column] in metres and the rank of each line."""

    x: Floats
    y: Floats
    col_level: Ints
    row_level: Ints
    south_quay: int  # row
    river_row: int  # row in mid-stream, no street
    north_quay: int  # row
    bridges: tuple[int, ...]  # columns
    density: Floats  # at crossings
    block_area: Floats  # [row, column] of blocks, m2 within the territory
    block_density: Floats

    def block_ring(self, row: int, col: int) -> Floats:
        """Corners of a block, counter-clockwise."""
        idx = [(row, col), (row, col + 1), (row + 1, col + 1), (row + 1, col)]
        return np.array([(self.x[i], self.y[i]) for i in idx])

    def blocks(self) -> npt.NDArray[np.object_]:
        """All blocks as polygons, [row, column]."""
        pts = np.stack([self.x, self.y], axis=-1)
        rings = np.stack([pts[:-1, :-1], pts[:-1, 1:], pts[1:, 1:], pts[1:, :-1]], axis=2)
        return np.asarray(shapely.polygons(rings))


def _lines(start: float, stop: float, low: float, high: float, rng: np.random.Generator) -> Floats:
    gaps = rng.uniform(low, high, int((stop - start) / low) + 2)
    at = start + np.concatenate([[0.0], np.cumsum(gaps)])
    return np.asarray(at[at < stop])


def _levels(at: Floats, forced: set[int], main_gap: float) -> Ints:
    """Rank lines: forced ones and one about every `main_gap` are main streets."""
    level = np.full(len(at), MINOR)
    last = -1e9
    marks = sorted(forced)
    for i, pos in enumerate(at):
        ahead = min((at[m] - pos for m in marks if m >= i), default=1e9)
        if i in forced or (pos - last >= main_gap and ahead > main_gap * 0.55):
            level[i], last = MAIN, pos
    free = 0
    for i in range(len(at)):
        free = 0 if level[i] == MAIN else free + 1
        if free and free % 2 == 0:
            level[i] = SECOND
    return level


def _waves(rng: np.random.Generator, p: Floats, q: Floats, size: float) -> Floats:
    out = np.zeros(np.broadcast(p, q).shape)
    for length, weight in ((5200.0, 1.0), (2900.0, 0.5), (1700.0, 0.22)):
        angle, phase = rng.uniform(0, 2 * np.pi, 2)
        way = p * np.cos(angle) + q * np.sin(angle)
        out += weight * np.sin(2 * np.pi * way / length + phase)
    return np.asarray(out * size)


def _bend(shape: Shape, p: Floats, side: int, q: Floats, rng: np.random.Generator) -> Floats:
    """Bend plane coordinates (p along, q away from the river) into metres [2, row, col]."""
    fade = 1.0 - np.exp(-((q / 520.0) ** 2))
    along = np.exp(-((q / 4300.0) ** 2))
    tilt = (-0.10 if side > 0 else -0.09) * q
    flat_y = shape.river_y(p) * along + side * (q + shape.river_half(p) * along)
    pull = np.clip(shape.coast_x(flat_y) - 170.0 - 4300.0, -700.0, 700.0)
    near = np.where(p < 4300.0, np.exp(-(((p - 4300.0) / 2300.0) ** 2)), 1.0)
    x = p + tilt * (1 - near) + pull * near * fade + _waves(rng, p, q, 70.0) * fade
    bank = (shape.river_half(x) + QUAY) * along
    y = shape.river_y(x) * along + side * (q + bank) + _waves(rng, p, q, 75.0) * fade
    return np.stack([np.broadcast_to(x, y.shape), y])


def lay_lattice(shape: Shape, rng: np.random.Generator) -> Lattice:
    """Lay the lattice over the whole territory."""
    p = _lines(-9700.0, 5900.0, 150.0, 215.0, rng)
    bridges = tuple(int(np.abs(p - at).argmin()) for at in BRIDGE_P)
    p[list(bridges)] = BRIDGE_P
    q_north = _lines(0.0, 9500.0, 132.0, 190.0, rng)
    q_south = _lines(0.0, 8000.0, 132.0, 190.0, rng)
    grid_p = p[None, :]
    north = _bend(shape, grid_p, 1, q_north[:, None], rng)
    south = _bend(shape, grid_p, -1, q_south[:, None], rng)
    middle_x = (north[0][:1] + south[0][:1]) / 2
    middle = np.stack([middle_x, shape.river_y(middle_x)])
    x, y = (np.concatenate([south[k][::-1], middle[k], north[k]]) for k in (0, 1))
    quay_s, quay_n = len(q_south) - 1, len(q_south) + 1
    density = density_at(x, y)
    _jitter(x, y, density, (quay_s, quay_n), rng)
    rows_s, rows_n = (_levels(q, {0}, 1050.0) for q in (q_south, q_north))
    rows = np.concatenate([rows_s[::-1], [MINOR], rows_n])
    cols = _levels(p, set(bridges), 1050.0)
    area = _areas(shape, x, y)
    mean = (density[:-1, :-1] + density[1:, 1:] + density[:-1, 1:] + density[1:, :-1]) / 4
    return Lattice(x, y, cols, rows, quay_s, quay_s + 1, quay_n, bridges, density, area, mean)


def _jitter(
    x: Floats, y: Floats, density: Floats, quays: tuple[int, int], rng: np.random.Generator
) -> None:
    """Shift crossings a little; old quarters are less regular, the riverside stays smooth."""
    size = 5.0 + 17.0 * np.clip((density - 0.75) / 0.25, 0.0, 1.0)
    size[quays[0] : quays[1] + 1] = 0.0
    x += rng.normal(0.0, 1.0, x.shape) * size
    y += rng.normal(0.0, 1.0, y.shape) * size


def _areas(shape: Shape, x: Floats, y: Floats) -> Floats:
    pts = np.stack([x, y], axis=-1)
    rings = np.stack([pts[:-1, :-1], pts[:-1, 1:], pts[1:, 1:], pts[1:, :-1]], axis=2)
    quads = np.asarray(shapely.polygons(rings))
    main = shape.territory.difference(shapely.union_all(list(shape.islets.values())))
    shapely.prepare(main)
    area = np.where(shapely.contains_properly(main, quads), shapely.area(quads), 0.0)
    edge = shapely.intersects(main, quads) & (area == 0.0)
    area[edge] = shapely.area(shapely.intersection(quads[edge], main))
    return np.asarray(area)
