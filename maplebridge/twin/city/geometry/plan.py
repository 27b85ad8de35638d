"""Which block belongs to which police station, community, cell and beat."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import shapely
from scipy.optimize import linear_sum_assignment
from shapely.geometry.base import BaseGeometry

from maplebridge.twin.city import names
from maplebridge.twin.city.geometry.frame import Floats
from maplebridge.twin.city.geometry.lattice import MAIN, Ints, Lattice
from maplebridge.twin.city.geometry.partition import cut, shares
from maplebridge.twin.city.geometry.quarters import QUARTERS, quarter_named
from maplebridge.twin.city.geometry.shape import CENTRE, SCALE, Shape

EAST_KM2 = 48.8
COMMUNITY_COUNT, CELL_COUNT, BEAT_COUNT = 28, 120, 40
EAST, CENTRAL, NORTH = 0, 1, 2

# name, transliteration, kind of place, quarter, metres east and north of the quarter
DEDICATED: tuple[tuple[str, str, str, str, int, int], ...] = (
    ("东塘包装园", "Dongtang Packaging Park", "park", "东塘", 650, -150),
    ("鹤渚印务园", "Hezhu Printing Park", "park", "鹤渚", -300, 950),
    ("北岭机电园", "Beiling Machinery Park", "park", "北岭", 650, -350),
    ("石埠塑业园", "Shibu Plastics Park", "park", "石埠", -700, -500),
    ("沙头水产园", "Shatou Seafood Park", "park", "沙头", 700, -300),
    ("望潮纺织园", "Wangchao Textile Park", "park", "望潮", 1000, 500),
    ("潮埠水产市场", "Chaobu Seafood Market", "market", "潮埠", 700, -900),
    ("老城综合市场", "Laocheng Market Hall", "market", "老城", 350, -300),
    ("南汊农贸城", "Nancha Farm Market", "market", "南汊", 450, -250),
    ("枫港中学", "Fenggang Middle School", "school", "迎潮", -350, 250),
    ("望潮学校", "Wangchao School", "school", "望潮", -650, -550),
    ("海滨职校", "Haibin Vocational School", "school", "鹤渚", 250, -900),
    ("枫港人民医院", "Fenggang People's Hospital", "hospital", "迎潮", 800, -450),
    ("潮埠港", "Chaobu Harbour", "harbour", "潮埠", 1500, -350),
)


@dataclass(frozen=True, slots=True)
class Plan:
    """Index of the piece each block lies in, [row, column]; -1 is outside."""

    police: Ints
    community: Ints
    cell: Ints
    beat: Ints
    community_names: tuple[tuple[str, str], ...]
    cell_community: tuple[int, ...]
    dedicated: dict[int, int]  # cell index -> place in DEDICATED
    islet_block: tuple[int, int]  # block whose pieces the islets belong to


def draw_plan(shape: Shape, lattice: Lattice) -> Plan:
    """Cut the territory into all its tilings."""
    police, islet_block = _police(shape, lattice)
    weight = lattice.block_area * (0.12 + lattice.block_density)
    parts = _parts(police, lattice)
    loads = np.array([weight[tuple(p.T)].sum() for p in parts])
    communities: list[Ints] = []
    for part, count in zip(parts, shares(COMMUNITY_COUNT, loads, 1), strict=True):
        communities += cut(lattice, part, weight[tuple(part.T)], count)
    community_names = _names(communities, lattice)
    cells, owner, dedicated = _cells(communities, weight, lattice)
    beats: list[Ints] = []
    load2 = lattice.block_area * (0.22 + lattice.block_density**1.5)
    whole = [np.argwhere(police == k) for k in (EAST, CENTRAL, NORTH)]
    beat_loads = np.array([load2[tuple(p.T)].sum() for p in whole])
    for part, count in zip(whole, shares(BEAT_COUNT, beat_loads, 6), strict=True):
        beats += cut(lattice, part, load2[tuple(part.T)], count, across=True)
    return Plan(
        police=police,
        community=_index(communities, police.shape),
        cell=_index(cells, police.shape),
        beat=_index(beats, police.shape),
        community_names=community_names,
        cell_community=tuple(owner),
        dedicated=dedicated,
        islet_block=islet_block,
    )


def _police(shape: Shape, lattice: Lattice) -> tuple[Ints, tuple[int, int]]:
    """Cut the three police catchments; the eastern one has exactly 48.8 km2."""
    area = lattice.block_area
    centre_x, centre_y = block_centres(lattice)
    rows, cols = np.indices(area.shape)
    north_side = rows >= lattice.river_row
    middle_row = _main_row(lattice, quarter_named("迎潮").y - 450.0)
    top_row = _main_row(lattice, quarter_named("东塘").y + 900.0)
    west_col = _main_col(lattice, quarter_named("东塘").x - 700.0)
    police = np.where(north_side & (rows >= middle_row), NORTH, CENTRAL)
    east = np.asarray(north_side & (cols >= west_col) & (rows < top_row))
    islets = sum(islet.area for islet in shape.islets.values())
    south = np.argwhere(~north_side & (area > 0))
    south = south[np.lexsort((-south[:, 0], -south[:, 1]))]
    missing = EAST_KM2 * 1e6 - islets - float(area[east].sum())
    total = np.cumsum(area[tuple(south.T)])
    take = south[: int(np.abs(total - missing).argmin()) + 1]
    east[tuple(take.T)] = True
    police[east] = EAST
    police[area <= 0] = -1
    crane = quarter_named("鹤渚")
    far = np.hypot(centre_x - crane.x - 1200.0, centre_y - crane.y) + np.where(
        police == EAST, 0, 1e9
    )
    row, col = np.unravel_index(int(far.argmin()), far.shape)
    return police, (int(row), int(col))


def block_centres(lattice: Lattice) -> tuple[Floats, Floats]:
    """Middle of each block in metres."""
    x, y = ((a[:-1, :-1] + a[1:, 1:] + a[:-1, 1:] + a[1:, :-1]) / 4 for a in (lattice.x, lattice.y))
    return x, y


def _main_row(lattice: Lattice, y: float) -> int:
    mains = np.nonzero(lattice.row_level == MAIN)[0]
    middle = lattice.y[:, lattice.y.shape[1] // 2]
    return int(mains[np.abs(middle[mains] - y).argmin()])


def _main_col(lattice: Lattice, x: float) -> int:
    mains = np.nonzero(lattice.col_level == MAIN)[0]
    row = lattice.x[min(lattice.north_quay + 15, len(lattice.x) - 1)]
    return int(mains[np.abs(row[mains] - x).argmin()])


def _parts(police: Ints, lattice: Lattice) -> list[Ints]:
    """Catchments cut at the river: a community never spans both banks."""
    rows = np.indices(police.shape)[0]
    parts = []
    for k in (EAST, CENTRAL, NORTH):
        for north_side in (False, True):
            blocks = np.argwhere((police == k) & ((rows >= lattice.river_row) == north_side))
            if len(blocks):
                parts.append(blocks)
    return parts


def _names(communities: list[Ints], lattice: Lattice) -> tuple[tuple[str, str], ...]:
    """Give each name to the community that holds its spot, else to one near by."""
    bx, by = block_centres(lattice)
    load = lattice.block_area * (0.05 + lattice.block_density)
    board = np.array([spot for _, _, spot in names.COMMUNITIES])
    spots = np.column_stack([board[:, 0] - CENTRE[0], CENTRE[1] - board[:, 1]]) * SCALE
    quarters = np.array([(q.x, q.y) for q in QUARTERS])
    spots[: len(quarters)] = quarters
    cost = np.empty((len(spots), len(communities)))
    for j, blocks in enumerate(communities):
        at = tuple(blocks.T)
        nearest = np.hypot(bx[at][None] - spots[:, :1], by[at][None] - spots[:, 1:]).min(axis=1)
        mx, my = (np.average(a[at], weights=load[at]) for a in (bx, by))
        cost[:, j] = nearest**2 * 20 + ((spots - (mx, my)) ** 2).sum(axis=1)
    # The twelve station quarters must find their own community; the others give way.
    cost[: len(quarters)] *= 40.0
    rows, cols = linear_sum_assignment(cost)
    found = dict(zip(cols.tolist(), rows.tolist(), strict=True))
    return tuple(names.COMMUNITIES[found[j]][:2] for j in range(len(communities)))


def _cells(
    communities: list[Ints], weight: Floats, lattice: Lattice
) -> tuple[list[Ints], list[int], dict[int, int]]:
    carved, taken = _carve(communities, lattice)
    rest = [np.array([b for b in c.tolist() if tuple(b) not in taken]) for c in communities]
    loads = np.array([weight[tuple(c.T)].sum() for c in rest])
    counts = shares(CELL_COUNT - len(DEDICATED), loads, 2)
    cells: list[Ints] = []
    owner: list[int] = []
    dedicated: dict[int, int] = {}
    for i, (blocks, count) in enumerate(zip(rest, counts, strict=True)):
        for piece in cut(lattice, blocks, weight[tuple(blocks.T)], count):
            cells.append(piece)
            owner.append(i)
        for place, piece in carved.get(i, []):
            dedicated[len(cells)] = place
            cells.append(piece)
            owner.append(i)
    return cells, owner, dedicated


def _carve(
    communities: list[Ints], lattice: Lattice
) -> tuple[dict[int, list[tuple[int, Ints]]], set[tuple[int, int]]]:
    """Set a few whole blocks apart for each dedicated cell."""
    index = _index(communities, lattice.block_area.shape)
    bx, by = block_centres(lattice)
    carved: dict[int, list[tuple[int, Ints]]] = {}
    taken: set[tuple[int, int]] = set()
    whole = lattice.block_area > 15_000.0
    for place, (_, _, kind, quarter, east, north) in enumerate(DEDICATED):
        home = quarter_named(quarter)
        far = np.hypot(bx - home.x - east, by - home.y - north)
        size = {"park": (3, 3), "harbour": (3, 2)}.get(kind, (2, 2))
        for flat in np.argsort(far, axis=None).tolist():
            row, col = divmod(flat, far.shape[1])
            piece = [(row + i, col + j) for i in range(size[0]) for j in range(size[1])]
            if row + size[0] > far.shape[0] or col + size[1] > far.shape[1]:
                continue
            homes = {int(index[b]) for b in piece}
            one_home = len(homes) == 1 and -1 not in homes
            if one_home and all(whole[b] for b in piece) and not taken.intersection(piece):
                break
        taken.update(piece)
        carved.setdefault(homes.pop(), []).append((place, np.array(piece)))
    return carved, taken


def _index(pieces: list[Ints], size: tuple[int, ...]) -> Ints:
    index = np.full(size, -1, dtype=np.int64)
    for i, piece in enumerate(pieces):
        index[tuple(piece.T)] = i
    return index


def outlines(
    shape: Shape, lattice: Lattice, index: Ints, islet_block: tuple[int, int], count: int
) -> list[BaseGeometry]:
    """Unite the blocks of each piece and clip them to the territory, islets included."""
    quads = lattice.blocks()
    islets = list(shape.islets.values())
    main = shape.territory.difference(shapely.union_all(islets))
    out = []
    for i in range(count):
        whole = shapely.coverage_union_all(quads[index == i])
        clipped = whole.intersection(main)
        parts: Iterable[BaseGeometry] = islets if index[islet_block] == i else ()
        out.append(shapely.union_all([clipped, *parts]))
    return out
