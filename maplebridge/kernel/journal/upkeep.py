"""What an operator does to the journal: moving it to another server."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection, transaction
from django.db.models import Max, Min

from maplebridge.kernel.capabilities import capabilities
from maplebridge.kernel.journal.models import JournalEntry, JournalSeal, SubscriberCursor
from maplebridge.kernel.journal.reading import Cursor, beyond
from maplebridge.kernel.journal.sealing import seal_everything

SPAN = 10_000  # ids moved in one statement


def to_rebase() -> int:
    """How many entries `rebase` would move."""
    return JournalEntry.objects.exclude(xact=0).count()


def rebase(progress: Callable[[int], None] = lambda _done: None) -> int:
    """Put every present entry before all that will be written here; how many there were.

    Ids alone give the order of the past from now on: nothing of it can still be committing. Where
    transactions had overlapped this is another order than before, so what is not sealed is sealed
    now, and a reader goes back to the first entry it has not read: it may hear some twice, never
    misses one.
    """
    with transaction.atomic():
        seal_everything()
        for row in SubscriberCursor.objects.all():
            row.entry = _read_up_to(Cursor(row.xact, row.entry))
            row.xact = 0
            row.save()
        count = _move(progress)
        JournalSeal.objects.update(last_xact=0)
        newest = JournalSeal.objects.order_by("-id").first()
        if newest:
            JournalSeal.objects.filter(pk=newest.pk).update(last_id=_newest_id())
    return count


def _move(progress: Callable[[int], None]) -> int:
    """In pieces: one statement over millions of rows would be silent for minutes."""
    count, start, end = 0, _lowest_id(), _newest_id()
    while start <= end:
        piece = JournalEntry.objects.filter(id__gte=start, id__lt=start + SPAN)
        count += piece.exclude(xact=0).update(xact=0)
        start += SPAN
        progress(count)
    return count


def _read_up_to(cursor: Cursor) -> int:
    """The last id before everything this reader has not read yet."""
    unread = JournalEntry.objects.filter(beyond(cursor)).aggregate(first=Min("id"))["first"]
    return int(unread) - 1 if unread is not None else _newest_id()


def _lowest_id() -> int:
    return int(JournalEntry.objects.aggregate(lowest=Min("id"))["lowest"] or 0)


def _newest_id() -> int:
    return int(JournalEntry.objects.aggregate(newest=Max("id"))["newest"] or 0)


def needs_rebase() -> bool:
    """Whether entries carry transaction ids this server has not reached yet."""
    newest = JournalEntry.objects.aggregate(top=Max("xact"))["top"] or 0
    if not newest:
        return False
    with connection.cursor() as sql:
        sql.execute(f"SELECT {capabilities().transaction_id}")
        return int(newest) > int(sql.fetchone()[0])
