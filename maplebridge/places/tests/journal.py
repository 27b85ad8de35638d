"""What was written to the journal, seen from inside the test's own transaction.

Readers of the journal wait for the transaction to end, and a test's never does.
"""

from __future__ import annotations

from maplebridge.kernel.models import JournalEntry


def newest() -> int:
    """The id of the last entry so far."""
    last = JournalEntry.objects.order_by("id").last()
    return last.id if last else 0


def written_since(entry: int) -> list[JournalEntry]:
    return list(JournalEntry.objects.filter(id__gt=entry).order_by("id"))
