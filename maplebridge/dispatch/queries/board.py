"""What the desk sees of the calls of one incident."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from maplebridge.dispatch.models import Call, Offer, SentinelAlarm
from maplebridge.dispatch.queries.facts import followers
from maplebridge.dispatch.queries.following import responder_label
from maplebridge.dispatch.queries.orders import half_minute_seconds
from maplebridge.dispatch.states import ALARM_OPEN, CALL_OPEN, CallKind, CallState, OfferState
from maplebridge.incidents import api as incidents
from maplebridge.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class OfferLine:
    offer_id: int
    label: str
    state: str
    state_label: str
    metres: float | None
    minutes: int | None


@dataclass(frozen=True, slots=True)
class CallLine:
    """One call with those who were asked, as the desk reads it."""

    call_id: int
    kind: str
    kind_label: str
    state: str
    state_label: str
    open: bool
    needs_desk: bool
    unit_id: int | None
    phase: int
    radius_m: int | None
    opened_at: datetime
    next_at: datetime | None  # when silence has consequences
    promised_at: datetime | None
    winner: str
    arrived_at: datetime | None
    offers: tuple[OfferLine, ...]


def calls_of(incident_id: int) -> list[CallLine]:
    """Calls of an incident, newest first; two queries however many were asked."""
    calls = list(Call.objects.filter(incident_id=incident_id).order_by("-pk"))
    asked: dict[int, list[Offer]] = {}
    rows = Offer.objects.filter(call__in=calls).select_related("volunteer", "sentinel", "unit")
    for offer in rows.order_by("phase", "rank", "pk"):
        asked.setdefault(offer.call_id, []).append(offer)
    return [_line(call, asked.get(call.pk, [])) for call in calls]


@dataclass(frozen=True, slots=True)
class AlarmLine:
    """A sentinel's alarm as the desk reads it."""

    alarm_id: int
    kind: str
    words: str
    status: str  # intervening | stable | need_help
    status_label: str
    state_label: str
    open: bool
    police_linked: bool
    raised_at: datetime
    seconds: float | None  # until somebody was there


def alarms_of(incident_id: int) -> list[AlarmLine]:
    """Alarms that belong to an incident or to one that follows it, newest first; two queries."""
    all_of_it = [incident_id, *followers(incident_id)]
    rows = SentinelAlarm.objects.filter(incident_id__in=all_of_it).order_by("-raised_at")
    return [
        AlarmLine(
            row.pk, str(row.get_kind_display()), row.words, row.status,
            str(row.get_status_display()), str(row.get_state_display()),
            row.state in ALARM_OPEN, row.police_linked_at is not None, row.raised_at,
            half_minute_seconds(row),
        )
        for row in rows
    ]  # fmt: skip


def open_alarms(actor: Actor) -> list[tuple[str, str, str, datetime]]:
    """(code, kind, state, raised at) of alarms nobody has ended, within the actor's sight."""
    seen = incidents.visible_incidents(actor)
    rows = SentinelAlarm.objects.filter(state__in=ALARM_OPEN, incident__in=seen)
    return [
        (a.incident.code, a.get_kind_display(), a.get_state_display(), a.raised_at)
        for a in rows.select_related("incident").order_by("raised_at")
    ]


def state_words(call: Call) -> str:
    """A unit is ordered and signs; volunteers are asked."""
    if call.kind == CallKind.POLICE and call.state == CallState.OFFERED:
        return _("ordered, not signed yet")
    if call.kind == CallKind.POLICE and call.state == CallState.ESCALATED:
        return _("not signed in time")
    return str(call.get_state_display())


def _line(call: Call, offers: list[Offer]) -> CallLine:
    winner = next((o for o in offers if o.pk == call.winner_id), None)
    return CallLine(
        call_id=call.pk,
        kind=call.kind,
        kind_label=str(call.get_kind_display()),
        state=call.state,
        state_label=state_words(call),
        open=call.state in CALL_OPEN,
        needs_desk=call.state == CallState.ESCALATED,
        unit_id=call.unit_id,
        phase=call.phase,
        radius_m=call.radius_m,
        opened_at=call.opened_at,
        next_at=call.next_phase_at if call.state == CallState.OFFERED else None,
        promised_at=call.promised_at,
        winner=responder_label(winner) if winner else "",
        arrived_at=winner.arrived_at if winner else None,
        offers=tuple(_offer_line(o) for o in offers),
    )


def _offer_line(offer: Offer) -> OfferLine:
    seconds = offer.expected_seconds
    return OfferLine(
        offer.pk,
        responder_label(offer), offer.state, str(OfferState(offer.state).label),
        offer.street_metres, None if seconds is None else max(1, -int(-seconds // 60)),
    )  # fmt: skip
