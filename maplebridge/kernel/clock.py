"""The one source of "now", local days, and working days with make-up weekends.

Stored times are aware UTC; people see Asia/Shanghai. Working days follow the yearly notice of
the State Council: holidays on weekdays, and make-up working days (调休) on weekends. The table
is dated data beside this file; a year without data falls back to Monday–Friday and says so.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

import structlog

log = structlog.get_logger(__name__)
ZONE = ZoneInfo("Asia/Shanghai")


class Clock(Protocol):
    def now(self) -> datetime: ...


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


class FixedClock:
    """A clock that stands still until it is moved; for tests and for replaying a day."""

    def __init__(self, at: datetime) -> None:
        self._at = at.astimezone(UTC)

    def now(self) -> datetime:
        return self._at

    def move(self, **delta: float) -> None:
        self._at += timedelta(**delta)


_clock: ContextVar[Clock] = ContextVar("clock", default=SystemClock())  # noqa: B039  stateless


def now() -> datetime:
    """Aware UTC now, from the clock in use."""
    return _clock.get().now()


@contextmanager
def use_clock(clock: Clock) -> Iterator[Clock]:
    token = _clock.set(clock)
    try:
        yield clock
    finally:
        _clock.reset(token)


def local(at: datetime) -> datetime:
    return at.astimezone(ZONE)


def local_day(at: datetime) -> date:
    return local(at).date()


def day_bounds(day: date) -> tuple[datetime, datetime]:
    """The half-open UTC interval [start, end) of a local day."""
    start = datetime.combine(day, time.min, ZONE)
    return start.astimezone(UTC), (start + timedelta(days=1)).astimezone(UTC)


@lru_cache(maxsize=1)
def _table() -> tuple[frozenset[date], frozenset[date], frozenset[int]]:
    raw = json.loads((Path(__file__).parent / "working_days.json").read_text("utf-8"))
    off, make_up = set[date](), set[date]()
    for year in raw["years"].values():
        for first, last in year["holidays"]:
            day = date.fromisoformat(first)
            while day <= date.fromisoformat(last):
                off.add(day)
                day += timedelta(days=1)
        make_up |= {date.fromisoformat(d) for d in year["make_up"]}
    return frozenset(off), frozenset(make_up), frozenset(int(y) for y in raw["years"])


def has_calendar(year: int) -> bool:
    """Whether the published holiday notice of that year is in the table."""
    return year in _table()[2]


@lru_cache(maxsize=64)
def _say_missing(year: int) -> None:
    """Once a process and year: due times would be silently wrong around every holiday."""
    log.warning("no_holiday_table", year=year, counted="Monday to Friday")


def is_working_day(day: date) -> bool:
    off, make_up, years = _table()
    if day.year not in years:
        _say_missing(day.year)
    if day in make_up:
        return True
    return day.weekday() < 5 and day not in off


def add_working_days(at: datetime, days: int) -> datetime:
    """`days` working days later at the same local time; the first day is not counted."""
    day, left = local_day(at), days
    while left > 0:
        day += timedelta(days=1)
        left -= is_working_day(day)
    return datetime.combine(day, local(at).timetz()).astimezone(UTC)
