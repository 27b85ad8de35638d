"""A sentinel's alarm [一键告警]: one tap, the team and the desk know at the same moment.

The alarm becomes an incident by the one door of reports. Who goes taps twice, "I go" and "I am
there": the second tap is the half-minute circle. The police are called in by itself for
injury, weapon, fire, a call for help, and when nobody of the team answers.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from maplebridge.dispatch.actions.arriving import arrival
from maplebridge.dispatch.actions.changes import Trail, end_call, held_call
from maplebridge.dispatch.events import AlarmChanged, AlarmRaised
from maplebridge.dispatch.models import Call, Offer, SentinelAlarm
from maplebridge.dispatch.queries.access import access_alarm
from maplebridge.dispatch.queries.facts import units_ordered
from maplebridge.dispatch.states import (
    ACK_WITHIN_S,
    ALARM_FLOW,
    ALARM_NEEDS_POLICE,
    ALARM_URGENCY,
    CALL_OPEN,
    LINKED_URGENCY,
    OFFER_BUSY,
    AlarmKind,
    AlarmState,
    AlarmStatus,
    AlarmVerb,
    CallKind,
    CallState,
    OfferState,
    Verb,
)
from maplebridge.incidents import api as incidents
from maplebridge.kernel.actor import SYSTEM, Actor
from maplebridge.kernel.clock import now
from maplebridge.kernel.errors import BadInput, NotAllowed, Refused
from maplebridge.kernel.geo import Point
from maplebridge.kernel.journal import record
from maplebridge.kernel.policy import require
from maplebridge.people import api as people
from maplebridge.teams import api as teams
from maplebridge.teams.api import SentinelCard

WORDS_MAX = 300
POST_PRECISION_M = 80.0  # metres; the post stands for the premises
TIMER = SYSTEM("dispatch.timer")


def raise_alarm(kind: str, text: str, status: str, *, actor: Actor, key: str = "") -> SentinelAlarm:
    """One tap: a report, an alarm row, everybody told. The same key finds the same alarm."""
    require(people.role_may(actor, "alarm.raise"))
    sentinel = trained_sentinel(actor)
    if kind not in AlarmKind.values or status not in AlarmStatus.values:
        raise BadInput("dispatch.alarm_kind", fields={"kind": _("Choose what it is.")})
    key = f"{sentinel.id}:{key or now().isoformat()}"[:64]
    if known := SentinelAlarm.objects.filter(key=key).first():
        return known
    with transaction.atomic():
        at = now()
        received = incidents.receive_report(_report(sentinel, kind, text, status, key), actor=actor)
        if known := SentinelAlarm.objects.filter(key=key).first():
            return known  # the same tap arrived twice at the same moment
        linked = status == AlarmStatus.NEED_HELP or kind in ALARM_NEEDS_POLICE
        alarm = SentinelAlarm.objects.create(
            key=key, sentinel_id=sentinel.id, team_id=sentinel.team_id,
            incident_id=received.incident_id, kind=kind, status=status,
            words=text.strip()[:WORDS_MAX], raised_at=at, police_linked_at=at if linked else None,
            stable_at=at if status == AlarmStatus.STABLE else None,
        )  # fmt: skip
        trail = Trail(actor, at)
        trail.note(AlarmVerb.RAISE, "", AlarmState.RAISED, alarm=alarm)
        if linked:
            trail.note(AlarmVerb.LINK_POLICE, alarm.state, alarm.state, alarm=alarm, reason=kind)
        trail.write()
        _raise_urgency(alarm, kind if linked else "", actor)
        record(
            AlarmRaised(
                alarm.pk, received.incident_id, received.code, alarm.team_id, kind, status,
                linked, _told(alarm),
            ),
            actor=actor,
            at=at,
        )  # fmt: skip
    return alarm


def _raise_urgency(alarm: SentinelAlarm, linked_by: str, actor: Actor) -> None:
    """Put it before the desk: an alarm that calls the police in is not a matter like others."""
    urgency = LINKED_URGENCY if linked_by else ALARM_URGENCY.get(AlarmKind(alarm.kind))
    if urgency is not None:
        incidents.raise_urgency(
            alarm.incident_id, urgency, f"alarm.{linked_by or alarm.kind}", actor=actor
        )


def trained_sentinel(actor: Actor) -> SentinelCard:
    """The sentinel behind the actor; without valid training and licence there is no such role."""
    cards = teams.sentinels([actor.sentinel_id]) if actor.sentinel_id else {}
    card = cards.get(actor.sentinel_id or 0)
    if card is None:
        raise NotAllowed("dispatch.not_a_sentinel", _("This is for sentinels."))
    if not card.trained(now()):
        raise NotAllowed(
            "dispatch.training_lapsed",
            _("Your sentinel training has lapsed. In danger call 110; your leader can renew it."),
        )
    return card


def _report(
    sentinel: SentinelCard, kind: str, text: str, status: str, key: str
) -> incidents.Intake:
    said = [str(AlarmKind(kind).label), str(AlarmStatus(status).label), text.strip()[:WORDS_MAX]]
    return incidents.Intake(
        key=f"alarm:{key}",
        narrative=_(". ").join(part for part in said if part),
        channel="sentinel",
        place_words=sentinel.premises_title,
        point=Point(sentinel.post_lon, sentinel.post_lat),
        precision_m=POST_PRECISION_M,
        point_source="device",
        source_ref=f"alarm:{key}",
    )


def acknowledge_alarm(alarm_id: int, *, actor: Actor) -> SentinelAlarm:
    """A sentinel of the team goes there."""
    trained_sentinel(actor)
    alarm = access_alarm(actor, alarm_id, verb=AlarmVerb.ACK)
    if alarm.state != AlarmState.RAISED:
        return alarm
    with transaction.atomic():
        trail = Trail(actor)
        trail.move_alarm(alarm, AlarmVerb.ACK, acked_at=trail.at)
        trail.write()
        record(alarm_changed(alarm, AlarmVerb.ACK), actor=actor, at=trail.at)
    return alarm


def be_on_scene(alarm_id: int, *, actor: Actor) -> SentinelAlarm:
    """A sentinel is there: the clock of the half-minute circle stops."""
    card = trained_sentinel(actor)
    alarm = access_alarm(actor, alarm_id, verb=AlarmVerb.BE_ON_SCENE)
    if alarm.on_scene_at is not None:
        return alarm
    with transaction.atomic():
        trail = Trail(actor)
        trail.move_alarm(alarm, AlarmVerb.BE_ON_SCENE, on_scene_at=trail.at)
        offer = _on_the_spot(alarm, card, trail)
        trail.write()
        incidents.note_dispatched(alarm.incident_id, actor=actor)
        incidents.note_arrived(alarm.incident_id, actor=actor)
        if offer is not None:  # two things happened: somebody arrived, and the alarm moved on
            record(arrival(offer, trail, alarm), actor=actor, at=trail.at)
        record(alarm_changed(alarm, AlarmVerb.BE_ON_SCENE), actor=actor, at=trail.at)
    return alarm


def _on_the_spot(alarm: SentinelAlarm, card: SentinelCard, trail: Trail) -> Offer | None:
    """The sentinel's own order, already there, so that the hand-over works as for everybody.

    None when this sentinel is on another order; then that one is handed over first.
    """
    if Offer.objects.filter(sentinel_id=card.id, state__in=OFFER_BUSY).exists():
        return None
    call = Call.objects.create(
        incident_id=alarm.incident_id, kind=CallKind.SENTINEL, order_type=f"alarm/{alarm.kind}",
        opened_at=alarm.raised_at, accepted_at=alarm.acked_at or trail.at,
    )  # fmt: skip
    offer = Offer.objects.create(
        call=call, sentinel_id=card.id, offered_at=alarm.raised_at,
        answered_at=alarm.acked_at or trail.at,
    )  # fmt: skip
    for verb in (Verb.OFFER, Verb.ACCEPT):
        trail.move_call(call, verb)
    trail.move_offer(offer, Verb.ACCEPT)
    trail.move_offer(offer, Verb.ARRIVE, arrived_at=trail.at)
    trail.move_call(call, Verb.ARRIVE, winner=offer)
    SentinelAlarm.objects.filter(pk=alarm.pk).update(call=call)
    assert call.state == CallState.ARRIVED and offer.state == OfferState.ARRIVED
    return offer


def update_alarm(
    alarm_id: int, status: str, text: str = "", *, actor: Actor, key: str = ""
) -> SentinelAlarm:
    """Report on: calm now, or help needed, which calls the police in; a repeat changes nothing."""
    access_alarm(actor, alarm_id, verb=AlarmVerb.UPDATE)
    if status not in AlarmStatus.values:
        raise BadInput("dispatch.alarm_status", fields={"status": _("Choose how it is now.")})
    with transaction.atomic():
        trail, alarm = Trail(actor), _held_alarm(alarm_id)
        ALARM_FLOW.after(alarm.state, AlarmVerb.UPDATE)
        said = text.strip()[:WORDS_MAX]
        if not _add_words(alarm, said, status, key, actor) and status == alarm.status:
            return alarm
        linked_by = ""
        calm = status == AlarmStatus.STABLE and alarm.stable_at is None
        stable_at = trail.at if calm else alarm.stable_at
        trail.move_alarm(alarm, AlarmVerb.UPDATE, status=status, stable_at=stable_at)
        if status == AlarmStatus.NEED_HELP and alarm.police_linked_at is None:
            trail.move_alarm(alarm, AlarmVerb.LINK_POLICE, reason=status, police_linked_at=trail.at)
            linked_by = status
        trail.write()
        if linked_by:
            _raise_urgency(alarm, linked_by, actor)
        record(alarm_changed(alarm, AlarmVerb.UPDATE), actor=actor, at=trail.at)
    return alarm


def _held_alarm(alarm_id: int) -> SentinelAlarm:
    """The alarm, held until the transaction ends."""
    rows = SentinelAlarm.objects.select_for_update(of=("self",))
    return rows.select_related("incident", "team").get(pk=alarm_id)


def _add_words(alarm: SentinelAlarm, said: str, status: str, key: str, actor: Actor) -> bool:
    """Add what was said to the matter; False when there is nothing that was not there already."""
    if not said:
        return False
    # A sender without a key of its own: the same words with the same status are the same tap.
    key = key or hashlib.sha256(f"{status}:{said}".encode()).hexdigest()[:32]
    known = set(alarm.incident.supplements.values_list("pk", flat=True))
    # No post of a sentinel opens a matter at the desk; to add here the alarm itself is the right.
    speaker = Actor(
        actor.kind, actor.role, actor.channel, actor.account_id, sentinel_id=actor.sentinel_id,
        label=actor.label,
    )  # fmt: skip
    added = incidents.add_supplement(
        alarm.incident.code, said, actor=speaker, key=f"alarm:{alarm.pk}:{key}"
    )
    return added.pk not in known


def close_alarm(alarm_id: int, *, reason: str, actor: Actor) -> SentinelAlarm:
    """End an alarm, a false one too: with a reason, without any penalty.

    Who is on the spot hands over to a unit that was sent before; the desk may end it at any time.
    """
    alarm = access_alarm(actor, alarm_id, verb=AlarmVerb.CLOSE)
    if actor.sentinel_id is not None:
        trained_sentinel(actor)
    if not reason.strip():
        raise BadInput("dispatch.alarm_reason", fields={"reason": _("Say how it ended.")})
    handed_over = alarm.state == AlarmState.HANDED_OVER
    if not handed_over and actor.sentinel_id is not None and units_ordered(alarm.incident_id):
        raise Refused(
            "dispatch.police_called", _("The police are on the way; hand over to them first.")
        )
    with transaction.atomic():
        trail = Trail(actor)
        if alarm.call_id is not None and (call := held_call(alarm.call_id)).state in CALL_OPEN:
            # Otherwise the guard stays "on an order", and the next arrival would not be counted.
            end_call(call, trail, reason="alarm_closed")
        trail.move_alarm(alarm, AlarmVerb.CLOSE, reason=reason.strip(), closed_at=trail.at)
        trail.write()
        record(alarm_changed(alarm, AlarmVerb.CLOSE), actor=actor, at=trail.at)
    return alarm


def unanswered_alarms(at: datetime) -> list[int]:
    """Alarms nobody of the team answered in time and that the police do not know of yet."""
    rows = SentinelAlarm.objects.filter(
        state=AlarmState.RAISED, police_linked_at=None,
        raised_at__lte=at - timedelta(seconds=ACK_WITHIN_S),
    )  # fmt: skip
    return list(rows.order_by("pk").values_list("pk", flat=True))


def link_police(alarm_id: int, *, actor: Actor = TIMER) -> bool:
    """Call the police in because nobody answered; False when somebody did meanwhile."""
    with transaction.atomic():
        alarm = _held_alarm(alarm_id)
        if alarm.state != AlarmState.RAISED or alarm.police_linked_at is not None:
            return False
        trail = Trail(actor)
        trail.move_alarm(
            alarm, AlarmVerb.LINK_POLICE, reason="no_answer", police_linked_at=trail.at
        )
        trail.write()
        _raise_urgency(alarm, "no_answer", actor)
        record(alarm_changed(alarm, AlarmVerb.LINK_POLICE), actor=actor, at=trail.at)
    return True


def _told(alarm: SentinelAlarm) -> list[str]:
    others = alarm.team.sentinels.filter(active=True).order_by("pk")
    return [teams.unit_key(teams.SENTINEL_KEY, pk) for pk in others.values_list("pk", flat=True)]


def alarm_changed(alarm: SentinelAlarm, verb: AlarmVerb) -> AlarmChanged:
    """The event that tells the desk and the team."""
    return AlarmChanged(
        alarm.pk, alarm.incident_id, alarm.incident.code, verb, alarm.state, alarm.status,
        _told(alarm),
    )  # fmt: skip
