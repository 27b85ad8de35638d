"""Answers to events; each may come twice, late, and out of order."""

from __future__ import annotations

from maplebridge.incidents.events import IncidentStateChanged, IncidentTriaged, MergeUndone
from maplebridge.kernel.journal import Entry, Event, subscriber
from maplebridge.orders.actions.working import ORDERS, settle, split_incident
from maplebridge.orders.events import OrderStateChanged


@subscriber("orders.split", IncidentTriaged, IncidentStateChanged, MergeUndone)
def follow_the_incident(_entry: Entry, event: Event) -> None:
    """An event only wakes it up: what is owed follows from the incident as it is now."""
    if isinstance(event, MergeUndone):
        split_incident(event.duplicate_id, actor=ORDERS)
    elif isinstance(event, IncidentTriaged | IncidentStateChanged):
        split_incident(event.incident_id, actor=ORDERS)


@subscriber("orders.settle", OrderStateChanged)
def settle_when_all_have_answered(_entry: Entry, event: Event) -> None:
    assert isinstance(event, OrderStateChanged)  # narrows the type
    settle(event.incident_id)
