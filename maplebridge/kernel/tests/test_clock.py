"""Working days with make-up weekends, and local days."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from maplebridge.kernel.clock import (
    ZONE,
    FixedClock,
    add_working_days,
    day_bounds,
    is_working_day,
    local_day,
    now,
    use_clock,
)


@pytest.mark.parametrize(
    ("day", "working"),
    [
        ("2026-02-14", True),  # a Saturday made up for the Spring Festival
        ("2026-02-18", False),  # a Wednesday inside the festival
        ("2026-11-23", True),
        ("2026-11-22", False),
        ("2025-10-08", False),
        ("2025-10-11", True),
    ],
)
def test_make_up_weekends_are_working_days(day: str, working: bool) -> None:
    assert is_working_day(date.fromisoformat(day)) is working


def test_working_days_skip_the_festival_and_count_the_make_up_day() -> None:
    friday = datetime(2026, 2, 13, 10, 0, tzinfo=ZONE)
    assert local_day(add_working_days(friday, 1)) == date(2026, 2, 14)
    assert local_day(add_working_days(friday, 2)) == date(2026, 2, 24)


def test_a_year_without_a_table_is_counted_plainly_and_said_once() -> None:
    with capture_logs() as said:
        for _ in range(3):
            # A Wednesday in the week of the national holiday.
            at = datetime(2093, 10, 1, 10, tzinfo=ZONE) + timedelta(days=6)
            assert add_working_days(at, 5) - at == timedelta(days=7)
    assert [(entry["event"], entry["year"]) for entry in said] == [("no_holiday_table", 2093)]


def test_a_local_day_starts_at_sixteen_hours_utc() -> None:
    start, end = day_bounds(date(2026, 7, 14))
    assert start.isoformat() == "2026-07-13T16:00:00+00:00"
    assert end - start == timedelta(days=1)


def test_the_clock_in_use_stands_and_moves() -> None:
    with use_clock(FixedClock(datetime(2026, 7, 14, tzinfo=ZONE))) as clock:
        before = now()
        clock.move(seconds=5)  # type: ignore[attr-defined]
        assert now() - before == timedelta(seconds=5)
