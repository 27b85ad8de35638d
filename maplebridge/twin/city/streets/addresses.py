"""House numbers along named streets."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from maplebridge.twin.city.geometry.frame import Frame
from maplebridge.twin.city.geometry.lattice import Ints, Lattice
from maplebridge.twin.city.geometry.quarters import density_at
from maplebridge.twin.city.records import City, Street, StreetAddress, StreetEdge, StreetNode
from maplebridge.twin.city.streets.naming import Run
from maplebridge.twin.city.streets.network import COL, LANE, Link, Network

PER_NUMBER = 6.0  # metres of street per pair of house numbers
EVERY = 104.0  # metres between the addresses that are written down
SETBACK = 11.0  # metres from the middle of the street to the door


@dataclass(frozen=True, slots=True)
class StreetPlan:
    """Streets, graph and addresses, with the metres that the records leave out."""

    streets: tuple[Street, ...]
    nodes: tuple[StreetNode, ...]
    edges: tuple[StreetEdge, ...]
    addresses: tuple[StreetAddress, ...]
    address_xy: np.ndarray[tuple[int, int], np.dtype[np.float64]]
    address_cell: Ints  # index into the plan's cells


@dataclass(frozen=True, slots=True)
class _Door:
    x: float
    y: float
    number: int
    cell: int
    node: int


def plan_streets(
    net: Network, runs: list[Run], lattice: Lattice, cell: Ints, codes: list[str], frame: Frame
) -> StreetPlan:
    """Write down streets, edges and addresses; `codes` are the cells' codes."""
    nodes = tuple(StreetNode(i, lon, lat) for i, (lon, lat) in enumerate(frame.points(net.xy)))
    streets, edges, doors, owner = [], [], [], []
    for i, run in enumerate(runs):
        code = f"R{i + 1:04d}"
        found, last = _doors(run, net, lattice, cell)
        streets.append(Street(code, run.name_zh, run.name_en, run.kind, last))
        doors += found
        owner += [i] * len(found)
        edges += [_edge(link, net, code, run) for link in run.links]
    spots = frame.points((door.x, door.y) for door in doors)
    addresses = tuple(
        _address(door, streets[i], spot, codes)
        for door, i, spot in zip(doors, owner, spots, strict=True)
    )
    return StreetPlan(
        tuple(streets),
        nodes,
        tuple(edges),
        addresses,
        np.array([(d.x, d.y) for d in doors]),
        np.array([d.cell for d in doors]),
    )


def _edge(link: Link, net: Network, code: str, run: Run) -> StreetEdge:
    (ax, ay), (bx, by) = net.xy[link.a], net.xy[link.b]
    path = link.kind == "path"
    narrow = link.kind == "lane"
    metres = round(float(np.hypot(bx - ax, by - ay)), 1)
    return StreetEdge(
        link.a, link.b, metres, code, run.name_zh, link.kind, True, not path, not (path or narrow)
    )


def _address(
    door: _Door, street: Street, spot: tuple[float, float], codes: list[str]
) -> StreetAddress:
    return StreetAddress(
        street_code=street.code,
        number=door.number,
        text_zh=f"{street.name_zh}{door.number}号",
        text_en=f"{door.number} {street.name_en}",
        point=spot,
        cell_code=codes[door.cell],
        node=door.node,
    )


def _doors(run: Run, net: Network, lattice: Lattice, cell: Ints) -> tuple[list[_Door], int]:
    """Walk a street and put doors on both sides, odd numbers on the left."""
    if run.kind in ("bridge", "path"):
        return [], 0
    doors: list[_Door] = []
    walked, due, left = 0.0, 14.0, True
    for link in run.links:
        (ax, ay), (bx, by) = net.xy[link.a], net.xy[link.b]
        length = float(np.hypot(bx - ax, by - ay))
        ux, uy = (bx - ax) / length, (by - ay) / length
        dense = float(density_at(np.array((ax + bx) / 2), np.array((ay + by) / 2)))
        while due < walked + length:
            along = due - walked
            block = _block(link, left)
            home = int(cell[block])
            if home >= 0:
                side = SETBACK if left else -SETBACK
                number = 2 * int(due / PER_NUMBER) + (1 if left else 2)
                node = link.a if along < length / 2 else link.b
                x, y = ax + ux * along - uy * side, ay + uy * along + ux * side
                doors.append(_Door(x, y, number, home, node))
            left = not left
            due += EVERY if dense > 0.4 else EVERY * 3
        walked += length
    return doors, 2 * int(walked / PER_NUMBER) + 2


def _block(link: Link, left: bool) -> tuple[int, int]:
    row, col = link.block
    if link.axis == LANE:
        return row, col
    if link.axis == COL:
        return (row, max(col - 1, 0)) if left else (row, col)
    return (row, col) if left else (max(row - 1, 0), col)


def address_at(city: City, street_zh: str, number: int) -> StreetAddress | None:
    """Find 「潮平街88号」: the number itself, or a point between its neighbours."""
    code = next((s.code for s in city.streets if s.name_zh == street_zh), None)
    same = [a for a in city.addresses if a.street_code == code and a.number % 2 == number % 2]
    if not same or number < 1:
        return None
    same.sort(key=lambda a: a.number)
    street = next(s for s in city.streets if s.code == code)
    if number > street.last_number:
        return None
    lower = max((a for a in same if a.number <= number), key=lambda a: a.number, default=same[0])
    upper = min((a for a in same if a.number >= number), key=lambda a: a.number, default=same[-1])
    span = upper.number - lower.number
    share = (number - lower.number) / span if span else 0.0
    near = lower if share < 0.5 else upper
    point = (
        round(lower.point[0] + (upper.point[0] - lower.point[0]) * share, 7),
        round(lower.point[1] + (upper.point[1] - lower.point[1]) * share, 7),
    )
    return StreetAddress(
        street_code=street.code,
        number=number,
        text_zh=f"{street.name_zh}{number}号",
        text_en=f"{number} {street.name_en}",
        point=point,
        cell_code=near.cell_code,
        node=near.node,
    )
