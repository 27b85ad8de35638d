"""Who was called to a generated matter."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from maplebridge.dispatch.api import PastCall
from maplebridge.twin.city.history_records import HistoryIncident
from maplebridge.twin.past.matters import key_of, step_times


def past_calls(p: HistoryIncident, at: datetime) -> Iterator[PastCall]:
    """Who was called to a matter: volunteers, and a unit of the police."""
    times = step_times(p, at)
    first = p.first_arrival if p.first_arrival in ("volunteer", "sentinel", "police") else ""
    if p.volunteers and "volunteer_offered" in times:
        went = [v for v in p.volunteers if v.arrived_s is not None]
        others = [v for v in p.volunteers if v.arrived_s is None]
        yield PastCall(
            incident=key_of(p),
            kind="volunteer",
            opened_at=times["volunteer_offered"],
            accepted_at=times.get("volunteer_accepted"),
            arrived_at=times.get("volunteer_arrived") if went else None,
            first_kind=first,
            volunteer_codes=tuple(v.volunteer_code for v in (*went, *others)),
            alerts=p.alerts,
            urgency=p.urgency,
        )
    if p.unit_code and "dispatched" in times:
        yield PastCall(
            incident=key_of(p),
            kind="police",
            opened_at=times["dispatched"],
            accepted_at=times.get("acknowledged"),
            arrived_at=times.get("police_arrived"),
            first_kind=first,
            unit_code=p.unit_code,
            urgency=p.urgency,
        )
