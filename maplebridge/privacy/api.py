"""The one door to the privacy room."""

from __future__ import annotations

from maplebridge.privacy.actions import ask_for_proof, note_looked, note_opened
from maplebridge.privacy.policies import may_read_journal, may_read_readings, require_open
from maplebridge.privacy.retention import apply_retention, fields_by_time

__all__ = [
    "apply_retention",
    "ask_for_proof",
    "fields_by_time",
    "may_read_journal",
    "may_read_readings",
    "note_looked",
    "note_opened",
    "require_open",
]
