"""Periods of figures: half-open, in local time, and the same stretch of last month."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from maplebridge.indicators.facts import hour_of
from maplebridge.kernel.clock import day_bounds, local_day


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


def today_and_then(at: datetime) -> tuple[Period, Period]:
    """Today's full hours, and the same hours of the same day of last month.

    A day that last month did not have is compared with last month's last day.
    """
    now = Period(day_bounds(local_day(at))[0], hour_of(at))
    start, _end = day_bounds(_a_month_before(local_day(at)))
    return now, Period(start, start + (now.end - now.start))


def month_and_then(at: datetime) -> tuple[Period, Period]:
    """This month's full hours, and the same stretch of last month, cut at its end."""
    first = local_day(at).replace(day=1)
    start = day_bounds(first)[0]
    now = Period(start, hour_of(at))
    before = day_bounds(_a_month_before(first))[0]
    return now, Period(before, min(before + (now.end - now.start), start))


def _a_month_before(day: date) -> date:
    year, month_number = (day.year, day.month - 1) if day.month > 1 else (day.year - 1, 12)
    last = calendar.monthrange(year, month_number)[1]
    return date(year, month_number, min(day.day, last))
