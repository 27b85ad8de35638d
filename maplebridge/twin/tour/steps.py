"""The five steps, each harmless when it comes twice."""

from __future__ import annotations

import secrets
from datetime import timedelta
from random import Random

from django.utils.translation import gettext as _

from maplebridge.dispatch import api as dispatch
from maplebridge.dispatch.states import OFFER_OPEN, OfferState
from maplebridge.incidents import api as incidents
from maplebridge.incidents.api import State, Triage
from maplebridge.kernel.actor import RESIDENT, Channel
from maplebridge.kernel.clock import now
from maplebridge.kernel.errors import Refused
from maplebridge.kernel.geo import Point
from maplebridge.orders import api as orders
from maplebridge.people import api as people
from maplebridge.places import api as places
from maplebridge.teams import api as teams
from maplebridge.twin.queries import tour as seen
from maplebridge.twin.queries.cast import Cast, nobody
from maplebridge.twin.queries.living import TOUR

SOMEBODY = RESIDENT.via(Channel.SIMULATED)
DECISION = Triage("social_linkage", "P2", "mixed", "facility.manhole", "UMLE", ("COMM",))
READY_FOR = timedelta(hours=2)
LOOKED_AT = 60  # experienced volunteers; among them somebody is free
ROUNDS = 3  # a newcomer may have said no by hand; then the next ones are asked
PRECISION_M = 20.0


def _cast() -> Cast:
    return Cast((), Random())


def report() -> str:
    """A resident reports a missing cover beside a volunteer who can be asked; the code."""
    point = _beside_somebody()
    here = places.place_at(point)
    where = here["beside"] or here["cell"] or here["community"]
    words = _(
        "The manhole cover in front of {where} is gone. An old lady nearly stepped into the hole"
        " just now. I am standing here to warn people, please send somebody quickly."
    ).format(where=where)
    intake = incidents.Intake(
        key=f"{TOUR}{secrets.token_hex(12)}", narrative=words, place_words=where, point=point,
        precision_m=PRECISION_M, point_source="pin",
    )  # fmt: skip
    return incidents.receive_report(intake, actor=SOMEBODY).code


def _beside_somebody() -> Point:
    """The usual place of somebody with certificates, who says by hand that they can be asked."""
    known = teams.volunteers(teams.experienced(LOOKED_AT))
    for card in known.values():
        if card.base_lon is None or card.base_lat is None:
            continue
        point = Point(card.base_lon, card.base_lat)
        if places.locate(point, now()).station_id is None:
            continue
        try:
            me = _cast().one("volunteer", "team_captain", volunteer_ref=card.id)
            teams.set_availability(
                card.id, teams.AvailabilityState.AVAILABLE, until=now() + READY_FOR, actor=me
            )
        except Refused:
            continue
        key = teams.unit_key(teams.VOLUNTEER_KEY, card.id)
        if all(unit.available for unit in teams.responders(now(), only=[key])):
            return point
    raise nobody("volunteer")


def split(matter: int) -> None:
    """The desk judges once; two agencies get their orders."""
    brief = incidents.brief(matter)
    if brief.state in incidents.WAITING:
        incidents.triage_incident(brief.code, DECISION, actor=_cast().one("duty_chief"))
    orders.split_incident(matter, actor=_cast().one("duty_chief"))


def help_arrives(matter: int) -> None:
    """Police and neighbours are sent at the same moment; the neighbour is there first."""
    for _round in range(ROUNDS):
        helper = seen.winner(matter) or _somebody_says_yes(matter)
        if helper is not None:
            break
    else:
        raise nobody("volunteer")
    actor = _cast().responder(helper.id)
    if helper.state == OfferState.ACCEPTED:
        dispatch.set_out(helper.id, actor=actor)
        dispatch.arrive(helper.id, actor=actor)


def _somebody_says_yes(matter: int) -> seen.Going | None:
    waiting = _asked(matter)
    if not waiting:
        _send(matter)
        waiting = _asked(matter)
    if not waiting:
        return None
    dispatch.accept_offer(waiting[0].id, actor=_cast().responder(waiting[0].id))
    return seen.winner(matter)


def _asked(matter: int) -> list[seen.Going]:
    found = seen.going(matter)
    return [one for one in found if one.helper and one.state == OfferState.OFFERED]


def _send(matter: int) -> None:
    proposal = dispatch.propose(matter)
    ordered = any(not one.helper and one.state in OFFER_OPEN for one in seen.going(matter))
    units = [] if ordered else [unit.pk for unit in proposal.police[:1]]
    dispatch.send(
        matter, unit_ids=units, volunteers=proposal.can_call_volunteers,
        actor=_cast().one("duty_chief"),
    )  # fmt: skip


def settle(matter: int) -> None:
    """Hand over, take over, answer, report back."""
    helper = seen.winner(matter)
    if helper is None:
        help_arrives(matter)
        helper = seen.winner(matter)
    assert helper is not None  # the line above made sure of it
    _hand_over(matter, helper)
    for order in orders.orders_of(matter):
        clerk = _cast().clerk(order.agency_code)
        if order.state == orders.State.ISSUED:
            orders.accept_order(order.pk, actor=clerk)
        if order.state in (orders.State.ISSUED, orders.State.ACCEPTED):
            orders.answer_order(order.pk, _answer(order.part == orders.Part.LEAD), actor=clerk)
    orders.settle(matter)
    _report_back(matter)


def _hand_over(matter: int, helper: seen.Going) -> None:
    if helper.state != OfferState.ARRIVED:
        return  # done already
    if not helper.handed:
        form = dispatch.PreHandlingIn(
            did=("mark_danger", "observe"), injuries="none",
            evidence=_("The hole is fenced off with two cones; nobody is hurt."),
        )  # fmt: skip
        dispatch.file_pre_handling(helper.id, form, actor=_cast().responder(helper.id))
    for unit in seen.going(matter):
        if not unit.helper:
            _crew_comes(unit)
    station = incidents.brief(matter).station_id
    dispatch.take_over(helper.id, actor=_cast().officer(matter, station))


def _crew_comes(unit: seen.Going) -> None:
    actor = _cast().responder(unit.id)
    if unit.state == OfferState.OFFERED:
        dispatch.accept_offer(unit.id, actor=actor)
    if unit.state in (OfferState.OFFERED, OfferState.ACCEPTED):
        dispatch.arrive(unit.id, actor=actor)


def _answer(lead: bool) -> str:
    if lead:
        return _("A new cover has been fitted and tested with a loaded cart.")
    return _("The neighbours were told, and the grid worker will look again tomorrow.")


def _report_back(matter: int) -> None:
    brief = incidents.brief(matter)
    if not incidents.FLOW.allows(brief.state, incidents.Verb.FEED_BACK):
        return
    form = incidents.SceneReportIn(
        outcome="resolved",
        measures=_("Took over from the volunteer, kept the place safe until the cover was fitted."),
        answer=_(
            "The cover was fitted anew and nobody was hurt. Thank you for standing there until"
            " somebody came."
        ),
    )
    incidents.file_scene_report(brief.code, form, actor=_cast().officer(matter, brief.station_id))


def rate(matter: int) -> None:
    """The resident's three taps."""
    brief = incidents.brief(matter)
    if seen.is_rated(matter) or brief.state not in (State.FED_BACK, State.CLOSED):
        return
    incidents.answer_survey(
        brief.code, contacted=True, solved="yes", satisfied=True,
        words=_("That was quick. Thank you."), actor=SOMEBODY,
    )  # fmt: skip


def accounts(matter: int) -> dict[str, int | None]:
    """Whom the newcomer becomes to see each step: by role, the account."""
    helper = seen.winner(matter)
    desk = people.demo_login("duty_desk")
    return {
        "resident": None,
        "desk": desk.account_id if desk else None,
        "helper": helper.account if helper else None,
    }
