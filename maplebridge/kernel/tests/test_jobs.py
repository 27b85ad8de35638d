"""Jobs: with their rows or not at all, once per key, found again after a kill."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta

import pytest
from django.db import transaction

from maplebridge.kernel.jobs import enqueue, job, work_once
from maplebridge.kernel.jobs import queue as registry
from maplebridge.kernel.jobs.models import Job
from maplebridge.kernel.testing import frozen

pytestmark = pytest.mark.django_db(transaction=True)
DONE: list[object] = []


@pytest.fixture(autouse=True)
def own_registry() -> Iterator[None]:
    kept = dict(registry._jobs)
    registry._jobs.clear()
    DONE.clear()

    @job("test.note")
    def note(payload: Mapping[str, object]) -> None:
        DONE.append(payload["n"])

    @job("test.fail")
    def fail(_payload: Mapping[str, object]) -> None:
        raise ValueError("no")

    yield
    registry._jobs.clear()
    registry._jobs.update(kept)


def test_a_job_lives_and_dies_with_its_transaction() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        enqueue("test.note", {"n": 1})
        raise RuntimeError
    assert not work_once()
    enqueue("test.note", {"n": 2})
    assert work_once()
    assert DONE == [2]
    assert not work_once()


def test_the_same_key_is_taken_once() -> None:
    assert enqueue("test.note", {"n": 1}, key="k")
    assert not enqueue("test.note", {"n": 2}, key="k")
    while work_once():
        pass
    assert DONE == [1]


def test_the_job_of_a_killed_worker_is_found_when_its_lease_runs_out() -> None:
    with frozen() as clock:
        enqueue("test.note", {"n": 1})
        assert registry.claim() is not None  # and the worker is gone
        assert not work_once()
        clock.move(seconds=61)
        assert work_once()
    assert DONE == [1]


def test_a_worker_that_lost_its_lease_cannot_finish_for_the_other() -> None:
    with frozen() as clock:
        enqueue("test.note", {"n": 1})
        slow = registry.claim()
        assert slow is not None
        clock.move(seconds=61)
        other = registry.claim()
        assert other is not None
        assert registry._still_mine(slow).update(done_at=clock.now()) == 0
        assert registry._still_mine(other).update(done_at=clock.now()) == 1


def test_a_failing_job_is_tried_later_and_at_last_set_aside() -> None:
    with frozen() as clock:
        enqueue("test.fail")
        for _ in range(registry.MAX_ATTEMPTS):
            assert work_once()
            assert not work_once()
            clock.move(hours=1)
        assert not work_once()
    failed = Job.objects.get()
    assert failed.failed_at is not None
    assert "ValueError" in failed.error


def test_a_schedule_is_enqueued_once_a_slot() -> None:
    @job("test.tick", every=timedelta(seconds=5))
    def tick(_payload: Mapping[str, object]) -> None:
        DONE.append("tick")

    with frozen() as clock:
        for _ in range(3):
            registry.enqueue_due_slots()
        clock.move(seconds=5)
        registry.enqueue_due_slots()
        while work_once():
            pass
    assert DONE == ["tick", "tick"]
