"""What the figures hear from upstream. Handlers look the rows up again, so order is no matter."""

from __future__ import annotations

from datetime import datetime

from maplebridge.dispatch.events import AlarmChanged, AlarmRaised, CallsImported, UnitArrived
from maplebridge.incidents.events import (
    HistoryImported,
    IncidentsMerged,
    IncidentStateChanged,
    IncidentTriaged,
    MergeUndone,
    ReportReceived,
)
from maplebridge.indicators.actions import (
    SUBSCRIBER,
    count_alarms,
    count_between,
    count_handed,
    count_incidents,
)
from maplebridge.kernel.journal import Entry, Event, subscriber
from maplebridge.orders.events import OrdersImported, OrderStateChanged


@subscriber(
    SUBSCRIBER,
    ReportReceived,
    IncidentTriaged,
    IncidentStateChanged,
    IncidentsMerged,
    MergeUndone,
    HistoryImported,
    UnitArrived,
    CallsImported,
    AlarmRaised,
    AlarmChanged,
    OrderStateChanged,
    OrdersImported,
    since="beginning",
)
def count_what_changed(_entry: Entry, event: Event) -> None:
    match event:
        case HistoryImported() | CallsImported():
            count_between(
                datetime.fromisoformat(event.first_at), datetime.fromisoformat(event.last_at)
            )
        case OrdersImported():
            count_handed(
                datetime.fromisoformat(event.first_at), datetime.fromisoformat(event.last_at)
            )
        case IncidentsMerged() | MergeUndone():
            count_incidents([event.master_id, event.duplicate_id])
        case ReportReceived() | IncidentTriaged() | IncidentStateChanged() | UnitArrived():
            count_incidents([event.incident_id])
        case OrderStateChanged():
            count_incidents([event.incident_id])
        case AlarmRaised() | AlarmChanged():
            count_alarms([event.alarm_id])
