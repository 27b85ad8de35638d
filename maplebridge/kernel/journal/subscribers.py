"""Answers to events from upstream rooms.

A subscriber's effects and its cursor commit together, so an effect in the database happens
once even when a worker is killed between two entries. Handlers stay idempotent all the same:
an operator may rewind a cursor.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.db import OperationalError, transaction

from maplebridge.kernel.clock import now
from maplebridge.kernel.errors import trace_of
from maplebridge.kernel.journal.events import Event
from maplebridge.kernel.journal.models import JournalEntry, ParkedEntry, SubscriberCursor
from maplebridge.kernel.journal.reading import Cursor, Entry, entry_of, head, read_after

log = structlog.get_logger(__name__)
BATCH = 60  # entries a transaction; on a small database writers wait for its end
PARK_AFTER = 6  # tries over a minute; then set aside, so that one entry cannot block the rest

Handler = Callable[[Entry, Event], None]


@dataclass(frozen=True, slots=True)
class Subscriber:
    name: str
    kinds: frozenset[str]
    handle: Handler


_subscribers: dict[str, Subscriber] = {}


def subscriber(name: str, *events: type[Event]) -> Callable[[Handler], Handler]:
    """Register a handler for some kinds of events under a lasting name ("orders.split")."""

    def register(handle: Handler) -> Handler:
        _subscribers[name] = Subscriber(name, frozenset(e.KIND for e in events), handle)
        return handle

    return register


def subscriber_names() -> list[str]:
    return sorted(_subscribers)


def deliver_all() -> int:
    """One round over every subscriber that is behind; the number of entries looked at."""
    newest, at = head(), now()
    rows = {c.name: c for c in SubscriberCursor.objects.all()}
    # Idle rounds only read: on a small database a writing poll would keep every writer waiting.
    return sum(deliver(name) for name in subscriber_names() if _is_due(rows.get(name), newest, at))


def _is_due(row: SubscriberCursor | None, newest: Cursor, at: datetime) -> bool:
    if row is None:
        return newest > Cursor()
    return Cursor(row.xact, row.entry) < newest and (row.retry_at is None or row.retry_at <= at)


def deliver(name: str) -> int:
    """Up to one batch for one subscriber, in one transaction."""
    target = _subscribers[name]
    SubscriberCursor.objects.get_or_create(name=name)
    with transaction.atomic():
        row = SubscriberCursor.objects.select_for_update().get(name=name)
        entries = read_after(Cursor(row.xact, row.entry), BATCH)
        done = 0
        for entry in entries:
            if entry.kind in target.kinds and not _handled(target, entry, row):
                break
            row.xact, row.entry = entry.cursor.xact, entry.cursor.id
            row.failures, row.retry_at, row.error = 0, None, ""
            done += 1
        if entries:
            row.moved_at = now()
            row.save()
    return done


def _handled(target: Subscriber, entry: Entry, row: SubscriberCursor) -> bool:
    """Whether the cursor may move past the entry."""
    error = _failure(target, entry)
    if error is None:
        return True
    said = trace_of(error)
    log.error("subscriber_failed", subscriber=target.name, entry=entry.cursor.id, error=said)
    if isinstance(error, OperationalError):  # the database is away: no fault of the entry's
        raise error
    row.failures += 1
    row.error = said
    if row.failures < PARK_AFTER:
        row.retry_at = now() + timedelta(seconds=2**row.failures)
        return False
    ParkedEntry.objects.get_or_create(
        subscriber=target.name, entry=entry.cursor.id, defaults={"error": said, "at": now()}
    )
    return True


def _failure(target: Subscriber, entry: Entry) -> Exception | None:
    """What went wrong at this entry; its effects are undone then."""
    try:
        event = entry.event()
        if event is not None:
            with transaction.atomic():
                target.handle(entry, event)
    except Exception as error:
        return error
    return None


def retry_parked(progress: Callable[[int], None] = lambda _done: None) -> tuple[int, int]:
    """Try every parked entry again: (digested now, still parked)."""
    digested = 0
    for tried, parked in enumerate(ParkedEntry.objects.order_by("entry"), start=1):
        progress(tried)
        target = _subscribers.get(parked.subscriber)
        row = JournalEntry.objects.filter(pk=parked.entry).first()
        if target is None or row is None:
            continue
        with transaction.atomic():
            error = _failure(target, entry_of(row))
            if error is None:
                parked.delete()
                digested += 1
            else:
                ParkedEntry.objects.filter(pk=parked.pk).update(error=trace_of(error), at=now())
    return digested, ParkedEntry.objects.count()


@dataclass(frozen=True, slots=True)
class Lag:
    name: str
    waiting: int  # entries behind the head
    failures: int
    parked: int


def lag() -> list[Lag]:
    """How far each subscriber is behind; shown by `maplebridge doctor`."""
    cursors = {c.name: c for c in SubscriberCursor.objects.all()}
    found = []
    for name in subscriber_names():
        at = cursors.get(name)
        behind = JournalEntry.objects.filter(id__gt=at.entry if at else 0).count()
        parked = ParkedEntry.objects.filter(subscriber=name).count()
        found.append(Lag(name, behind, at.failures if at else 0, parked))
    return found
