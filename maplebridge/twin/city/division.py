"""Divisions, cells of both networks and how they cut each other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from shapely.geometry.base import BaseGeometry

from maplebridge.twin.city.geometry.frame import Floats, Frame
from maplebridge.twin.city.geometry.lattice import Ints, Lattice
from maplebridge.twin.city.geometry.plan import DEDICATED, Plan, outlines
from maplebridge.twin.city.geometry.shape import Shape
from maplebridge.twin.city.records import (
    CellShare,
    Division,
    GovernanceCell,
    LonLat,
    PoliceBeat,
)

COUNTY = "330399"
TOWNSHIP = "330399198000"
POLICE = (  # east, centre, north: code, Chinese, English
    ("330399510000", "城东派出所", "Chengdong Police Station"),
    ("330399520000", "城中派出所", "Chengzhong Police Station"),
    ("330399530000", "城北派出所", "Chengbei Police Station"),
)
BEAT_PREFIX = (
    ("51", "城东", "Chengdong"),
    ("52", "城中", "Chengzhong"),
    ("53", "城北", "Chengbei"),
)
KEY_CELLS = 25


@dataclass(frozen=True, slots=True)
class Tilings:
    """Outlines in metres and codes, in the order of the plan."""

    community: list[BaseGeometry]
    community_codes: list[str]
    cell: list[BaseGeometry]
    cell_codes: list[str]
    cell_numbers: list[int]
    beat: list[BaseGeometry]
    beat_codes: list[str]
    police: list[BaseGeometry]
    cell_police: list[int]  # police station of each cell
    beat_police: list[int]


def draw_tilings(shape: Shape, lattice: Lattice, plan: Plan) -> Tilings:
    """Draw all outlines and number the pieces."""

    def drawn(index: Ints) -> list[BaseGeometry]:
        return outlines(shape, lattice, index, plan.islet_block, int(index.max()) + 1)

    community, cell, beat = drawn(plan.community), drawn(plan.cell), drawn(plan.beat)
    order = _reading_order(community, 2600.0)
    community_codes = [""] * len(community)
    for number, i in enumerate(order, start=901):
        community_codes[i] = f"330399198{number}"
    cell_codes, numbers = _number_cells(cell, plan, community_codes)
    cell_police = _majority(plan.cell, plan.police)
    beat_police = _majority(plan.beat, plan.police)
    beat_codes = [""] * len(beat)
    for k, (digits, _, _) in enumerate(BEAT_PREFIX):
        mine = [i for i, p in enumerate(beat_police) if p == k]
        for number, j in enumerate(_reading_order([beat[i] for i in mine], 1800.0), start=1):
            beat_codes[mine[j]] = f"{COUNTY}{digits}J{number:02d}"
    return Tilings(
        community, community_codes, cell, cell_codes, numbers, beat, beat_codes,
        drawn(plan.police), cell_police, beat_police,
    )  # fmt: skip


def _majority(pieces: Ints, owner: Ints) -> list[int]:
    return [int(np.bincount(owner[pieces == i]).argmax()) for i in range(int(pieces.max()) + 1)]


def _reading_order(shapes: list[BaseGeometry], band: float) -> list[int]:
    """Number west to east, and north to south, in bands of some metres."""
    spots = [shape.representative_point() for shape in shapes]
    top = max(p.y for p in spots)
    return sorted(range(len(spots)), key=lambda i: (int((top - spots[i].y) / band), spots[i].x))


def _number_cells(
    cell: list[BaseGeometry], plan: Plan, community_codes: list[str]
) -> tuple[list[str], list[int]]:
    codes, numbers = [""] * len(cell), [0] * len(cell)
    for k, prefix in enumerate(community_codes):
        mine = [i for i, c in enumerate(plan.cell_community) if c == k]
        for number, j in enumerate(_reading_order([cell[i] for i in mine], 700.0), start=1):
            codes[mine[j]], numbers[mine[j]] = f"{prefix}{number:03d}", number
    return codes, numbers


def inside_point(shape: BaseGeometry, frame: Frame) -> LonLat:
    """Point that lies inside: the centroid where it does."""
    centre = shape.centroid
    spot = centre if shape.contains(centre) else shape.representative_point()
    return frame.point(float(spot.x), float(spot.y))


def divisions(
    shape: Shape, tilings: Tilings, plan: Plan, density: Floats, frame: Frame
) -> tuple[Division, ...]:
    """County, virtual township and communities."""
    whole = shape.territory
    area = round(whole.area / 1e6, 3)
    centre = frame.point(0.0, 0.0)
    rows = [
        Division(COUNTY, "枫港市", "Fenggang", "county", None, "", frame.area(whole), centre, area),
        Division(
            TOWNSHIP, "枫港市直辖村级区划", "Communities directly under Fenggang",
            "township_virtual", COUNTY, "", frame.area(whole), centre, area,
        ),
    ]  # fmt: skip
    for i, outline in enumerate(tilings.community):
        zh, en = plan.community_names[i]
        built = float(density[plan.community == i].mean())
        kind = "111" if built > 0.5 else "112" if built > 0.28 else "121" if built > 0.15 else "220"
        rows.append(
            Division(
                tilings.community_codes[i], zh, en, "community", TOWNSHIP, kind,
                frame.area(outline), inside_point(outline, frame), round(outline.area / 1e6, 4),
            )
        )  # fmt: skip
    return tuple(sorted(rows, key=lambda d: (len(d.code), d.code)))


def governance_cells(
    tilings: Tilings, plan: Plan, density: Floats, station_of: list[str], frame: Frame
) -> tuple[GovernanceCell, ...]:
    """Governance cells with names, kinds and key flags."""
    built = [float(density[plan.cell == i].mean()) for i in range(len(tilings.cell))]
    basic = [i for i in range(len(built)) if i not in plan.dedicated]
    key = set(sorted(basic, key=lambda i: -built[i])[:KEY_CELLS])
    out = []
    for i, outline in enumerate(tilings.cell):
        zh, en = plan.community_names[plan.cell_community[i]]
        number = tilings.cell_numbers[i]
        name_zh, name_en = f"{zh.removesuffix('社区')}{number:02d}网格", f"{en} grid {number:02d}"
        if i in plan.dedicated:
            place = DEDICATED[plan.dedicated[i]]
            name_zh, name_en = f"{place[0]}专属网格", f"{place[1]} dedicated grid"
        out.append(
            GovernanceCell(
                code=tilings.cell_codes[i],
                community_code=tilings.community_codes[plan.cell_community[i]],
                name_zh=name_zh,
                name_en=name_en,
                kind="dedicated" if i in plan.dedicated else "basic",
                key=i in key,
                station_code=station_of[i],
                geometry=frame.area(outline),
                centre=inside_point(outline, frame),
                area_m2=round(outline.area, 1),
            )
        )
    return tuple(sorted(out, key=lambda c: c.code))


def police_beats(tilings: Tilings, frame: Frame) -> tuple[PoliceBeat, ...]:
    """Police beats, numbered within their police station."""
    out = []
    for i, outline in enumerate(tilings.beat):
        k, code = tilings.beat_police[i], tilings.beat_codes[i]
        out.append(
            PoliceBeat(
                code=code,
                name_zh=f"{BEAT_PREFIX[k][1]}{code[-2:]}警格",
                name_en=f"{BEAT_PREFIX[k][2]} beat {code[-2:]}",
                police_station_code=POLICE[k][0],
                geometry=frame.area(outline),
                centre=inside_point(outline, frame),
                area_m2=round(outline.area, 1),
            )
        )
    return tuple(sorted(out, key=lambda b: b.code))


def cell_shares(tilings: Tilings, plan: Plan, block_area: Floats) -> tuple[CellShare, ...]:
    """Area of each cell by beat, as shares that add up to one."""
    table = np.zeros((len(tilings.cell), len(tilings.beat)))
    inside = plan.cell >= 0
    np.add.at(table, (plan.cell[inside], plan.beat[inside]), block_area[inside])
    islets = plan.cell[plan.islet_block]
    extra = tilings.cell[islets].area - table[islets].sum()
    table[islets, plan.beat[plan.islet_block]] += extra
    table /= table.sum(axis=1, keepdims=True)
    return tuple(
        CellShare(tilings.cell_codes[i], tilings.beat_codes[j], float(table[i, j]))
        for i, j in np.argwhere(table > 0).tolist()
    )
