"""One rule, two questions: may this actor do this to that incident, and which may they see?"""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Q

from maplebridge.incidents.calling import call_is_refused
from maplebridge.incidents.codes import ReadPurpose
from maplebridge.incidents.models import Incident
from maplebridge.incidents.states import FLOW, Verb
from maplebridge.kernel.actor import Actor, ActorKind
from maplebridge.kernel.errors import NotFound
from maplebridge.kernel.numbers import normalise
from maplebridge.kernel.policy import Verdict, allow, deny, require
from maplebridge.people import api as people

# What the actor's role must hold for each verb; people/roles has the matrix.
NEEDS = {
    "read": "incident.read",
    "read_contact": "incident.read_contact",
    "call_back": "incident.call_back",
    "stop_payment": "incident.stop_payment",
    Verb.TRIAGE: "incident.triage",
    Verb.MERGE: "incident.merge",
    Verb.UNDO_MERGE: "incident.merge",
    Verb.INVALIDATE: "incident.triage",
    Verb.DISPATCH: "incident.dispatch",
    Verb.TRANSFER: "incident.triage",
    Verb.FEED_BACK: "incident.feed_back",
    Verb.CLOSE: "incident.close",
    Verb.REOPEN: "incident.close",
}
WHOLE_CITY = frozenset({"call_taker", "dispatcher", "duty_chief"})
COMPLAINT = "complaint_on_police"
ON_POLICE = Q(category=COMPLAINT) | Q(initial_category=COMPLAINT)
AUDITORS = frozenset({"auditor", "audit_admin"})
OWN_STATION = frozenset({"police_officer", "auxiliary_officer", "station_chief"})
OWN_CELL = frozenset({"grid_worker", "police_assistant"})
OWN_AGENCY = frozenset({"agency_clerk", "urban_enforcement", "market_supervisor"})


Scope = Callable[[Actor], Q | None]  # more that an actor may see; None when nothing
_scopes: list[Scope] = []


def register_scope(scope: Scope) -> None:
    """Let a downstream room widen what somebody may see: a crew sees what it was ordered to.

    Complaints about the police stay out of everybody's widened sight.
    """
    _scopes.append(scope)


def visible(actor: Actor) -> Q:
    """Which incidents the actor may see, as a filter."""
    seen = _by_post(actor)
    for scope in _scopes:
        more = scope(actor)
        if more is not None:
            seen |= more & ~ON_POLICE
    return seen


def _by_post(actor: Actor) -> Q:
    if actor.kind is ActorKind.SYSTEM:
        return Q()
    if actor.role in WHOLE_CITY:
        # The desk is police: what it judged to be a complaint about the police leaves its sight.
        # The inspectorate gives back what was none by judging it anew.
        return ~Q(category=COMPLAINT)
    if actor.role == "inspectorate":
        return ON_POLICE
    if actor.role in OWN_STATION and actor.station_id:
        # A complaint bypasses the station it may be about; a confidential report the street.
        own = Q(station_id=actor.station_id) | Q(station=None)
        return own & ~ON_POLICE & Q(confidential=False)
    if actor.role in OWN_CELL and actor.cell_id:
        return Q(cell_id=actor.cell_id) & ~ON_POLICE & Q(confidential=False)
    if actor.role in OWN_AGENCY and actor.agency_code:
        # Containment in a JSON list is spelled per engine by Django; the code is quoted so that
        # "PSB" does not find "PSB-TP".
        return Q(lead_agency=actor.agency_code) | Q(co_agencies__icontains=f'"{actor.agency_code}"')
    return Q(pk__in=[])


def in_outline() -> Q:
    """What whoever reads figures may know to exist: its kind, hour and grid, never its code.

    The wall shows as much. What is confidential, and complaints about the police, are counted only.
    """
    return ~ON_POLICE & Q(confidential=False)


def may(actor: Actor, verb: str, incident: Incident) -> Verdict:
    """Whether the actor may do `verb` to this incident, with the reason."""
    if actor.kind is ActorKind.SYSTEM:
        return allow("system")
    held = people.role_may(actor, NEEDS.get(verb, "incident.read"))
    if not held.allowed:
        return held
    if not Incident.objects.filter(visible(actor), pk=incident.pk).exists():
        return deny("incident.out_of_scope")
    return allow(f"role:{actor.role}")


def read_purposes(actor: Actor, incident: Incident) -> tuple[ReadPurpose, ...]:
    """Why this actor may open this contact: auditing is for auditors, calling where it is safe."""
    shut = {ReadPurpose.STOP_PAYMENT}  # of the card, which has a door of its own
    if actor.role not in AUDITORS:
        shut.add(ReadPurpose.AUDIT)
    if call_is_refused(incident):
        shut.add(ReadPurpose.CALL_BACK)
    return tuple(purpose for purpose in ReadPurpose if purpose not in shut)


def access_incident(actor: Actor, code: str, to: str = "read") -> Incident:
    """The only door to a row. Hidden and absent look the same; a forbidden step is `Refused`."""
    incident = Incident.objects.filter(visible(actor), code=normalise(code)).first()
    if incident is None:
        raise NotFound("incident.not_found")
    if actor.kind is not ActorKind.SYSTEM:
        require(people.role_may(actor, NEEDS.get(to, "incident.read")))
    if isinstance(to, Verb):
        FLOW.after(incident.state, to)
    return incident


def followed_incident(code: str) -> Incident:
    """The row behind a public code: whoever holds the code may follow, answer and reopen."""
    incident = Incident.objects.filter(code=normalise(code)).first()
    if incident is None:
        raise NotFound("incident.not_found")
    return incident
