"""What a resident reads: who is coming, by an alias, and by when."""

from __future__ import annotations

from django.db.models import F

from maplebridge.dispatch.keys import offer_kind
from maplebridge.dispatch.models import Call, Offer
from maplebridge.dispatch.records import Coming
from maplebridge.dispatch.states import CallState
from maplebridge.kernel.clock import now

SHOWN = (CallState.ACCEPTED, CallState.ARRIVED, CallState.HANDED_OVER)


def coming(code: str) -> list[Coming]:
    """Those on the way or there for a public code; the police are told by unit, never by name."""
    calls = (
        Call.objects.filter(incident__code=code, state__in=SHOWN, winner__isnull=False)
        .select_related("winner__volunteer", "winner__sentinel", "winner__unit")
        .order_by(F("promised_at").asc(nulls_last=True), "pk")
    )
    return [_coming(call, call.winner) for call in calls if call.winner is not None]


def _coming(call: Call, offer: Offer) -> Coming:
    there = call.state != CallState.ACCEPTED
    return Coming(
        kind=offer_kind(offer),
        who=responder_label(offer),
        arrived=there,
        promised_at=call.promised_at,
        late=not there and call.promised_at is not None and call.promised_at <= now(),
        unit=offer.unit.kind if offer.unit is not None else "",
    )


def responder_label(offer: Offer) -> str:
    """An alias, or the unit's name; the row must come with its responder."""
    if offer.volunteer is not None:
        return offer.volunteer.display_name
    if offer.sentinel is not None:
        return offer.sentinel.display_name
    return offer.unit.title if offer.unit is not None else ""


def being_asked(code: str) -> bool:
    """Whether somebody is being asked right now for this public code."""
    return Call.objects.filter(incident__code=code, state=CallState.OFFERED).exists()
