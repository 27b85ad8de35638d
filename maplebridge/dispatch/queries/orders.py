"""What a responder sees: own orders, one order, the hand-overs to take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Max, Q
from django.utils.translation import gettext as _

from maplebridge.dispatch.models import Call, Offer, PreHandling, SentinelAlarm
from maplebridge.dispatch.policies import alarm_policy, offer_policy
from maplebridge.dispatch.queries.following import responder_label
from maplebridge.dispatch.states import (
    ALARM_OPEN,
    CALL_OPEN,
    HALF_MINUTE_S,
    NOT_FOR_CIVILIANS,
    OFFER_BUSY,
    OFFER_OPEN,
    CallState,
    Did,
    OfferState,
    Verb,
)
from maplebridge.kernel.actor import Actor

NOT_POLICE = ("micro_fire", "ambulance")  # kinds of units that take nothing over


@dataclass(frozen=True, slots=True)
class OrderView:
    """One order as its responder reads it."""

    offer_id: int
    state: str
    state_label: str
    urgency: str
    code: str
    title: str
    place: str
    lon: float | None
    lat: float | None
    metres: float | None
    minutes: int | None
    expires_at: datetime | None
    offered_at: datetime
    answered_at: datetime | None
    arrived_at: datetime | None
    set_out_at: datetime | None
    promised_at: datetime | None
    asked: int  # people asked so far
    kind: str  # volunteer | police | sentinel: of the call
    call_state: str


@dataclass(frozen=True, slots=True)
class PoliceComing:
    unit: str
    unit_id: int
    arrived_at: datetime | None
    expected_at: datetime | None  # promised, or expected from the moment of the order

    @property
    def label(self) -> str:
        state = _("there") if self.arrived_at else _("on the way")
        return _("{unit}, {state}").format(unit=self.unit, state=state)


def _rows(actor: Actor) -> list[Offer]:
    open_now = Q(state__in=OFFER_OPEN)
    return list(
        Offer.objects.filter(offer_policy.visible(actor))
        .filter(open_now)
        .filter(call__state__in=CALL_OPEN)
        .select_related("call__incident", "volunteer", "sentinel", "unit")
        .order_by("-call__urgency", "offered_at")
    )


def my_orders(actor: Actor) -> tuple[list[OrderView], list[OrderView]]:
    """(waiting for my answer, accepted by me), most urgent first; one query."""
    views = [order_view(offer) for offer in _rows(actor)]
    views.sort(key=lambda v: (v.urgency or "P3", v.offered_at))
    waiting = [v for v in views if v.state == OfferState.OFFERED]
    return waiting, [v for v in views if v.state != OfferState.OFFERED]


def order_view(offer: Offer, *, asked: int = 0) -> OrderView:
    incident = offer.call.incident
    seconds = offer.expected_seconds
    return OrderView(
        offer_id=offer.pk,
        state=offer.state,
        state_label=_state_label(offer),
        urgency=offer.call.urgency,
        code=incident.code,
        title=incident.title,
        place=incident.place_words,
        lon=incident.lon,
        lat=incident.lat,
        metres=offer.street_metres,
        minutes=None if seconds is None else max(1, -int(-seconds // 60)),
        expires_at=offer.expires_at,
        offered_at=offer.offered_at,
        answered_at=offer.answered_at,
        arrived_at=offer.arrived_at,
        set_out_at=offer.set_out_at,
        promised_at=offer.call.promised_at,
        asked=asked,
        kind=offer.call.kind,
        call_state=offer.call.state,
    )


def _state_label(offer: Offer) -> str:
    """How it stands; who wrote a hand-over waits for the officer and is not just "on the spot"."""
    if offer.state == OfferState.ARRIVED and offer.call.state == CallState.HANDED_OVER:
        return _("waiting for the officer")
    return str(offer.get_state_display())


def why_kept_away(offer: Offer) -> str:
    """Code of why a helper was told to turn back or keep back; empty when they were not."""
    if offer.state == OfferState.ARRIVED:
        return offer.call.keep_back
    if offer.state != OfferState.STOOD_DOWN:
        return ""
    last = offer.changes.filter(verb=Verb.STAND_DOWN).order_by("-pk").first()
    said, _colon, code = last.reason.partition(":") if last else ("", "", "")
    return code if said == NOT_FOR_CIVILIANS else ""


def asked_so_far(offer: Offer) -> int:
    return offer.call.offers.count()


def police_coming(incident_id: int) -> list[PoliceComing]:
    """Police units with an open order for the incident: those already there, then the soonest.

    An ambulance is no police: a helper who waits for it would wait for nobody who may take over.
    """
    calls = (
        Call.objects.filter(incident_id=incident_id, unit__isnull=False, state__in=CALL_OPEN)
        .exclude(unit__kind__in=NOT_POLICE)
        .select_related("unit", "winner")
        .annotate(seconds=Max("offers__expected_seconds"))
    )
    found = [
        PoliceComing(
            call.unit.title, call.unit.pk, call.winner.arrived_at if call.winner else None,
            call.promised_at or _expected(call.opened_at, call.seconds),
        )
        for call in calls
        if call.unit is not None
    ]  # fmt: skip
    far = datetime.max.replace(tzinfo=UTC)
    return sorted(found, key=lambda p: (p.arrived_at is None, p.expected_at or far, p.unit))


def _expected(opened_at: datetime, seconds: float | None) -> datetime | None:
    return None if seconds is None else opened_at + timedelta(seconds=seconds)


@dataclass(frozen=True, slots=True)
class HandOverView:
    """A hand-over that waits for an officer, with what the helper wrote."""

    offer_id: int
    who: str
    kind: str
    code: str
    title: str
    did: tuple[str, ...]
    injuries: str
    wishes: str
    evidence: str
    handed_at: datetime


def waiting_hand_overs(actor: Actor) -> list[HandOverView]:
    """Filed and not taken: of incidents the actor's unit is on, or of the actor's station."""
    if actor.role != "police_officer":
        return []
    mine = Q(pk__in=())
    if actor.unit_id is not None:
        mine |= Q(offer__call__incident__calls__unit=actor.unit_id)
    if actor.station_id is not None:
        mine |= Q(offer__call__incident__station=actor.station_id)
    rows = (
        PreHandling.objects.filter(mine, taken_at=None)
        .filter(offer__call__state=CallState.HANDED_OVER)
        .select_related(
            "offer__call__incident", "offer__volunteer", "offer__sentinel", "offer__unit"
        )
        .order_by("handed_at")
        .distinct()
    )
    return [hand_over_view(row) for row in rows]


def hand_over_view(row: PreHandling) -> HandOverView:
    incident = row.offer.call.incident
    return HandOverView(
        row.offer_id, responder_label(row.offer), row.offer.call.kind, incident.code,
        incident.title, tuple(str(Did(code).label) for code in row.did if code in Did.values),
        str(row.get_injuries_display()), row.wishes, row.evidence, row.handed_at,
    )  # fmt: skip


def pre_handling_of(offer_id: int) -> PreHandling | None:
    return PreHandling.objects.filter(offer_id=offer_id).first()


@dataclass(frozen=True, slots=True)
class AlarmView:
    alarm_id: int
    kind: str
    status: str
    status_label: str
    state: str
    state_label: str
    words: str
    code: str
    raised_at: datetime
    acked_at: datetime | None
    on_scene_at: datetime | None
    police_linked: bool
    seconds: float | None  # alarm to sentinel on the scene
    inside: bool | None  # within the half minute
    offer_id: int | None  # the order of who is there, to hand over


def my_alarms(actor: Actor) -> list[AlarmView]:
    """Open alarms of the actor's team, newest first."""
    rows = (
        SentinelAlarm.objects.filter(alarm_policy.visible(actor), state__in=ALARM_OPEN)
        .select_related("incident", "call__winner")
        .order_by("-raised_at")
    )
    return [alarm_view(row, actor) for row in rows]


def alarm_view(row: SentinelAlarm, actor: Actor) -> AlarmView:
    seconds = half_minute_seconds(row)
    winner = row.call.winner if row.call else None
    mine = winner is not None and winner.sentinel_id == actor.sentinel_id
    return AlarmView(
        row.pk, str(row.get_kind_display()), row.status, str(row.get_status_display()), row.state,
        str(row.get_state_display()), row.words, row.incident.code, row.raised_at, row.acked_at,
        row.on_scene_at, row.police_linked_at is not None, seconds,
        None if seconds is None else seconds <= HALF_MINUTE_S,
        winner.pk if winner is not None and mine and winner.state == OfferState.ARRIVED else None,
    )  # fmt: skip


def half_minute_seconds(row: SentinelAlarm) -> float | None:
    """Seconds from the tap to a sentinel on the scene; None while nobody is there."""
    if row.on_scene_at is None:
        return None
    return (row.on_scene_at - row.raised_at).total_seconds()


def newest_asked_account() -> int | None:
    """The account of the volunteer who was asked last; else of the one who is on an order."""
    rows = Offer.objects.filter(volunteer__account__isnull=False, call__imported=False)
    waiting = rows.filter(
        state=OfferState.OFFERED, call__state__in=(CallState.OFFERED, CallState.ESCALATED)
    )
    for some in (waiting, rows.filter(state__in=OFFER_BUSY)):
        newest = some.order_by("-offered_at", "rank", "pk")
        found = newest.values_list("volunteer__account_id", flat=True).first()
        if found is not None:
            return found
    return None
