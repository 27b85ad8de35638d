"""Time in tests: it stands still, and the worker runs when told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection

from maplebridge.kernel.clock import ZONE, FixedClock, use_clock
from maplebridge.kernel.jobs import work_once
from maplebridge.kernel.journal import deliver_all

MORNING = datetime(2026, 7, 14, 9, 30, tzinfo=ZONE)  # an ordinary Tuesday
ROUNDS = 200  # one job a round; more is a circle


@contextmanager
def frozen(at: datetime = MORNING) -> Iterator[FixedClock]:
    """The clock stands at `at` until it is moved."""
    clock = FixedClock(at)
    with use_clock(clock):
        yield clock


def deliver() -> None:
    """Do what the worker would do until nothing is left: events first, then due jobs.

    Needs `django_db(transaction=True)`: a worker reads what is committed. Inside a test's own
    transaction it would find nothing on PostgreSQL, and the test would prove nothing there.
    """
    assert not connection.in_atomic_block, "mark the test with django_db(transaction=True)"
    for _ in range(ROUNDS):
        if not deliver_all() and not work_once():
            return
    raise AssertionError(f"events and jobs kept causing each other for {ROUNDS} rounds")
