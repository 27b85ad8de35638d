"""Answers to events; each may come twice, late, and out of order."""

from __future__ import annotations

from maplebridge.incidents import api as incidents
from maplebridge.incidents.events import IncidentStateChanged
from maplebridge.inspections.actions.mending import follow_incident
from maplebridge.kernel.journal import Entry, Event, subscriber

SETTLED = frozenset({incidents.State.FED_BACK, incidents.State.CLOSED})


@subscriber("inspections.follow", IncidentStateChanged)
def follow_the_department(_entry: Entry, event: Event) -> None:
    """What a department reports back wakes it up; what follows is read from the hazard itself."""
    assert isinstance(event, IncidentStateChanged)  # narrows the type
    if event.to_state in SETTLED and incidents.brief(event.incident_id).state in SETTLED:
        follow_incident(event.incident_id)
