"""Answers to events of the incidents: when a matter is settled, the way there has ended."""

from __future__ import annotations

from maplebridge.dispatch import api
from maplebridge.incidents.events import IncidentStateChanged
from maplebridge.kernel.actor import SYSTEM
from maplebridge.kernel.journal import Event, subscriber
from maplebridge.kernel.journal.reading import Entry

SETTLED = frozenset({"fed_back", "closed", "invalid"})


@subscriber("dispatch.end_with_incident", IncidentStateChanged)
def end_calls(_entry: Entry, event: Event) -> None:
    """Positions go, whoever is on the way stands down, whoever is there is done."""
    if isinstance(event, IncidentStateChanged) and event.to_state in SETTLED:
        api.end_with_incident(event.incident_id, actor=SYSTEM("dispatch.end"))
