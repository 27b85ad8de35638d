"""Enqueue, claim, run, retry; periodic jobs by (schedule, slot)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.db import IntegrityError, connection, transaction
from django.db.models import Q, QuerySet

from maplebridge.kernel.capabilities import capabilities
from maplebridge.kernel.clock import now
from maplebridge.kernel.errors import trace_of
from maplebridge.kernel.jobs.models import Job

log = structlog.get_logger(__name__)
LEASE = timedelta(seconds=60)
MAX_ATTEMPTS = 6
KEEP_DONE = timedelta(days=7)

Work = Callable[[Mapping[str, object]], None]


@dataclass(frozen=True, slots=True)
class Registered:
    name: str
    work: Work
    every: timedelta | None


_jobs: dict[str, Registered] = {}


def job(name: str, *, every: timedelta | None = None) -> Callable[[Work], Work]:
    """Register a function as a job; with `every`, it is enqueued once per slot."""

    def register(work: Work) -> Work:
        _jobs[name] = Registered(name, work, every)
        return work

    return register


def job_names() -> list[str]:
    return sorted(_jobs)


def enqueue(
    name: str,
    payload: Mapping[str, object] | None = None,
    *,
    key: str | None = None,
    after: timedelta = timedelta(),
) -> bool:
    """Add a job in the caller's transaction; False when one with the same key was there."""
    if name not in _jobs:
        raise ValueError(f"no job is named {name}")
    try:
        with transaction.atomic():
            due = now() + after
            Job.objects.create(name=name, payload=dict(payload or {}), key=key, run_at=due)
    except IntegrityError:
        return False
    return True


def enqueue_due_slots() -> None:
    """Periodic jobs: one row per schedule and slot, however many workers ask."""
    at = now().timestamp()
    for registered in _jobs.values():
        if registered.every is None:
            continue
        slot = int(at // registered.every.total_seconds())
        key = f"{registered.name}@{slot}"
        if not Job.objects.filter(key=key).exists():
            enqueue(registered.name, key=key)


def claim() -> Job | None:
    """Take the lease of the job that is due longest; skip what another worker holds."""
    table, at = connection.ops.quote_name(Job._meta.db_table), now()
    open_jobs = Job.objects.filter(done_at=None, failed_at=None, run_at__lte=at)
    if not open_jobs.exists():  # an idle poll must not take the write lock
        return None
    with transaction.atomic():
        rows = list(
            Job.objects.raw(
                f"UPDATE {table} SET leased_until = %s, attempts = attempts + 1 WHERE id = ("  # noqa: S608  names are ours
                f"SELECT id FROM {table} WHERE done_at IS NULL AND failed_at IS NULL "
                "AND run_at <= %s AND (leased_until IS NULL OR leased_until < %s) "
                f"ORDER BY run_at, id LIMIT 1 {capabilities().skip_locked}) RETURNING *",
                [_bind(at + LEASE), _bind(at), _bind(at)],
            )
        )
    return rows[0] if rows else None


def _bind(at: datetime) -> object:
    return connection.ops.adapt_datetimefield_value(at)


def work_once() -> bool:
    """Run one due job; False when there was none."""
    held = claim()
    if held is None:
        return False
    registered = _jobs.get(held.name)
    try:
        if registered is None:
            raise LookupError(f"no job is named {held.name}")
        # No transaction around the work: on a small database it would keep every writer waiting
        # while the brain thinks. A job opens its own and may run twice.
        registered.work(held.payload)
        _still_mine(held).update(done_at=now(), leased_until=None, error="")
    except Exception as error:
        _retry_later(held, error)
    return True


def _still_mine(held: Job) -> QuerySet[Job]:
    """The row while nobody else took the job over because our lease had run out."""
    return Job.objects.filter(pk=held.pk, attempts=held.attempts, done_at=None)


def _retry_later(held: Job, failure: Exception) -> None:
    error = trace_of(failure)
    log.error("job_failed", job=held.name, attempts=held.attempts, error=error)
    if held.attempts >= MAX_ATTEMPTS:
        _still_mine(held).update(failed_at=now(), leased_until=None, error=error)
    else:
        again = now() + timedelta(seconds=2**held.attempts)
        _still_mine(held).update(run_at=again, leased_until=None, error=error)


def sweep() -> int:
    """Forget jobs that were done a week ago."""
    swept, _by_model = Job.objects.filter(done_at__lt=now() - KEEP_DONE).delete()
    return swept


def waiting() -> tuple[int, int]:
    """(due jobs, failed jobs)."""
    due = Job.objects.filter(done_at=None, failed_at=None, run_at__lte=now()).count()
    return due, Job.objects.filter(failed_at__isnull=False).count()


def oldest_due() -> datetime | None:
    """Since when the job that is due longest waits; one that a worker holds does not wait."""
    at = now()
    free = Q(leased_until=None) | Q(leased_until__lt=at)
    due = Job.objects.filter(free, done_at=None, failed_at=None, run_at__lte=at)
    return due.order_by("run_at").values_list("run_at", flat=True).first()
