"""Answers to incidents' events; each may come twice."""

from __future__ import annotations

from maplebridge.incidents import api as incidents
from maplebridge.incidents.events import IncidentsMerged, IncidentStateChanged, IncidentTriaged
from maplebridge.kernel.journal import Entry, Event, subscriber
from maplebridge.orders.actions import ORDERS, cancel_orders, split_incident

ENDING = frozenset({incidents.State.CLOSED.value, incidents.State.INVALID.value})


@subscriber("orders.split", IncidentTriaged)
def split_after_triage(_entry: Entry, event: Event) -> None:
    assert isinstance(event, IncidentTriaged)  # narrows the type
    split_incident(event.incident_id, event.lead_agency, event.co_agencies, actor=ORDERS)


@subscriber("orders.cancel", IncidentStateChanged, IncidentsMerged)
def cancel_after_the_end(_entry: Entry, event: Event) -> None:
    if isinstance(event, IncidentStateChanged) and event.to_state in ENDING:
        cancel_orders(event.incident_id, actor=ORDERS, reason=event.to_state)
    elif isinstance(event, IncidentsMerged):
        cancel_orders(event.duplicate_id, actor=ORDERS, reason=event.master_code)
