"""Answering an order: the first yes wins, a no passes it on, a yes can be given back."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from maplebridge.dispatch import advisor
from maplebridge.dispatch.actions.changes import Trail, held_call
from maplebridge.dispatch.actions.offering import (
    ANSWER_WITHIN,
    ask_one_more,
    give_to_desk,
    still_allowed,
)
from maplebridge.dispatch.actions.recalling import recall_if_nobody_goes
from maplebridge.dispatch.events import OfferAnswered
from maplebridge.dispatch.keys import offer_key
from maplebridge.dispatch.models import Call, Offer
from maplebridge.dispatch.queries.access import access_offer
from maplebridge.dispatch.queries.screened import screened
from maplebridge.dispatch.states import CALL_FLOW, OFFER_FLOW, CallState, OfferState, Verb
from maplebridge.incidents import api as incidents
from maplebridge.kernel.actor import Actor
from maplebridge.kernel.clock import now
from maplebridge.kernel.errors import Conflict, NotAllowed, Refused
from maplebridge.kernel.journal import record
from maplebridge.teams import api as teams

SLACK = 1.25  # a promise is kept nine times in ten: a quarter more than the expected time
AFTER_RELEASE = timedelta(seconds=45)  # then the next phase is asked as well
OPEN_FOR_YES = (CallState.OFFERED, CallState.ESCALATED)


def accept_offer(offer_id: int, *, actor: Actor) -> Offer:
    """Go. Exactly one yes wins a call: everybody else gets `Conflict` "dispatch.taken"."""
    offer = access_offer(actor, offer_id, verb=Verb.ACCEPT)
    if offer.state == OfferState.ACCEPTED:
        return offer  # the second tap of the one who won
    _refuse_taken(offer, offer.call)
    OFFER_FLOW.after(offer.state, Verb.ACCEPT)
    _refuse_untrained(offer)
    _refuse_blocked(offer)
    try:
        with transaction.atomic():
            _win(offer, actor)
    except IntegrityError:  # the same person said yes to two orders at the same moment
        raise Conflict("dispatch.busy", _("You are already on the way to another order.")) from None
    return offer


def _refuse_taken(offer: Offer, call: Call) -> None:
    if offer.state == OfferState.TAKEN or (
        offer.state == OfferState.OFFERED and call.state not in OPEN_FOR_YES
    ):
        raise Conflict(
            "dispatch.taken",
            _("Somebody else is already on the way. Thank you for being ready."),
        )


def _refuse_untrained(offer: Offer) -> None:
    """Training may lapse between the question and the yes."""
    if offer.sentinel_id is None:
        return
    card = teams.sentinels([offer.sentinel_id])[offer.sentinel_id]
    if not card.trained(now()):
        raise NotAllowed("dispatch.training_lapsed", _("Your sentinel training has lapsed."))


def _refuse_blocked(offer: Offer) -> None:
    """What was said or decided since the question may keep civilians away."""
    if offer.unit_id is not None:
        return
    now_known = screened(offer.call.incident_id)
    reason = now_known.reason_for(offer.call.screened_by, offer_key(offer))
    if reason and reason != advisor.UNJUDGED:
        raise Refused("dispatch.not_for_civilians", advisor.blocked_words(reason))


def _win(offer: Offer, actor: Actor) -> None:
    trail = Trail(actor)
    call = offer.call
    promised = promise(offer, call, trail.at)
    # The race is decided here, in one statement: of any number of parallel yeses one changes
    # the row, and the others see no row to change.
    won = Call.objects.filter(pk=call.pk, state__in=OPEN_FOR_YES, winner=None).update(
        state=CallState.ACCEPTED, winner=offer, accepted_at=trail.at, promised_at=promised,
        next_phase_at=None,
    )  # fmt: skip
    if not won:
        call.refresh_from_db(fields=["state"])
        _refuse_taken(offer, call)
        CALL_FLOW.after(call.state, Verb.ACCEPT)
        raise Conflict("dispatch.taken", _("Somebody else is already on the way."))
    trail.note(Verb.ACCEPT, call.state, CallState.ACCEPTED, call=call)
    call.state, call.promised_at = CallState.ACCEPTED, promised
    trail.move_offer(offer, Verb.ACCEPT, answered_at=trail.at)
    rest = list(call.offers.filter(state=OfferState.OFFERED).exclude(pk=offer.pk).order_by("pk"))
    trail.move_offers(rest, Verb.TAKE)
    trail.write()
    # A unit that signs late is on the way again, whatever the desk was told meanwhile.
    incidents.note_on_the_way(call.incident_id, actor=actor)
    record(_answered(offer, "accepted", told=rest), actor=actor, at=trail.at)


def promise(offer: Offer, call: Call, at: datetime) -> datetime | None:
    """By when, on the full minute; never earlier than what was promised before."""
    if offer.expected_seconds is None:
        return call.promised_at
    until = at + timedelta(seconds=offer.expected_seconds * SLACK)
    rounded = until.replace(second=0, microsecond=0)
    if rounded < until:
        rounded += timedelta(minutes=1)
    return max(rounded, call.promised_at) if call.promised_at else rounded


def decline_offer(offer_id: int, *, actor: Actor) -> Offer:
    """Not this time; costs nothing. The next one is asked at once."""
    offer = access_offer(actor, offer_id, verb=Verb.DECLINE)
    if offer.state == OfferState.DECLINED:
        return offer
    with transaction.atomic():
        trail, call = Trail(actor), held_call(offer.call_id)
        offer.refresh_from_db(fields=["state"])
        trail.move_offer(offer, Verb.DECLINE, answered_at=trail.at)
        asked = _pass_on(call, trail) if call.state == CallState.OFFERED else []
        trail.write()
        recall_if_nobody_goes(call.incident_id, actor=actor, reason="nobody_left")
        offer.call = call
        record(_answered(offer, "declined", told=asked), actor=actor, at=trail.at)
    return offer


def _pass_on(call: Call, trail: Trail) -> list[Offer]:
    """One more is asked; with nobody asked and nobody left it goes back to the desk."""
    asked = ask_one_more(call, trail)
    if not asked and not call.offers.filter(state=OfferState.OFFERED).exists():
        give_to_desk(call, trail, reason="nobody_left")
    return asked


def release_offer(offer_id: int, *, reason: str = "", actor: Actor) -> Offer:
    """Give an accepted order back: those who were ready are asked again, then the next ones."""
    offer = access_offer(actor, offer_id, verb=Verb.RELEASE)
    if offer.state == OfferState.RELEASED:
        return offer
    with transaction.atomic():
        trail, call = Trail(actor), held_call(offer.call_id)
        offer.refresh_from_db(fields=["state"])
        trail.move_offer(offer, Verb.RELEASE, reason=reason)
        trail.move_call(
            call, Verb.RELEASE, reason=reason, winner=None, accepted_at=None,
            expires_at=trail.at + ANSWER_WITHIN, next_phase_at=trail.at + AFTER_RELEASE,
        )  # fmt: skip
        ready = still_allowed(
            call, list(call.offers.filter(state=OfferState.TAKEN).order_by("rank", "pk"))
        )
        until = trail.at + ANSWER_WITHIN
        trail.move_offers(ready, Verb.OFFER, expires_at=until, ended_at=None)
        asked = ready or _pass_on(call, trail)
        trail.write()
        recall_if_nobody_goes(call.incident_id, actor=actor, reason="given_back")
        offer.call = call
        record(_answered(offer, "released", told=asked), actor=actor, at=trail.at)
    return offer


def set_out(offer_id: int, *, actor: Actor) -> Offer:
    """The crew sets out [出动]; the clock of the way begins."""
    offer = access_offer(actor, offer_id, verb=Verb.SET_OUT)
    if offer.set_out_at is not None:
        return offer
    with transaction.atomic():
        trail, call = Trail(actor), held_call(offer.call_id)
        offer.refresh_from_db(fields=["state", "set_out_at"])
        if offer.set_out_at is None:
            trail.move_offer(offer, Verb.SET_OUT, set_out_at=trail.at)
            trail.write()
            offer.call = call
            record(_answered(offer, "set_out", told=[]), actor=actor, at=trail.at)
    return offer


def _answered(offer: Offer, answer: str, *, told: list[Offer]) -> OfferAnswered:
    call = offer.call
    return OfferAnswered(
        call.incident_id, call.incident.code, call.pk, offer.pk, offer_key(offer), answer,
        call.state, [offer_key(other) for other in told],
    )  # fmt: skip
