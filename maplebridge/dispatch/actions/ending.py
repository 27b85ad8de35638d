"""Ending calls: silence, standing down, and the end of the incident."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from maplebridge.dispatch.actions.alarms import alarm_changed
from maplebridge.dispatch.actions.arriving import thank
from maplebridge.dispatch.actions.changes import Trail, end_call, held_call
from maplebridge.dispatch.actions.offering import give_to_desk, open_phase
from maplebridge.dispatch.actions.recalling import recall_if_nobody_goes
from maplebridge.dispatch.actions.sending import calls_opened, order_next_unit
from maplebridge.dispatch.events import CallClosed, OfferMade, OffersExpired
from maplebridge.dispatch.keys import offer_key
from maplebridge.dispatch.models import Call, Offer, SentinelAlarm
from maplebridge.dispatch.queries import facts
from maplebridge.dispatch.queries.access import access_call
from maplebridge.dispatch.states import (
    ALARM_OPEN,
    CALL_OPEN,
    FOLLOWS_ANOTHER,
    INCIDENT_ENDED,
    ON_THE_SPOT,
    AlarmVerb,
    CallState,
    OfferState,
    Verb,
)
from maplebridge.kernel.actor import SYSTEM, Actor
from maplebridge.kernel.errors import Refused
from maplebridge.kernel.journal import record

TIMER = SYSTEM("dispatch.timer")
# Why an incident's calls end, and which of them do.
ENDED_BY = {
    INCIDENT_ENDED: CALL_OPEN,
    FOLLOWS_ANOTHER: tuple(state for state in CALL_OPEN if state not in ON_THE_SPOT),
}


def due_calls(at: datetime) -> list[int]:
    """Calls whose phase has run out, and calls that hold an offer whose five minutes have."""
    phases = Call.objects.filter(state=CallState.OFFERED, next_phase_at__lte=at)
    offers = Offer.objects.filter(state=OfferState.OFFERED, expires_at__lte=at)
    found = set(phases.values_list("pk", flat=True)) | set(offers.values_list("call_id", flat=True))
    return sorted(found)


def advance_call(call_id: int, *, actor: Actor = TIMER) -> str:
    """What silence leads to: offers expire, the next phase opens, or the desk decides anew.

    "nothing" when somebody answered meanwhile, so a late or second run is harmless.
    """
    with transaction.atomic():
        trail, call = Trail(actor), held_call(call_id)
        if call.state not in (CallState.OFFERED, CallState.ESCALATED):
            return "nothing"
        waiting = call.offers.filter(state=OfferState.OFFERED).order_by("pk")
        overdue = list(waiting.filter(expires_at__lte=trail.at))
        due = call.state == CallState.OFFERED and (
            call.next_phase_at is not None and call.next_phase_at <= trail.at
        )
        if not due and not overdue:
            return "nothing"
        trail.move_offers(overdue, Verb.EXPIRE)
        asked = open_phase(call, trail) if due else []
        calls: list[Call] = []
        ordered: list[Offer] = []
        if due and not asked:
            # Offers that are not overdue stay: a yes that comes now still counts.
            give_to_desk(call, trail, reason="silence")
            calls, ordered = order_next_unit(call, trail)
        trail.write()
        if due and not asked and not calls:
            recall_if_nobody_goes(call.incident_id, actor=actor, reason="silence")
        record(_silence(call, asked, overdue, due=due), actor=actor, at=trail.at)
        if calls:
            record(calls_opened(call.incident.code, calls, ordered), actor=actor, at=trail.at)
    return "next_phase" if asked else ("escalated" if due else "expired")


def _silence(
    call: Call, asked: list[Offer], overdue: list[Offer], *, due: bool
) -> OfferMade | CallClosed | OffersExpired:
    ended = [offer_key(offer) for offer in overdue]
    if asked:
        keys = [offer_key(offer) for offer in asked]
        return OfferMade(
            call.incident_id, call.incident.code, call.pk, call.phase, len(asked), "silence",
            keys, ended,
        )  # fmt: skip
    if due:
        return _closed(call, [call], overdue, "silence")
    return OffersExpired(call.incident_id, call.incident.code, call.pk, ended)


def stand_down(call_id: int, *, reason: str = "", actor: Actor) -> Call:
    """The desk stands a call down; who is on the spot is done and thanked."""
    access_call(actor, call_id)
    with transaction.atomic():
        trail, call = Trail(actor), held_call(call_id)
        if call.state not in CALL_OPEN:
            raise Refused("dispatch.call_ended")
        ended = end_call(call, trail, reason=reason)
        trail.write()
        _thank_all(ended, actor)
        recall_if_nobody_goes(call.incident_id, actor=actor, reason="stood_down")
        record(_closed(call, [call], ended, "desk"), actor=actor, at=trail.at)
    return call


def end_with_incident(incident_id: int, *, actor: Actor) -> int:
    """The incident or one that follows it is settled or merged: what it has open ends.

    Settled: helpers on the spot are done, everybody else stands down. Merged: who is on the spot
    finishes the hand-over. The number of calls that ended; a repeat ends nothing.
    """
    followers = facts.followers(incident_id)
    return sum(_end_calls(pk, actor) for pk in (incident_id, *followers))


def _end_calls(incident_id: int, actor: Actor) -> int:
    with transaction.atomic():
        trail = Trail(actor)
        open_now = Call.objects.filter(incident_id=incident_id, state__in=CALL_OPEN)
        calls = [held_call(pk) for pk in open_now.order_by("pk").values_list("pk", flat=True)]
        # What holds now decides, not what was heard: a merge or an end may have been undone.
        why = facts.end_reason(incident_id)
        ending = ENDED_BY.get(why, ())
        calls = [call for call in calls if call.state in ending]
        alarms = SentinelAlarm.objects.filter(incident_id=incident_id, state__in=ALARM_OPEN)
        ended: list[Offer] = []
        for call in calls:
            ended += end_call(call, trail, reason=why)
        closed = list(alarms.select_related("incident", "team")) if why == INCIDENT_ENDED else []
        for alarm in closed:
            trail.move_alarm(alarm, AlarmVerb.CLOSE, reason=why, closed_at=trail.at)
        trail.write()
        _thank_all(ended, actor)
        for alarm in closed:  # the team has a page of its own, which no end of a call refreshes
            record(alarm_changed(alarm, AlarmVerb.CLOSE), actor=actor, at=trail.at)
        if calls:
            record(_closed(calls[0], calls, ended, why), actor=actor, at=trail.at)
    return len(calls)


def _thank_all(ended: list[Offer], actor: Actor) -> None:
    for offer in ended:
        if offer.state == OfferState.DONE:
            thank(offer, actor=actor)


def _closed(call: Call, calls: list[Call], offers: list[Offer], why: str) -> CallClosed:
    states = {str(c.state) for c in calls}
    return CallClosed(
        call.incident_id, call.incident.code, [c.pk for c in calls],
        states.pop() if len(states) == 1 else "ended", why,
        [offer_key(offer) for offer in offers],
    )  # fmt: skip
