"""Who may answer, see and send: one rule, two questions."""

from __future__ import annotations

from django.db.models import Q

from maplebridge.dispatch.models import Call, Offer, SentinelAlarm
from maplebridge.dispatch.states import CALL_OPEN, AlarmVerb, Verb
from maplebridge.kernel.actor import Actor, ActorKind
from maplebridge.kernel.policy import Verdict, allow, deny
from maplebridge.people import api as people

POLICE_ROLES = frozenset({"police_officer"})
CREW_ROLES = frozenset({"police_officer", "auxiliary_officer"})
# What a unit may tell by radio and the desk taps for it; nobody answers for a volunteer.
BY_RADIO = frozenset({Verb.ACCEPT, Verb.SET_OUT, Verb.ARRIVE, Verb.RELEASE})


class OfferPolicy:
    """An order is seen and answered by the one it was put to; the desk reads."""

    def may(self, actor: Actor, verb: str, row: Offer) -> Verdict:
        if verb == Verb.TAKE_OVER:
            return self._may_take_over(actor, row)
        if is_own(actor, row):
            return allow("the order was put to this person")
        desk = people.role_may(actor, "incident.dispatch")
        if verb == "read" and desk:
            return desk
        if row.unit_id is not None and verb in BY_RADIO and may_send(actor):
            return allow("the desk, for a unit that reports by radio")
        return deny("the order was put to somebody else")

    @staticmethod
    def _may_take_over(actor: Actor, row: Offer) -> Verdict:
        """A sworn officer whose unit is on this incident, or of the station that has it."""
        held = people.role_may(actor, "dispatch.take_over")
        if not held:
            return held
        if (
            actor.unit_id is not None
            and Call.objects.filter(
                incident_id=row.call.incident_id, unit_id=actor.unit_id
            ).exists()
        ):
            return allow("unit on this incident")
        station = row.call.incident.station_id
        if station is None or station == actor.station_id:
            return allow("officer of the station")
        return deny("another unit has this incident")

    def visible(self, actor: Actor) -> Q:
        rule = Q(pk__in=())
        if actor.volunteer_id is not None:
            rule |= Q(volunteer_id=actor.volunteer_id)
        if actor.sentinel_id is not None:
            rule |= Q(sentinel_id=actor.sentinel_id)
        if actor.unit_id is not None and actor.role in CREW_ROLES:
            rule |= Q(unit_id=actor.unit_id)
        return rule


def is_own(actor: Actor, row: Offer) -> bool:
    """Whether the order was put to this actor: the person, or a member of the unit's crew."""
    if actor.kind is not ActorKind.PERSON:
        return False
    return (
        (row.volunteer_id is not None and row.volunteer_id == actor.volunteer_id)
        or (row.sentinel_id is not None and row.sentinel_id == actor.sentinel_id)
        or (row.unit_id is not None and row.unit_id == actor.unit_id and actor.role in CREW_ROLES)
    )


class AlarmPolicy:
    """Sentinels of the same team act on an alarm; the desk reads it and may end it."""

    def may(self, actor: Actor, verb: str, row: SentinelAlarm) -> Verdict:
        if actor.kind is ActorKind.SYSTEM:
            return allow(actor.role)
        if (
            actor.sentinel_id is not None
            and row.team.sentinels.filter(pk=actor.sentinel_id, active=True).exists()
        ):
            return allow("sentinel of the team")
        if verb in ("read", AlarmVerb.CLOSE):
            return people.role_may(actor, "incident.dispatch")
        return deny("another team's alarm")

    def visible(self, actor: Actor) -> Q:
        if actor.sentinel_id is None:
            return Q(pk__in=())
        return Q(team__sentinels=actor.sentinel_id)


offer_policy = OfferPolicy()
alarm_policy = AlarmPolicy()


def ordered_to(actor: Actor) -> Q | None:
    """Matters the actor's unit is ordered to right now, whosever station they lie in."""
    if actor.unit_id is None or actor.role not in CREW_ROLES:
        return None
    mine = Call.objects.filter(unit_id=actor.unit_id, state__in=CALL_OPEN)
    return Q(pk__in=mine.values("incident_id"))


def may_send(actor: Actor) -> Verdict:
    """Sending is a decision of a person at the desk."""
    if actor.kind is ActorKind.SYSTEM:
        return deny("people decide whom to send")
    return people.role_may(actor, "incident.dispatch")
