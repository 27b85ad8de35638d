"""Each look of the doctor can fail, and then says what to do."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from maplebridge.commands.doctor import CHECKS, Check
from maplebridge.commands.health import (
    Answer,
    KernelClock,
    adapters,
    clock_drift,
    dotted,
    kernel_clock,
    queue_lag,
    time_zone,
    too_old,
)
from maplebridge.kernel import worker  # noqa: F401  registers its jobs
from maplebridge.kernel.clock import ZONE
from maplebridge.kernel.jobs import enqueue
from maplebridge.kernel.jobs.models import Job

SUMMER = datetime(2026, 7, 14, 9, 30, tzinfo=ZONE)
SHANGHAI = timedelta(hours=8)


def test_a_look_that_fails_keeps_its_name_and_its_remedy() -> None:
    def look() -> Answer:
        raise ConnectionError("no route\nDETAIL: to host")

    finding = Check("database", look, "Check DATABASE_URL.")()
    assert (finding.what, finding.state, finding.fix) == (
        "database",
        "failed",
        "Check DATABASE_URL.",
    )
    assert finding.said == "ConnectionError: no route"


def test_every_check_has_its_name_and_a_remedy() -> None:
    assert len({check.what for check in CHECKS}) == len(CHECKS)
    assert all(check.fix.endswith(".") and "_" not in check.what for check in CHECKS)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("told", "state"),
    [
        (KernelClock(True, timedelta(milliseconds=20)), "ok"),
        (KernelClock(True, timedelta(seconds=9)), "warning"),
        (KernelClock(False, timedelta(seconds=16)), "warning"),
        (None, "unknown"),
    ],
)
def test_the_clock_is_what_the_kernel_says(told: KernelClock | None, state: str) -> None:
    assert clock_drift(lambda: told).state == state


def test_the_kernel_is_asked_without_harm() -> None:
    told = kernel_clock()
    assert told is None or told.error >= timedelta()


@pytest.mark.parametrize(
    ("at", "state"),
    [
        (SUMMER, "ok"),
        (datetime(2025, 11, 1, tzinfo=ZONE), "ok"),
        (datetime(2026, 10, 31, tzinfo=ZONE), "ok"),
        (datetime(2031, 3, 1, tzinfo=ZONE), "warning"),
        (datetime(2030, 12, 31, 20, tzinfo=timezone.get_fixed_timezone(0)), "warning"),
        (datetime(1986, 7, 14, tzinfo=ZONE), "failed"),  # China had summer time
    ],
)
def test_the_zone_and_its_holidays(at: datetime, state: str) -> None:
    answer = time_zone(at, SHANGHAI)
    assert answer.state == state, answer
    assert answer.state == "ok" or answer.fix


def test_next_years_holidays_are_missed_from_november_on() -> None:
    last = max(
        year
        for year in range(2024, 2100)
        if time_zone(SUMMER.replace(year=year), SHANGHAI).state == "ok"
    )
    answer = time_zone(datetime(last, 11, 1, tzinfo=ZONE), SHANGHAI)
    assert (answer.state, f"{last + 1}" in answer.said) == ("warning", True)


def test_a_process_in_another_zone_is_told() -> None:
    answer = time_zone(SUMMER, timedelta(0))
    assert (answer.state, "+0.0 h" in answer.said) == ("warning", True)


def test_a_suite_that_does_not_open_what_it_seals_fails() -> None:
    assert adapters().state == "ok"
    assert adapters(unseal=lambda _text, _purpose: "other").state == "failed"
    assert adapters(seal=lambda text, _purpose: f"i1{text}").state == "failed"


@pytest.mark.django_db
def test_eleven_jobs_that_wait_for_minutes_are_seen() -> None:
    for number in range(11):
        enqueue("kernel.sweep_jobs", key=f"waits {number}")
    assert queue_lag().state == "ok"
    Job.objects.filter(key="waits 3").update(run_at=timezone.now() - timedelta(minutes=7))
    answer = queue_lag()
    assert (answer.state, "7 minutes" in answer.said) == ("warning", True)
    assert "maplebridge work" in answer.fix


@pytest.mark.parametrize(
    ("found", "least", "old"),
    [
        ((13, 9), (14,), True),
        ((14, 0), (14,), False),
        ((17,), (14,), False),
        ((3, 40), None, False),
    ],
)
def test_an_old_server_is_told(
    found: tuple[int, ...], least: tuple[int, ...] | None, old: bool
) -> None:
    assert too_old(found, least) is old
    assert dotted(found)
