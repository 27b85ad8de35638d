"""Who may visit which place, and who sees and moves which hazard."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from maplebridge.inspections.models import Hazard, Visit
from maplebridge.inspections.states import FLOW, Verb
from maplebridge.kernel.actor import Actor, ActorKind
from maplebridge.kernel.errors import NotFound, Refused
from maplebridge.kernel.policy import Verdict, allow, deny, require
from maplebridge.people import api as people

NOBODYS = Q(pk__in=[])
WHOLE_CITY = frozenset({"call_taker", "dispatcher", "duty_chief"})
OWN_CELL = frozenset({"grid_worker", "police_assistant"})
NEEDS = {
    Verb.NOTIFY: "hazard.notify",
    Verb.RECTIFY: "visit.make",
    Verb.RECHECK: "hazard.recheck",
    Verb.FAIL: "hazard.recheck",
    Verb.CLEAR: "hazard.clear",
    Verb.DISMISS: "hazard.clear",
    Verb.HAND: "hazard.recheck",
    Verb.URGE: "hazard.urge",
}
# Who found it does not judge whether it is gone or was one: else finding and clearing are one hand.
BY_ANOTHER = frozenset({Verb.RECHECK, Verb.CLEAR, Verb.DISMISS})


def visitable(actor: Actor) -> Q:
    """The places an actor may visit: those of the own grid, else of the own station."""
    if actor.kind is ActorKind.SYSTEM:
        return Q()
    if not people.role_may(actor, "visit.make").allowed:
        return NOBODYS
    if actor.role in OWN_CELL and actor.cell_id:
        return Q(cell_id=actor.cell_id)
    if actor.station_id:
        return Q(cell__station_grid__station_id=actor.station_id)
    return NOBODYS


def visible(actor: Actor) -> Q:
    """Which hazards, and by the same columns which visits, lie in the actor's area."""
    if actor.kind is ActorKind.SYSTEM:
        return Q()
    if not people.role_may(actor, "hazard.read").allowed:
        return NOBODYS
    if actor.role in WHOLE_CITY:
        return Q()
    if actor.role in OWN_CELL and actor.cell_id:
        return Q(cell_id=actor.cell_id)
    if actor.station_id:
        return Q(station_id=actor.station_id)
    return NOBODYS


def visible_hazards(actor: Actor) -> Q:
    """Those of the own area, and those handed to the own agency wherever they are."""
    seen = visible(actor)
    if actor.agency_code and people.role_may(actor, "hazard.clear").allowed:
        seen |= Q(agency_code=actor.agency_code, handed=True)
    return seen


def access_visit(actor: Actor, code: str) -> Visit:
    """The only door to a visit: of the own area, or one's own."""
    mine = Q(account_id=actor.account_id) if actor.account_id else NOBODYS
    rows = Visit.objects.select_related("premises", "cell", "station")
    found = rows.filter(visible(actor) | mine, code=code).first()
    if found is None:
        raise NotFound("visit.not_found")
    return found


def access_hazard(actor: Actor, code: str, to: Verb | None = None) -> Hazard:
    """The only door to a hazard; a forbidden step is `Refused`, hidden and absent look the same."""
    rows = Hazard.objects.select_related("premises", "visit", "incident", "station", "cell")
    hazard = rows.filter(visible_hazards(actor), code=code).first()
    if hazard is None:
        raise NotFound("hazard.not_found")
    if to is None:
        return hazard
    require(may(actor, hazard, to))
    FLOW.after(hazard.state, to)
    if to is Verb.HAND and hazard.handed:
        raise Refused("hazard.handed_before", _("The department knows of this already."))
    return hazard


def may(actor: Actor, hazard: Hazard, verb: Verb) -> Verdict:
    """Whether the actor's post takes this step on a hazard it sees."""
    if actor.kind is ActorKind.SYSTEM:
        return allow("system")
    held = people.role_may(actor, NEEDS[verb])
    if not held.allowed:
        return held
    if verb in BY_ANOTHER and hazard.visit.account_id == actor.account_id:
        return deny("hazard.own_finding")
    ends = verb in (Verb.CLEAR, Verb.DISMISS)
    if ends and hazard.handed and actor.agency_code != hazard.agency_code:
        return deny("hazard.departments")
    return held


def offered(actor: Actor, hazard: Hazard) -> list[Verb]:
    """The steps a page offers; the same rules as the door, without asking the database."""
    return [
        verb
        for verb in FLOW.verbs(hazard.state)
        if may(actor, hazard, verb).allowed and not (verb is Verb.HAND and hazard.handed)
    ]
