"""Police stations and joint-duty stations with their zones."""

from __future__ import annotations

import numpy as np

from maplebridge.twin.city.division import POLICE
from maplebridge.twin.city.geometry.quarters import QUARTERS
from maplebridge.twin.city.ground import Ground
from maplebridge.twin.city.records import PoliceStation, Station, StationZone

MISSING: dict[str, tuple[str, ...]] = {
    "南汊": ("police_officer",),
    "石埠": ("market_supervisor",),
}
CORE = ("综合受理大厅", "Integrated intake hall")
FUNCTIONAL = (
    ("便民服务区", "Convenience services", 24, 510, 1230),
    ("联勤指挥研判区", "Joint command and analysis", 10, 0, 1440),
    ("矛盾调解区", "Mediation rooms", 16, 510, 1230),
    ("备勤巡防区", "Standby and patrol", 12, 0, 1440),
)
STUDIOS = (
    ("anti_fraud", "反诈宣传工作室", "Anti-fraud studio", 40),
    ("anti_drug", "禁毒教育工作室", "Drug-prevention studio", 45),
    ("security_experience", "安防体验工作室", "Security experience studio", 30),
    ("water_safety", "防溺水工作室", "Water safety studio", 30),
)
POLICE_QUARTER = ("潮埠", "老城", "北岭")  # where the east, centre and north stations stand


def station_code(index: int) -> str:
    """Code of a station by the index of its quarter."""
    return f"S{index + 1:02d}"


def police_stations(ground: Ground) -> tuple[PoliceStation, ...]:
    """The three police stations and their catchments."""
    out = []
    for k, (code, zh, en) in enumerate(POLICE):
        quarter = next(q for q in QUARTERS if q.name_zh == POLICE_QUARTER[k])
        address = ground.address(ground.near(quarter.x - 420.0, quarter.y + 260.0)[0])
        outline = ground.tilings.police[k]
        out.append(
            PoliceStation(
                code=code,
                name_zh=zh,
                name_en=en,
                agency_code="PSB",
                point=address.point,
                address=address,
                catchment=ground.frame.area(outline),
                area_km2=round(outline.area / 1e6, 4),
            )
        )
    return tuple(out)


def stations(ground: Ground, rng: np.random.Generator) -> tuple[Station, ...]:
    """The twelve joint-duty stations, each with 1 + 4 + N zones."""
    out = []
    for i, quarter in enumerate(QUARTERS):
        cells = [c for c, s in enumerate(ground.station_of_cell) if s == i]
        police = ground.tilings.cell_police[cells[0]]
        address = ground.address(_own_address(ground, i))
        out.append(
            Station(
                code=station_code(i),
                name_zh=f"{quarter.name_zh}联勤警务站",
                short_zh=quarter.name_zh,
                name_en=f"{quarter.name_en} Joint-Duty Station",
                police_station_code=POLICE[police][0],
                point=address.point,
                address=address,
                zones=_zones(station_code(i), rng),
                cell_codes=tuple(sorted(ground.tilings.cell_codes[c] for c in cells)),
                missing=MISSING.get(quarter.name_zh, ()),
            )
        )
    return tuple(out)


def _own_address(ground: Ground, station: int) -> int:
    """Nearest address to the quarter's centre that lies in the station's own cells."""
    quarter = QUARTERS[station]
    cells = {
        ground.tilings.cell_codes[c] for c, s in enumerate(ground.station_of_cell) if s == station
    }
    near = ground.near(quarter.x, quarter.y, 60)
    own = [i for i in near if ground.address(i).cell_code in cells]
    return next((i for i in own if "弄" not in ground.address(i).text_zh), (own or near)[0])


def _zones(code: str, rng: np.random.Generator) -> tuple[StationZone, ...]:
    zones = [StationZone(f"{code}-Z1", "core", *CORE, "", 36, 0, 1440)]
    for i, (zh, en, capacity, opens, closes) in enumerate(FUNCTIONAL, start=2):
        zones.append(StationZone(f"{code}-Z{i}", "functional", zh, en, "", capacity, opens, closes))
    count = int(rng.integers(1, len(STUDIOS) + 1))
    chosen = sorted(rng.choice(len(STUDIOS), count, replace=False).tolist())
    for i, k in enumerate(chosen, start=6):
        theme, zh, en, capacity = STUDIOS[k]
        zones.append(StationZone(f"{code}-Z{i}", "studio", zh, en, theme, capacity, 540, 1020))
    return tuple(zones)
