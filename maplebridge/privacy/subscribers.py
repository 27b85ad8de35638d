"""Answers to what happens to matters: a finding aid from a matter to its entries."""

from __future__ import annotations

import dataclasses
from importlib import import_module

from maplebridge.kernel.journal import Event, subscriber
from maplebridge.kernel.journal.events import all_kinds
from maplebridge.kernel.journal.reading import Entry
from maplebridge.privacy.actions import index_entry

NAMING = ("incident_id", "master_id", "duplicate_id")
for room in ("incidents", "orders", "teams", "dispatch", "privacy"):
    import_module(f"maplebridge.{room}.events")


def speaking_of_matters() -> list[type[Event]]:
    """Every kind that names a matter by its id."""
    return [
        cls
        for cls in all_kinds().values()
        if {column.name for column in dataclasses.fields(cls)} & set(NAMING)  # type: ignore[arg-type]
    ]


@subscriber("privacy.index_matters", *speaking_of_matters(), since="beginning")
def index_matters(entry: Entry, _event: Event) -> None:
    # Without 0: who looked for a code no matter has is not told to the next who does.
    named = {value for name in NAMING if isinstance(value := entry.data.get(name), int) and value}
    index_entry(entry.cursor.id, named)
