"""Periods of figures: half-open, in local time, and the same stretch of last month."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from maplebridge.indicators.facts import hour_of
from maplebridge.kernel.clock import day_bounds, local_day

DAY, THIRTY = timedelta(days=1), timedelta(days=30)
YOUNG = timedelta(hours=8)  # until the night shift ends
# An answer in general takes seven days, and for seven more it may come back to the police.
SETTLES = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Period:
    start: datetime  # UTC
    end: datetime  # not included

    @property
    def hours(self) -> float:
        return max(0.0, (self.end - self.start).total_seconds() / 3600)


def today(at: datetime) -> Period:
    """From local midnight to `at`, the running hour included."""
    return Period(day_bounds(local_day(at))[0], hour_of(at) + timedelta(hours=1))


def month(at: datetime) -> Period:
    """From the first of the month to `at`, the running hour included."""
    first = local_day(at).replace(day=1)
    return Period(day_bounds(first)[0], hour_of(at) + timedelta(hours=1))


def last_day(at: datetime) -> Period:
    """Twenty-four hours of the clock, the running one included."""
    end = hour_of(at) + timedelta(hours=1)
    return Period(end - DAY, end)


def is_young(at: datetime) -> bool:
    """So soon after midnight that today says nothing yet."""
    return at - day_bounds(local_day(at))[0] < YOUNG


def shown_day(at: datetime) -> Period:
    """What figures of the day speak of: today, or the last 24 hours while today is young."""
    return last_day(at) if is_young(at) else today(at)


def settled(at: datetime) -> Period:
    """Thirty days that are old enough: what was handed over has been answered, or is late."""
    end = day_bounds(local_day(at))[0] - SETTLES
    return Period(end - THIRTY, end)


def settled_and_then(at: datetime) -> tuple[Period, Period]:
    now = settled(at)
    return now, Period(now.start - THIRTY, now.start)


def day_and_then(at: datetime) -> tuple[Period, Period]:
    """The day's full hours, and the same hours a month before.

    While today is young these are the last 24 full hours.
    """
    end = hour_of(at)
    start = end - DAY if is_young(at) else day_bounds(local_day(at))[0]
    return _and_a_month_before(Period(start, end))


def last_day_and_then(at: datetime) -> tuple[Period, Period]:
    """The last 24 full hours, and the same hours a month before."""
    return _and_a_month_before(Period(hour_of(at) - DAY, hour_of(at)))


def _and_a_month_before(now: Period) -> tuple[Period, Period]:
    """A day that last month did not have is compared with last month's last day."""
    day = local_day(now.start)
    start = day_bounds(_a_month_before(day))[0] + (now.start - day_bounds(day)[0])
    return now, Period(start, start + (now.end - now.start))


def month_and_then(at: datetime) -> tuple[Period, Period]:
    """This month's full hours, and as many of last month.

    The last days of a month that is longer than the one before have nothing to be compared
    with; both stretches end where the shorter month does.
    """
    first = local_day(at).replace(day=1)
    start = day_bounds(first)[0]
    before = day_bounds(_a_month_before(first))[0]
    length = min(hour_of(at) - start, start - before)
    return Period(start, start + length), Period(before, before + length)


def _a_month_before(day: date) -> date:
    year, month_number = (day.year, day.month - 1) if day.month > 1 else (day.year - 1, 12)
    last = calendar.monthrange(year, month_number)[1]
    return date(year, month_number, min(day.day, last))
