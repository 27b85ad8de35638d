"""The desk's clocks: by when a report is judged and help is sent. Derived, never stored.

Defaults follow the urgency table of the domain book (decide 30 s / 60 s / 5 min / 15 min,
dispatch 60 s / 2 min / 15 min / next working day); a city may set its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from maplebridge.incidents.models import Incident
from maplebridge.incidents.states import State
from maplebridge.kernel.clock import add_working_days

DECIDE = {
    "P1": timedelta(seconds=30),
    "P2": timedelta(seconds=60),
    "P3": timedelta(minutes=5),
    "P4": timedelta(minutes=15),
}
SEND = {"P1": timedelta(seconds=60), "P2": timedelta(minutes=2), "P3": timedelta(minutes=15)}


@dataclass(frozen=True, slots=True)
class Due:
    what: str  # decide | send
    at: datetime
    since: datetime  # when the clock started; the dial shows the share that is left


def next_due(incident: Incident, suggested_urgency: str = "") -> Due | None:
    """The clock that runs now; None when the next step is somebody else's."""
    if incident.to_judge:
        urgency = most_urgent(suggested_urgency, incident.urgency, incident.urgency_floor) or "P3"
        since = _to_judge_since(incident)
        return Due("decide", since + DECIDE[urgency], since)
    if incident.state == State.TRIAGED:
        since = incident.triaged_at or incident.changed_at
        if incident.urgency == "P4":
            return Due("send", add_working_days(since, 1), since)
        return Due("send", since + SEND[incident.urgency or "P3"], since)
    return None


def _to_judge_since(incident: Incident) -> datetime:
    """When the desk's question was put; sending help before an answer does not put it anew."""
    if incident.raised_at is not None and incident.urgency_floor:
        return incident.raised_at
    return incident.changed_at if incident.state == State.REOPENED else incident.received_at


def most_urgent(*known: str) -> str:
    """The most urgent of those that are known; empty when none is."""
    return min(filter(None, known), default="")
