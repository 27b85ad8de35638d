"""The journal: audit trail, outbox and live stream in one append-only table.

Writers call `record` as the last statement of their transaction. Readers keep a cursor and
never miss an entry, because they read only below the horizon: the lowest transaction that is
still running. A sealer proves the sealed part in batches, outside the writers' transactions.
"""

from __future__ import annotations

from maplebridge.kernel.journal.events import Event, event, event_class
from maplebridge.kernel.journal.reading import Cursor, Entry, head, read_after
from maplebridge.kernel.journal.recording import journal_values, record
from maplebridge.kernel.journal.subscribers import deliver_all, lag, subscriber

__all__ = [
    "Cursor",
    "Entry",
    "Event",
    "deliver_all",
    "event",
    "event_class",
    "head",
    "journal_values",
    "lag",
    "read_after",
    "record",
    "subscriber",
]
