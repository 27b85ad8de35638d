"""On the way and on the spot: position, arrival, pre-handling, hand-over."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from maplebridge.dispatch.actions.changes import Trail, held_call
from maplebridge.dispatch.events import HandedOver, PositionShared, UnitArrived
from maplebridge.dispatch.keys import UNIT_KEY, offer_key, offer_kind
from maplebridge.dispatch.models import (
    Call,
    FirstArrival,
    Offer,
    Position,
    PreHandling,
    SentinelAlarm,
)
from maplebridge.dispatch.queries.access import access_offer
from maplebridge.dispatch.queries.facts import units_ordered
from maplebridge.dispatch.records import PreHandlingIn
from maplebridge.dispatch.states import (
    AlarmState,
    AlarmVerb,
    Did,
    Injuries,
    OfferState,
    Verb,
)
from maplebridge.incidents import api as incidents
from maplebridge.kernel.actor import Actor
from maplebridge.kernel.clock import now
from maplebridge.kernel.errors import BadInput, Refused
from maplebridge.kernel.journal import record
from maplebridge.people import api as people
from maplebridge.teams import api as teams

WORDS_MAX = 600


def share_position(offer_id: int, lon: float, lat: float, *, actor: Actor) -> None:
    """Where the responder is, only between the yes and the arrival; the last point only."""
    offer = access_offer(actor, offer_id, verb=Verb.ARRIVE)
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise BadInput("dispatch.position", _("This is not a place on the map."))
    with transaction.atomic():
        # Writing the offer takes its row: ending the way waits for us and then deletes the
        # position, so none can be left behind. The filter is the rule.
        on_the_way = Offer.objects.filter(pk=offer.pk, state=OfferState.ACCEPTED)
        if not on_the_way.update(state=OfferState.ACCEPTED):
            raise Refused(
                "dispatch.no_position", _("A position is shared only on the way of an order.")
            )
        Position.objects.update_or_create(
            offer=offer, defaults={"lon": lon, "lat": lat, "at": now()}
        )
        incident = offer.call.incident
        record(PositionShared(incident.pk, incident.code, offer.pk), actor=actor)


def arrive(offer_id: int, *, actor: Actor) -> Offer:
    """On the spot, by tap. The first of any kind is counted once for the incident."""
    offer = access_offer(actor, offer_id, verb=Verb.ARRIVE)
    if offer.state in (OfferState.ARRIVED, OfferState.DONE):
        return offer
    with transaction.atomic():
        trail, call = Trail(actor), held_call(offer.call_id)
        offer.refresh_from_db(fields=["state"])
        trail.move_offer(offer, Verb.ARRIVE, arrived_at=trail.at)
        trail.move_call(call, Verb.ARRIVE)
        trail.write()
        # Who was given up may come after all, to a matter that waits to be sent anew.
        incidents.note_on_the_way(call.incident_id, actor=actor)
        incidents.note_arrived(call.incident_id, actor=actor)
        offer.call = call
        record(arrival(offer, trail), actor=actor, at=trail.at)
    return offer


def arrival(offer: Offer, trail: Trail, alarm: SentinelAlarm | None = None) -> UnitArrived:
    """The event of an arrival; settles by insert who was first, however close two taps are."""
    incident = offer.call.incident
    seconds = max(0.0, (trail.at - incident.reported_at).total_seconds())
    FirstArrival.objects.bulk_create(
        [
            FirstArrival(
                incident=incident, offer=offer, kind=offer_kind(offer), seconds=seconds,
                at=trail.at,
            )
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    first = FirstArrival.objects.filter(incident=incident, offer=offer).exists()
    since = alarm.raised_at if alarm else offer.call.opened_at
    return UnitArrived(
        incident_id=incident.pk,
        code=incident.code,
        call_id=offer.call_id,
        offer_id=offer.pk,
        responder=offer_key(offer),
        kind=offer_kind(offer),
        first=first,
        seconds_from_report=seconds,
        seconds_from_call=max(0.0, (trail.at - since).total_seconds()),
        category=incident.category,
        urgency=incident.urgency,
        cell_code=incident.cell_code or None,
        at=trail.at.isoformat(),
        alarm_id=alarm.pk if alarm else None,
    )


def file_pre_handling(offer_id: int, form: PreHandlingIn, *, actor: Actor) -> PreHandling:
    """What was seen and done, for the police; an account, never a decision."""
    offer = access_offer(actor, offer_id, verb=Verb.HAND_OVER)
    checked_form(form)
    with transaction.atomic():
        trail, call = Trail(actor), held_call(offer.call_id)
        filed = PreHandling.objects.filter(offer=offer).first()
        if filed is not None:
            return filed  # a repeat of the same form, sent once more by the queue of the phone
        offer.refresh_from_db(fields=["state"])
        trail.move_offer(offer, Verb.HAND_OVER)
        trail.move_call(call, Verb.HAND_OVER)
        filed = PreHandling.objects.create(
            offer=offer, did=list(form.did), injuries=form.injuries,
            wishes=form.wishes.strip()[:WORDS_MAX], evidence=form.evidence.strip()[:WORDS_MAX],
            handed_to_id=form.handed_to, handed_at=trail.at,
        )  # fmt: skip
        trail.write()
        offer.call = call
        record(_handed_over(offer, taken=False), actor=actor, at=trail.at)
    return filed


def checked_form(form: PreHandlingIn) -> None:
    """Only acts from the list can be ticked: what is not allowed has no box."""
    wrong = {}
    if not form.did or not set(form.did) <= set(Did.values):
        wrong["did"] = _("Tick what you did.")
    if form.injuries not in Injuries.values:
        wrong["injuries"] = _("Say whether somebody is hurt.")
    if form.handed_to is not None and form.handed_to not in people.units([form.handed_to]):
        wrong["handed_to"] = _("Choose who takes over.")
    if wrong:
        raise BadInput("dispatch.pre_handling", fields=wrong)


def take_over(offer_id: int, *, actor: Actor) -> Offer:
    """A police officer takes over on the own phone; the helper's part ends and is thanked."""
    offer = access_offer(actor, offer_id, verb=Verb.TAKE_OVER)
    if offer.state == OfferState.DONE:
        return offer
    with transaction.atomic():
        trail, call = Trail(actor), held_call(offer.call_id)
        offer.refresh_from_db(fields=["state"])
        if offer.state == OfferState.DONE:  # the same press, sent again while it was under way
            return offer
        trail.move_call(call, Verb.TAKE_OVER, closed_at=trail.at)
        PreHandling.objects.filter(offer=offer, taken_at=None).update(
            taken_at=trail.at, taken_by_id=actor.post_id
        )
        trail.move_offer(offer, Verb.TAKE_OVER)
        _end_alarm(call, trail)
        trail.write()
        incidents.note_handling(call.incident_id, actor=actor)
        thank(offer, actor=actor)
        offer.call = call
        record(_handed_over(offer, taken=True), actor=actor, at=trail.at)
    return offer


def thank(offer: Offer, *, actor: Actor) -> None:
    """Points for a confirmed order of a volunteer; the ledger ignores a repeat."""
    if offer.volunteer_id is not None:
        source = f"offer:{offer.pk}"
        teams.award(offer.volunteer_id, teams.PointReason.ORDER_DONE, source, actor=actor)


def _end_alarm(call: Call, trail: Trail) -> None:
    alarm = SentinelAlarm.objects.filter(call=call, state=AlarmState.ON_SCENE).first()
    if alarm is not None:
        trail.move_alarm(alarm, AlarmVerb.HAND_OVER, closed_at=trail.at)


def _handed_over(offer: Offer, *, taken: bool) -> HandedOver:
    call = offer.call
    told = [teams.unit_key(UNIT_KEY, pk) for pk in units_ordered(call.incident_id)]
    return HandedOver(
        call.incident_id, call.incident.code, call.pk, offer.pk, offer_key(offer), taken, told
    )
