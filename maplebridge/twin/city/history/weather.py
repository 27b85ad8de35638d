"""Invented weather and the calendar of feasts."""

from __future__ import annotations

from datetime import date
from random import Random

from maplebridge.twin.city.history_records import DayWeather

HIGHS = (12, 14, 18, 23, 27, 30, 34, 34, 30, 25, 20, 14)  # degrees by month
RAIN = (0.28, 0.38, 0.45, 0.45, 0.45, 0.5, 0.3, 0.35, 0.35, 0.2, 0.22, 0.2)  # chance by month
TYPHOON_WEEK = {7: 0.12, 8: 0.2, 9: 0.15}  # chance per week by month

# Feasts of the lunar calendar are data: they move from year to year.
LUNAR: dict[str, tuple[str, str]] = {
    "2025-01-29": ("春节", "Spring Festival"), "2025-04-04": ("清明", "Qingming"),
    "2025-05-31": ("端午", "Dragon Boat Festival"), "2025-10-06": ("中秋", "Mid-Autumn"),
    "2026-02-17": ("春节", "Spring Festival"), "2026-04-05": ("清明", "Qingming"),
    "2026-06-19": ("端午", "Dragon Boat Festival"), "2026-09-25": ("中秋", "Mid-Autumn"),
    "2027-02-06": ("春节", "Spring Festival"), "2027-04-05": ("清明", "Qingming"),
    "2027-06-09": ("端午", "Dragon Boat Festival"), "2027-09-15": ("中秋", "Mid-Autumn"),
    "2028-01-26": ("春节", "Spring Festival"), "2028-04-04": ("清明", "Qingming"),
    "2028-05-28": ("端午", "Dragon Boat Festival"), "2028-10-03": ("中秋", "Mid-Autumn"),
}  # fmt: skip
FIXED: dict[str, tuple[str, str]] = {
    "01-01": ("元旦", "New Year"),
    "05-01": ("劳动节", "Labour Day"),
    "05-02": ("劳动节", "Labour Day"),
    "08-16": ("开渔节", "Fishing Season Opening"),
    "10-01": ("国庆节", "National Day"),
    "10-02": ("国庆节", "National Day"),
    "10-03": ("国庆节", "National Day"),
    "12-31": ("跨年夜", "New Year's Eve"),
}


def festival_of(day: date) -> tuple[str, str]:
    """Feast of a day, empty strings on ordinary days."""
    return LUNAR.get(day.isoformat()) or FIXED.get(day.strftime("%m-%d")) or ("", "")


def weather_of(day: date, seed: int) -> DayWeather:
    """Invented weather of a day; depends on the seed and the day only."""
    rng = Random(f"{seed}:weather:{day.isoformat()}")
    month = day.month - 1
    high = HIGHS[month] + round(rng.gauss(0.0, 2.5))
    kind, rain = "clear", 0
    chance = rng.random()
    if (away := _days_from_typhoon(day, seed)) is not None:
        kind, rain = (
            ("typhoon", rng.randint(90, 210)) if away == 0 else ("storm", rng.randint(30, 80))
        )
        high -= 4
    elif chance < RAIN[month] * 0.14:
        kind, rain = "storm", rng.randint(25, 70)
    elif chance < RAIN[month]:
        kind, rain = "rain", rng.randint(2, 24)
    elif chance < RAIN[month] + 0.22:
        kind = "cloudy"
    elif month in (1, 2, 3) and chance > 0.95:
        kind = "fog"
    if kind in ("clear", "cloudy") and high >= 35:
        kind = "heat"
    return DayWeather(day, kind, high, rain, *festival_of(day))  # type: ignore[arg-type]


def _days_from_typhoon(day: date, seed: int) -> int | None:
    """0 on the day of a landfall, 1 on its eve or morrow, None on other days."""
    year, week, weekday = day.isocalendar()
    rng = Random(f"{seed}:typhoon:{year}-{week}")
    landfall = rng.randint(2, 6)
    if rng.random() >= TYPHOON_WEEK.get(day.month, 0.0):
        return None
    away = abs(weekday - landfall)
    return away if away <= 1 else None
