"""Answers to events; each may come twice."""

from __future__ import annotations

from maplebridge.incidents.events import ReportReceived
from maplebridge.incidents.tasks import SUGGEST
from maplebridge.kernel.jobs import enqueue
from maplebridge.kernel.journal import Entry, Event, subscriber


@subscriber("incidents.suggest", ReportReceived)
def suggest_after_receipt(_entry: Entry, event: Event) -> None:
    """A job, not a call: a slow or failing brain must not hold up the other subscribers."""
    assert isinstance(event, ReportReceived)  # narrows the type
    enqueue(SUGGEST, {"incident_id": event.incident_id}, key=f"suggest:{event.incident_id}")
