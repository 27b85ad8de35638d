"""Answers to events from upstream rooms.

A subscriber's effects and its cursor commit together, so an effect in the database happens
once even when a worker is killed between two entries. Handlers stay idempotent all the same:
an operator may rewind a cursor.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import dataclass

import structlog
from django.db import transaction

from maplebridge.kernel.clock import now
from maplebridge.kernel.journal.events import Event
from maplebridge.kernel.journal.models import JournalEntry, ParkedEntry, SubscriberCursor
from maplebridge.kernel.journal.reading import Cursor, Entry, head, read_after

log = structlog.get_logger(__name__)
BATCH = 200
PARK_AFTER = 5  # tries at one entry before it is set aside, so that one cannot block the rest

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
    newest = head()
    at = {c.name: Cursor(c.xact, c.entry) for c in SubscriberCursor.objects.all()}
    # Idle rounds only read: on a small database a writing poll would keep every writer waiting.
    behind = [name for name in subscriber_names() if at.get(name, Cursor()) < newest]
    return sum(deliver(name) for name in behind)


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
            row.xact, row.entry, row.failures, row.error = entry.cursor.xact, entry.cursor.id, 0, ""
            done += 1
        if entries:
            row.moved_at = now()
            row.save()
    return done


def _handled(target: Subscriber, entry: Entry, row: SubscriberCursor) -> bool:
    """Whether the cursor may move past the entry."""
    event = entry.event()
    if event is None:
        return True
    try:
        with transaction.atomic():
            target.handle(entry, event)
    except Exception:
        row.failures += 1
        row.error = traceback.format_exc(limit=4)[-2000:]
        log.exception("subscriber_failed", subscriber=target.name, entry=entry.cursor.id)
        if row.failures < PARK_AFTER:
            return False
        ParkedEntry.objects.get_or_create(
            subscriber=target.name,
            entry=entry.cursor.id,
            defaults={"error": row.error, "at": now()},
        )
    return True


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
