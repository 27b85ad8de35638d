"""What dispatch and orders tell an incident; each is harmless when it comes twice or late."""

from __future__ import annotations

from django.db import transaction

from maplebridge.incidents.actions.changes import move, record_change
from maplebridge.incidents.models import Incident
from maplebridge.incidents.states import FLOW, State, Verb
from maplebridge.kernel.actor import Actor
from maplebridge.kernel.errors import Conflict


def note_dispatched(incident_id: int, *, actor: Actor, reason: str = "") -> bool:
    """Somebody is being sent."""
    return _advance(incident_id, Verb.DISPATCH, actor=actor, reason=reason)


BEFORE_ANYBODY_GOES = (State.RECEIVED, State.TRIAGED, State.REOPENED)


def note_on_the_way(incident_id: int, *, actor: Actor) -> bool:
    """Somebody says yes or arrives late: on the way again, if nothing further has happened.

    A matter that a department has taken on meanwhile stays with it.
    """
    if not Incident.objects.filter(pk=incident_id, state__in=BEFORE_ANYBODY_GOES).exists():
        return False
    return _advance(incident_id, Verb.DISPATCH, actor=actor, reason="")


def note_recalled(incident_id: int, *, actor: Actor, reason: str = "") -> bool:
    """Nobody is on the way any more; it has to be sent anew."""
    return _advance(incident_id, Verb.RECALL, actor=actor, reason=reason)


def note_arrived(incident_id: int, *, actor: Actor, reason: str = "") -> bool:
    """The first helper of any kind is on the spot."""
    return _advance(incident_id, Verb.ARRIVE, actor=actor, reason=reason)


def note_handling(incident_id: int, *, actor: Actor, reason: str = "") -> bool:
    """The competent person took it over."""
    return _advance(incident_id, Verb.HANDLE, actor=actor, reason=reason)


def note_transferred(incident_id: int, *, actor: Actor, reason: str = "") -> bool:
    """A department accepted it and nobody of ours is on the way."""
    return _advance(incident_id, Verb.TRANSFER, actor=actor, reason=reason)


def _advance(incident_id: int, verb: Verb, *, actor: Actor, reason: str) -> bool:
    """Whether the incident moved; False when it is already past this step or has ended."""
    for _try in range(3):
        with transaction.atomic():
            incident = Incident.objects.get(pk=incident_id)
            if not FLOW.allows(incident.state, verb):
                return False
            try:
                with transaction.atomic():
                    change = move(incident, verb, actor=actor, reason=reason)
            except Conflict:
                continue  # somebody moved it between reading and writing; look again
            record_change(incident, change, actor=actor)
            return True
    return False
