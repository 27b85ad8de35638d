"""What an operator does to the journal: moving it to another server."""

from __future__ import annotations

from django.db import connection, transaction
from django.db.models import Max

from maplebridge.kernel.capabilities import capabilities
from maplebridge.kernel.journal.models import JournalEntry, JournalSeal, SubscriberCursor


def rebase() -> int:
    """Put every present entry before all that will be written here; how many there were.

    Ids alone give the order of the past: nothing of it can still be committing.
    """
    with transaction.atomic():
        count = JournalEntry.objects.exclude(xact=0).update(xact=0)
        JournalSeal.objects.update(last_xact=0)
        SubscriberCursor.objects.update(xact=0)
    return count


def needs_rebase() -> bool:
    """Whether entries carry transaction ids this server has not reached yet."""
    newest = JournalEntry.objects.aggregate(top=Max("xact"))["top"] or 0
    if not newest:
        return False
    with connection.cursor() as sql:
        sql.execute(f"SELECT {capabilities().transaction_id}")
        return int(newest) > int(sql.fetchone()[0])
