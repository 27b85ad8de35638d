"""How many incidents a day brings, of which kinds, at which hours."""

from __future__ import annotations

from random import Random

from maplebridge.twin.city.history_records import DayWeather
from maplebridge.twin.city.kinds import KINDS, Kind

MEAN, SPREAD, FEWEST, MOST = 85.0, 6.5, 60, 110
MOST_REPEATS = 8  # repeat calls a day at most
WEEKDAY = (1.02, 0.98, 0.98, 1.0, 1.06, 1.05, 0.95)
DAY_FACTOR = {"typhoon": 1.18, "storm": 1.06, "rain": 0.98, "heat": 1.03}

# Weights by local hour 0..23.
HOURS: dict[str, tuple[int, ...]] = {
    "day": (1, 1, 0, 0, 0, 1, 3, 6, 10, 12, 12, 10, 8, 9, 11, 12, 11, 9, 7, 5, 4, 3, 2, 1),
    "office": (0, 0, 0, 0, 0, 0, 0, 2, 12, 16, 14, 9, 4, 8, 14, 14, 12, 7, 3, 2, 2, 1, 0, 0),
    "evening": (2, 1, 0, 0, 0, 1, 2, 3, 4, 5, 5, 5, 5, 5, 5, 6, 7, 9, 12, 14, 13, 10, 7, 4),
    "night": (11, 9, 7, 5, 4, 4, 4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 3, 4, 6, 9, 11, 13, 15, 14),
    "late": (12, 9, 5, 2, 1, 1, 1, 1, 1, 2, 2, 3, 3, 2, 2, 2, 3, 4, 6, 8, 11, 14, 16, 15),
    "rush": (1, 1, 0, 0, 1, 2, 6, 15, 14, 8, 7, 7, 6, 6, 7, 8, 11, 16, 13, 8, 5, 4, 3, 2),
    "meal": (2, 1, 0, 0, 0, 2, 5, 5, 3, 4, 7, 12, 10, 4, 3, 4, 8, 14, 14, 10, 7, 6, 4, 3),
    "flat": (3, 3, 2, 2, 2, 3, 4, 5, 6, 6, 6, 6, 5, 5, 5, 5, 5, 6, 6, 6, 6, 5, 4, 4),
    "school": (0, 0, 0, 0, 0, 0, 2, 9, 6, 5, 6, 8, 6, 4, 5, 9, 16, 10, 4, 3, 2, 1, 0, 0),
}

_WET = {"traffic/collision": 1.3, "traffic/single_fall": 1.9, "social_linkage/drain": 3.5,
        "urgent_help/medical_help": 1.4, "social_linkage/noise.square": 0.1}  # fmt: skip
BY_WEATHER: dict[str, dict[str, float]] = {
    "rain": _WET,
    "storm": {**_WET, "social_linkage/drain": 7.0, "social_linkage/tree": 4.0,
              "social_linkage/facility.cable": 3.0, "urgent_help/flood": 6.0,
              "social_linkage/utility.power": 2.5, "urgent_help/live_wire": 3.0},
    "typhoon": {**_WET, "social_linkage/drain": 9.0, "social_linkage/tree": 14.0,
                "social_linkage/facility.cable": 7.0, "urgent_help/flood": 30.0,
                "social_linkage/utility.power": 6.0, "urgent_help/live_wire": 8.0,
                "social_linkage/hazard.facade": 9.0, "urgent_help/carry_help": 3.0,
                "traffic/parking": 0.3, "criminal/theft": 0.4, "consultation": 0.3,
                "social_linkage/stall": 0.1, "fire_rescue/wildfire": 0.0},
    "heat": {"social_linkage/utility.power": 2.2, "urgent_help/drowning": 2.5,
             "urgent_help/medical_emergency": 1.3, "fire_rescue/ebike": 1.6,
             "fire_rescue/wildfire": 1.5,
             "social_linkage/utility.water": 1.7, "public_order/fighting": 1.2},
    "fog": {"traffic/collision": 1.3},
}  # fmt: skip
FEAST: dict[str, float] = {
    "urgent_help/person": 1.7, "public_order/fighting": 1.3, "fire_rescue/fire": 1.4,
    "traffic/blocked": 1.8, "urgent_help/missing_child": 1.8, "consultation": 0.2,
    "dispute/wage": 0.5, "social_linkage/construction": 0.4, "dispute/family": 1.4,
}  # fmt: skip
WEEKEND: dict[str, float] = {
    "consultation": 0.45, "public_order/school": 0.1, "dispute/campus": 0.1,
    "urgent_help/missing_child": 1.3, "dispute/consumer": 1.2, "urgent_help/person": 1.3,
    "social_linkage/public_transport": 0.7,
}  # fmt: skip
QINGMING = {"fire_rescue/wildfire": 9.0, "traffic/blocked": 2.0}


def count_of(weather: DayWeather, rng: Random) -> int:
    """Number of incidents of a day, without repeat calls."""
    mean = MEAN * WEEKDAY[weather.day.weekday()] * DAY_FACTOR.get(weather.kind, 1.0)
    if weather.festival_zh:
        mean *= 0.86 if weather.festival_zh == "春节" else 1.06
    return max(FEWEST, min(MOST - MOST_REPEATS, round(rng.gauss(mean, SPREAD))))


def weights_of(weather: DayWeather) -> list[float]:
    """Weight of each kind on a day."""
    tables = [BY_WEATHER.get(weather.kind, {})]
    if weather.festival_zh:
        tables.append(FEAST)
    if weather.festival_zh == "清明":
        tables.append(QINGMING)
    if weather.day.weekday() >= 5:
        tables.append(WEEKEND)
    return [kind.often * _factor(kind, tables) for kind in KINDS]


def _factor(kind: Kind, tables: list[dict[str, float]]) -> float:
    factor = 1.0
    for table in tables:
        # The longest prefix counts, so that a subtype may differ from its category.
        found = max((p for p in table if kind.key.startswith(p)), key=len, default=None)
        factor *= table[found] if found else 1.0
    return factor


def minute_of(kind: Kind, rng: Random) -> int:
    """Local minute of the day."""
    hour = rng.choices(range(24), HOURS[kind.rhythm])[0]
    return hour * 60 + rng.randrange(60)
