"""The one way an incident moves: compare and set, a status change, then one journal entry."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from maplebridge.incidents.events import IncidentStateChanged
from maplebridge.incidents.models import Incident, StatusChange
from maplebridge.incidents.states import FLOW, State, Verb
from maplebridge.kernel.actor import Actor
from maplebridge.kernel.clock import now
from maplebridge.kernel.errors import Conflict
from maplebridge.kernel.journal import record


def move(
    incident: Incident,
    verb: Verb,
    *,
    actor: Actor,
    reason: str = "",
    to: State | None = None,
    columns: Mapping[str, object] | None = None,
) -> StatusChange:
    """Set the next state if nobody moved the incident since it was read; append the change.

    `to` overrides the table only where a link remembers the state to restore.
    """
    after = FLOW.after(incident.state, verb)
    target = to if to is not None else after
    at = now()
    changed = Incident.objects.filter(pk=incident.pk, state=incident.state).update(
        state=target, changed_at=at, **(columns or {})
    )
    if not changed:
        raise Conflict("incident.moved", incident=incident.code)
    change = note_change(incident, verb, target, actor=actor, reason=reason, at=at)
    incident.state, incident.changed_at = target, at
    for name, value in (columns or {}).items():
        setattr(incident, name, value)
    return change


def note_change(
    incident: Incident, verb: Verb, to: State, *, actor: Actor, reason: str, at: datetime
) -> StatusChange:
    return StatusChange.objects.create(
        incident=incident,
        from_state=incident.state,
        verb=verb,
        to_state=to,
        category=incident.category,
        urgency=incident.urgency,
        reason=reason[:200],
        actor_kind=actor.kind.value,
        actor_role=actor.role,
        account_id=actor.account_id,
        at=at,
    )


def record_change(incident: Incident, change: StatusChange, *, actor: Actor) -> None:
    """The journal entry of a change that has no event of its own; last in the transaction."""
    record(
        IncidentStateChanged(
            incident_id=incident.pk,
            code=incident.code,
            verb=change.verb,
            from_state=change.from_state,
            to_state=change.to_state,
            category=incident.category,
            urgency=incident.urgency,
            cell_code=incident.cell_code or None,
        ),
        actor=actor,
        at=change.at,
    )
