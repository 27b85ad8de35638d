"""The kernel's tables: journal, seals, cursors, jobs."""

from __future__ import annotations

from maplebridge.kernel.jobs.models import Job
from maplebridge.kernel.journal.models import (
    JournalEntry,
    JournalSeal,
    ParkedEntry,
    SubscriberCursor,
)

__all__ = ["Job", "JournalEntry", "JournalSeal", "ParkedEntry", "SubscriberCursor"]
