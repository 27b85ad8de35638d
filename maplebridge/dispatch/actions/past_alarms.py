"""Past alarms of sentinels in bulk: their clocks, who came, and the order that stands for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from maplebridge.dispatch.models import Call, FirstArrival, Offer, SentinelAlarm
from maplebridge.dispatch.queries.past import Past
from maplebridge.dispatch.states import (
    AlarmKind,
    AlarmState,
    AlarmStatus,
    AlarmVerb,
    CallKind,
    CallState,
    OfferState,
)
from maplebridge.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class PastAlarm:
    """An alarm brought in from before; a step that did not happen has no time."""

    key: str  # a repeat of the import finds the same alarm
    incident: str  # public code, or the key the past incident was imported under
    sentinel_code: str  # who raised it
    kind: str  # states.AlarmKind
    status: str  # states.AlarmStatus
    raised_at: datetime
    words: str = ""
    came_code: str = ""  # the sentinel who came; empty: who raised it
    acked_at: datetime | None = None
    on_scene_at: datetime | None = None
    police_linked_at: datetime | None = None
    handed_over_at: datetime | None = None
    closed_at: datetime | None = None
    first: bool = False  # nobody was on the spot before the sentinel


@dataclass(frozen=True, slots=True)
class Answered:
    """An alarm with the order of the sentinel who came; both None while nobody was there."""

    past: PastAlarm
    call: Call | None
    offer: Offer | None


def answered_alarms(alarms: Sequence[PastAlarm], known: Past) -> list[Answered]:
    """What is new and belongs to an incident and a sentinel that are here; nothing is saved."""
    fresh = [
        alarm
        for alarm in alarms
        if alarm.key not in known.alarms
        and alarm.incident in known.incidents
        and alarm.sentinel_code in known.sentinels
    ]
    return [_answered(alarm, known) for alarm in fresh]


def _answered(alarm: PastAlarm, known: Past) -> Answered:
    if alarm.on_scene_at is None:
        return Answered(alarm, None, None)
    ended = alarm.closed_at or alarm.handed_over_at
    accepted = alarm.acked_at or alarm.on_scene_at
    call = Call(
        incident_id=known.incidents[alarm.incident],
        kind=CallKind.SENTINEL,
        order_type=f"alarm/{alarm.kind}",
        state=CallState.CONFIRMED if ended else CallState.ARRIVED,
        phase=1,
        opened_at=alarm.raised_at,
        accepted_at=accepted,
        closed_at=ended,
        imported=True,
    )
    came = known.sentinels.get(alarm.came_code) or known.sentinels[alarm.sentinel_code]
    offer = Offer(
        call=call,
        sentinel_id=came[0],
        state=OfferState.DONE if ended else OfferState.ARRIVED,
        offered_at=alarm.raised_at,
        answered_at=accepted,
        arrived_at=alarm.on_scene_at,
        ended_at=ended,
    )
    return Answered(alarm, call, offer)


def alarm_row(answered: Answered, known: Past) -> SentinelAlarm:
    alarm = answered.past
    sentinel, team = known.sentinels[alarm.sentinel_code]
    return SentinelAlarm(
        key=alarm.key,
        sentinel_id=sentinel,
        team_id=team,
        incident_id=known.incidents[alarm.incident],
        call=answered.call,
        kind=AlarmKind(alarm.kind),
        status=AlarmStatus(alarm.status),
        words=alarm.words,
        state=_state(alarm),
        raised_at=alarm.raised_at,
        acked_at=alarm.acked_at,
        on_scene_at=alarm.on_scene_at,
        police_linked_at=alarm.police_linked_at,
        stable_at=alarm.on_scene_at if alarm.status == AlarmStatus.STABLE else None,
        closed_at=alarm.closed_at,
    )


def _state(alarm: PastAlarm) -> AlarmState:
    reached = (
        (alarm.closed_at, AlarmState.CLOSED),
        (alarm.handed_over_at, AlarmState.HANDED_OVER),
        (alarm.on_scene_at, AlarmState.ON_SCENE),
        (alarm.acked_at, AlarmState.ACKED),
    )
    return next((state for at, state in reached if at is not None), AlarmState.RAISED)


def alarm_changes(
    row: SentinelAlarm, past: PastAlarm, actor: Actor
) -> Iterator[Mapping[str, object]]:
    """One row for each step that has a time."""
    steps = [
        (past.raised_at, AlarmVerb.RAISE, AlarmState.RAISED),
        (past.acked_at, AlarmVerb.ACK, AlarmState.ACKED),
        (past.on_scene_at, AlarmVerb.BE_ON_SCENE, AlarmState.ON_SCENE),
        (past.handed_over_at, AlarmVerb.HAND_OVER, AlarmState.HANDED_OVER),
        (past.closed_at, AlarmVerb.CLOSE, AlarmState.CLOSED),
    ]
    before = ""
    for at, verb, state in steps:
        if at is None:
            continue
        yield _change(row, verb, before, state, at, actor)
        before = state
    if past.police_linked_at is not None:
        same = AlarmState.RAISED
        yield _change(row, AlarmVerb.LINK_POLICE, same, same, past.police_linked_at, actor)


def _change(
    row: SentinelAlarm, verb: str, before: str, after: str, at: datetime, actor: Actor
) -> Mapping[str, object]:
    return {
        "alarm_id": row.pk, "from_state": before, "verb": verb, "to_state": after,
        "reason": "history", "actor_kind": actor.kind.value, "actor_role": actor.role, "at": at,
    }  # fmt: skip


def first_on_the_spot(answered: Answered, known: Past) -> FirstArrival | None:
    """The first arrival of the incident when it was the sentinel's."""
    alarm, call = answered.past, answered.call
    if not alarm.first or call is None or alarm.on_scene_at is None:
        return None
    since = alarm.on_scene_at - known.reported[call.incident_id]
    return FirstArrival(
        incident_id=call.incident_id, offer=answered.offer, kind=CallKind.SENTINEL,
        seconds=max(0.0, since.total_seconds()), at=alarm.on_scene_at,
    )  # fmt: skip
