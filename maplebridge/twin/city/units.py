"""Units that can be sent."""

from __future__ import annotations

import numpy as np

from maplebridge.twin.city.geometry.quarters import QUARTERS
from maplebridge.twin.city.ground import Ground
from maplebridge.twin.city.records import PatrolUnit, ShiftCode
from maplebridge.twin.city.stations import station_code

ALL: tuple[ShiftCode, ...] = ("day", "evening", "night")
PATTERNS: tuple[tuple[ShiftCode, ...], ...] = (
    ALL,
    ("day", "evening"),
    ("evening", "night"),
    ("day", "night"),
)
PATROLS, TRAFFIC_UNITS, AMBULANCES = 24, 6, 2
# Unit 07 is the patrol of the harbour quarter on the design board.
_SHIFT = 5 - 6
# Whoever enters as its officer can be sent at any hour, or the demonstration would stop at dawn.
ALWAYS_CREWED = 7


def patrol_units(ground: Ground, rng: np.random.Generator) -> tuple[PatrolUnit, ...]:
    """Patrols, traffic police, micro fire stations and ambulances."""
    units: list[PatrolUnit] = []
    for number in range(1, PATROLS + 1):
        home = (number - 1 + _SHIFT) % len(QUARTERS)
        spot = rng.normal(0.0, 420.0, 2)
        units.append(_unit(ground, "patrol", number, home, spot, rng))
    for number in range(1, TRAFFIC_UNITS + 1):
        home = (3, 4, 5, 10, 8, 1)[number - 1]
        units.append(_unit(ground, "traffic", number, home, rng.normal(0.0, 700.0, 2), rng))
    for home in range(len(QUARTERS)):
        units.append(_unit(ground, "micro_fire", home + 1, home, rng.normal(0.0, 300.0, 2), rng))
    for number, home in enumerate((3, 8)[:AMBULANCES], start=1):
        units.append(_unit(ground, "ambulance", number, home, rng.normal(0.0, 250.0, 2), rng))
    return tuple(units)


def _unit(
    ground: Ground,
    kind: str,
    number: int,
    home: int,
    spot: np.ndarray[tuple[int], np.dtype[np.float64]],
    rng: np.random.Generator,
) -> PatrolUnit:
    quarter = QUARTERS[home]
    address = ground.address(ground.near(quarter.x + spot[0], quarter.y + spot[1])[0])
    prefix, zh, en, agency = {
        "patrol": ("X", f"巡逻组 {number:02d}", f"Patrol {number:02d}", "PSB"),
        "traffic": ("J", f"交警铁骑 {number:02d}", f"Traffic unit {number:02d}", "PSB-TP"),
        "micro_fire": (
            "F", f"{quarter.name_zh}微型消防站", f"{quarter.name_en} mini fire post", "FIRE",
        ),
        "ambulance": ("A", f"急救车 {number:02d}", f"Ambulance {number:02d}", "HEALTH"),
    }[kind]  # fmt: skip
    on_foot = kind == "patrol" and number % 6 == 0
    in_shifts = PATTERNS[int(rng.integers(0, len(PATTERNS)))] if kind == "patrol" else ALL
    return PatrolUnit(
        code=f"{prefix}{number:02d}",
        name_zh=zh,
        name_en=en,
        kind=kind,  # type: ignore[arg-type]
        agency_code=agency,
        station_code=None if kind == "ambulance" else station_code(home),
        point=address.point,
        node=address.node,
        mode="foot" if on_foot else "ebike" if kind == "micro_fire" else "car",
        shifts=ALL if number == ALWAYS_CREWED else in_shifts,
        external=kind == "ambulance",
    )
