"""Answers to events from upstream rooms.

A subscriber's effects and its cursor commit together, so an effect in the database happens
once even when a worker is killed between two entries. Handlers stay idempotent all the same:
an operator may rewind a cursor.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from typing import Literal

import structlog
from django.db import OperationalError, transaction

from maplebridge.kernel.clock import now
from maplebridge.kernel.errors import trace_of
from maplebridge.kernel.journal.events import Event
from maplebridge.kernel.journal.models import JournalEntry, ParkedEntry, SubscriberCursor
from maplebridge.kernel.journal.reading import (
    Cursor,
    Entry,
    beyond,
    entry_of,
    head,
    read_after,
)

log = structlog.get_logger(__name__)
BATCH = 60  # entries a transaction; on a small database writers wait for its end
# Seconds. An entry may stand for a thousand imported matters: sixty of them in one transaction kept
# every writer of a small database waiting for a quarter of a minute.
HOLD = 0.5
SEALER = "kernel.sealer"  # its row in the same table is the sealers' lock, and no subscriber's
PARK_AFTER = 6  # tries over a minute; then set aside, so that one entry cannot block the rest

Handler = Callable[[Entry, Event], None]
# Where one begins that was never here before: at the first entry ever, or at what comes next.
Since = Literal["beginning", "now"]


@dataclass(frozen=True, slots=True)
class Subscriber:
    name: str
    kinds: frozenset[str]
    handle: Handler
    since: Since = "now"


_subscribers: dict[str, Subscriber] = {}


def subscriber(
    name: str, *events: type[Event], since: Since = "now"
) -> Callable[[Handler], Handler]:
    """Register a handler for some kinds of events under a lasting name ("orders.split").

    One that comes with an upgrade would otherwise answer years of old entries: issue orders
    again, ask the brain again. Only what is counted up from all of the past begins there.
    """

    def register(handle: Handler) -> Handler:
        _subscribers[name] = Subscriber(name, frozenset(e.KIND for e in events), handle, since)
        return handle

    return register


def subscriber_names() -> list[str]:
    return sorted(_subscribers)


def welcome_subscribers() -> None:
    """Give those that were never here their place; called by `migrate` and by every worker.

    Where nobody has a place yet nothing was ever delivered, and all begin at the beginning: what
    is written before the first worker runs must not be missed.
    """
    rows = SubscriberCursor.objects.exclude(name=SEALER).values_list("name", flat=True)
    here = set(rows)
    missing = [_subscribers[name] for name in subscriber_names() if name not in here]
    if not missing:
        return
    newest = head()
    places = [newest if here and s.since == "now" else Cursor() for s in missing]
    # One statement: who looks meanwhile sees all of them or none, and decides the same.
    SubscriberCursor.objects.bulk_create(
        [
            SubscriberCursor(name=s.name, xact=place.xact, entry=place.id)
            for s, place in zip(missing, places, strict=True)
        ],
        ignore_conflicts=True,
    )


def deliver_all() -> int:
    """One round over every subscriber that is behind; the number of entries looked at."""
    newest, at = head(), now()
    rows = {c.name: c for c in SubscriberCursor.objects.all()}
    if any(name not in rows for name in subscriber_names()):
        welcome_subscribers()
        rows = {c.name: c for c in SubscriberCursor.objects.all()}
    # Idle rounds only read: on a small database a writing poll would keep every writer waiting.
    return sum(deliver(name) for name in subscriber_names() if _is_due(rows[name], newest, at))


def _is_due(row: SubscriberCursor, newest: Cursor, at: datetime) -> bool:
    return Cursor(row.xact, row.entry) < newest and (row.retry_at is None or row.retry_at <= at)


def deliver(name: str, hold: float = HOLD) -> int:
    """Up to one batch for one subscriber, in one transaction of about `hold` seconds."""
    target = _subscribers[name]
    with transaction.atomic():
        row = SubscriberCursor.objects.select_for_update().get(name=name)
        entries = read_after(Cursor(row.xact, row.entry), BATCH)
        done, begun = 0, monotonic()
        for entry in entries:
            if done and monotonic() - begun >= hold:
                break
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
    since: datetime | None  # when the first of those that wait was written


def lag() -> list[Lag]:
    """How far each subscriber is behind; shown by `maplebridge doctor`."""
    cursors = {c.name: c for c in SubscriberCursor.objects.all()}
    found = []
    for name in subscriber_names():
        row = cursors.get(name)
        ahead = JournalEntry.objects.filter(
            beyond(Cursor(row.xact, row.entry) if row else Cursor())
        )
        parked = ParkedEntry.objects.filter(subscriber=name).count()
        first = ahead.order_by("xact", "id").values_list("at", flat=True).first()
        found.append(Lag(name, ahead.count(), row.failures if row else 0, parked, first))
    return found
