"""Rows of the dispatch room. Positions are rows of an order, never of a person."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from maplebridge.dispatch.states import (
    CALL_OPEN,
    CALL_UNDER_WAY,
    OFFER_BUSY,
    AlarmKind,
    AlarmState,
    AlarmStatus,
    CallKind,
    CallState,
    Injuries,
    OfferState,
)
from maplebridge.incidents.models import Incident
from maplebridge.kernel.personal import Keep, Kind, Personal
from maplebridge.people.models import Post, Unit
from maplebridge.teams.models import Sentinel, SentinelTeam, Volunteer

WORDS = Personal(Kind.WORDS, Keep.YEARS_3)
ON_THE_WAY = Personal(Kind.POSITION, Keep.UNTIL_CLOSED, empty=None)


class Call(models.Model):
    """A call for help about an incident [派单]: volunteers in phases, or one police unit."""

    id = models.BigAutoField(primary_key=True)
    incident = models.ForeignKey(Incident, models.PROTECT, related_name="calls")
    kind = models.CharField(max_length=10, choices=CallKind)
    order_type = models.CharField(max_length=72)  # "category/subtype" when it was opened
    urgency = models.CharField(max_length=2, blank=True)
    state = models.CharField(max_length=12, choices=CallState, default=CallState.SCREENED)
    needed_skills = models.JSONField(default=list)
    radius_m = models.PositiveIntegerField(null=True)  # street metres of the phase that is open
    phase = models.PositiveSmallIntegerField(default=0)
    opened_at = models.DateTimeField()
    next_phase_at = models.DateTimeField(null=True)  # silence until then opens the next phase
    expires_at = models.DateTimeField(null=True)  # volunteers: hard end; police: to sign until
    accepted_at = models.DateTimeField(null=True)
    # Shown to the resident; moves later, never earlier, also when somebody else takes over.
    promised_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="calls")  # police only
    winner = models.ForeignKey("Offer", models.SET_NULL, null=True, related_name="won")
    # What the brain proposed at that moment: phases, picks with reasons, who was left out.
    ranking = models.JSONField(default=dict)
    imported = models.BooleanField(default=False)  # history; never alerts anybody
    # The post that screened a matter off the list and let helpers be asked all the same [人工筛查].
    screened_by = models.BigIntegerField(null=True)
    # Why whoever is on the spot was told to keep back [撤至安全处]; empty: they may go on.
    keep_back = models.CharField(max_length=24, blank=True, default="", db_default="")

    plain: ClassVar[frozenset[str]] = frozenset(
        {"order_type", "urgency", "needed_skills", "ranking", "keep_back"}
    )

    class Meta:
        constraints: ClassVar = [
            # A second tap on "send" must not ask everybody, or order a unit, a second time.
            models.UniqueConstraint(
                fields=["incident"],
                condition=Q(kind="volunteer", state__in=[s.value for s in CALL_UNDER_WAY]),
                name="one_volunteer_call_open",
            ),
            models.UniqueConstraint(
                fields=["incident", "unit"],
                condition=Q(kind="police", state__in=[s.value for s in CALL_OPEN]),
                name="unit_ordered_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["incident", "id"], name="call_of_incident"),
            # The job looks every five seconds; only calls that wait for an answer are in it.
            models.Index(fields=["expires_at"], name="call_waiting", condition=Q(state="offered")),
            # Whole and not partial: SQLite takes no partial index for a state that is a parameter.
            models.Index(fields=["state"], name="call_by_state"),
        ]


class Offer(models.Model):
    """An order put to one responder."""

    id = models.BigAutoField(primary_key=True)
    call = models.ForeignKey(Call, models.CASCADE, related_name="offers")
    volunteer = models.ForeignKey(Volunteer, models.PROTECT, null=True, related_name="offers")
    sentinel = models.ForeignKey(Sentinel, models.PROTECT, null=True, related_name="offers")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="offers")
    rank = models.PositiveSmallIntegerField(default=1)
    phase = models.PositiveSmallIntegerField(default=1)
    expected_seconds = models.FloatField(null=True)  # turnout and way, after a yes
    street_metres = models.FloatField(null=True)
    reasons = models.JSONField(default=list)  # [{code, params}] of the brain
    state = models.CharField(max_length=12, choices=OfferState, default=OfferState.OFFERED)
    offered_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    set_out_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    plain: ClassVar[frozenset[str]] = frozenset({"reasons"})

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(
                    Q(volunteer__isnull=False, sentinel__isnull=True, unit__isnull=True)
                    | Q(volunteer__isnull=True, sentinel__isnull=False, unit__isnull=True)
                    | Q(volunteer__isnull=True, sentinel__isnull=True, unit__isnull=False)
                ),
                name="offer_to_one",
            ),
            models.UniqueConstraint(fields=["call", "volunteer"], name="asked_once"),
            models.UniqueConstraint(fields=["call", "sentinel"], name="sentinel_asked_once"),
            # Nobody can be on two ways at once, however fast they tap.
            models.UniqueConstraint(
                fields=["volunteer"],
                condition=Q(state__in=[s.value for s in OFFER_BUSY]),
                name="volunteer_on_one_order",
            ),
            models.UniqueConstraint(
                fields=["sentinel"],
                condition=Q(state__in=[s.value for s in OFFER_BUSY]),
                name="sentinel_on_one_order",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["volunteer", "offered_at"], name="offer_of_volunteer"),
            models.Index(fields=["unit", "state"], name="offer_of_unit"),
            models.Index(fields=["offered_at"], name="offer_at"),
            # What is open, among the offers of years: every five seconds, and for each ranking.
            models.Index(fields=["state"], name="offer_by_state"),
        ]


class Position(models.Model):
    """Where a responder is on the way; one row an order, deleted when the way ends."""

    offer = models.OneToOneField(Offer, models.CASCADE, primary_key=True, related_name="position")
    lon = models.FloatField(null=True)  # degrees, CGCS2000
    lat = models.FloatField(null=True)
    at = models.DateTimeField()

    personal: ClassVar[dict[str, Personal]] = {"lon": ON_THE_WAY, "lat": ON_THE_WAY}


class PreHandling(models.Model):
    """What a helper saw and did before the police came [前期处置]; not a decision."""

    offer = models.OneToOneField(
        Offer, models.CASCADE, primary_key=True, related_name="pre_handling"
    )
    did = models.JSONField(default=list)  # codes of states.Did
    injuries = models.CharField(max_length=8, choices=Injuries)
    wishes = models.CharField(max_length=600, blank=True)
    evidence = models.CharField(max_length=600, blank=True)  # what was seen, where it lies
    handed_to = models.ForeignKey(Unit, models.SET_NULL, null=True, related_name="+")
    handed_at = models.DateTimeField()
    taken_by = models.ForeignKey(Post, models.SET_NULL, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)

    kept_from: ClassVar[str] = "offer__call__incident__closed_at"
    personal: ClassVar[dict[str, Personal]] = {"wishes": WORDS, "evidence": WORDS}
    plain: ClassVar[frozenset[str]] = frozenset({"did"})

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["handed_at"], name="hand_over_waits", condition=Q(taken_at=None))
        ]


class FirstArrival(models.Model):
    """Who was first on the spot; one row an incident, however close two taps are."""

    incident = models.OneToOneField(
        Incident, models.CASCADE, primary_key=True, related_name="first_arrival"
    )
    offer = models.ForeignKey(Offer, models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(max_length=10)  # volunteer | sentinel | police
    seconds = models.FloatField()  # since the report
    at = models.DateTimeField()

    plain: ClassVar[frozenset[str]] = frozenset({"kind"})


class SentinelAlarm(models.Model):
    """A sentinel's one tap [一键告警], with the clocks of the half-minute circle."""

    id = models.BigAutoField(primary_key=True)
    key = models.CharField(max_length=64, unique=True)  # a repeat finds the same alarm
    sentinel = models.ForeignKey(Sentinel, models.PROTECT, related_name="alarms")
    team = models.ForeignKey(SentinelTeam, models.PROTECT, related_name="alarms")
    incident = models.ForeignKey(Incident, models.PROTECT, related_name="alarms")
    call = models.OneToOneField(Call, models.SET_NULL, null=True, related_name="alarm")
    kind = models.CharField(max_length=10, choices=AlarmKind)
    status = models.CharField(max_length=12, choices=AlarmStatus)
    words = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=12, choices=AlarmState, default=AlarmState.RAISED)
    raised_at = models.DateTimeField()
    acked_at = models.DateTimeField(null=True)
    on_scene_at = models.DateTimeField(null=True)
    police_linked_at = models.DateTimeField(null=True)
    stable_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    kept_from: ClassVar[str] = "closed_at"
    personal: ClassVar[dict[str, Personal]] = {"words": WORDS}
    plain: ClassVar[frozenset[str]] = frozenset({"key"})

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["team", "raised_at"], name="alarm_of_team"),
            models.Index(
                fields=["raised_at"],
                name="alarm_unanswered",
                condition=Q(state="raised", police_linked_at=None),
            ),
            models.Index(fields=["state"], name="alarm_by_state"),
        ]


class DispatchChange(models.Model):
    """One step of a call, an offer or an alarm: the history, and the source of figures."""

    id = models.BigAutoField(primary_key=True)
    call = models.ForeignKey(Call, models.CASCADE, null=True, related_name="changes")
    offer = models.ForeignKey(Offer, models.CASCADE, null=True, related_name="changes")
    alarm = models.ForeignKey(SentinelAlarm, models.CASCADE, null=True, related_name="changes")
    from_state = models.CharField(max_length=12, blank=True)
    verb = models.CharField(max_length=12)
    to_state = models.CharField(max_length=12)
    reason = models.CharField(max_length=200, blank=True)
    actor_kind = models.CharField(max_length=12)
    actor_role = models.CharField(max_length=48)
    actor_post = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    kept_from: ClassVar[str] = "at"
    personal: ClassVar[dict[str, Personal]] = {"reason": WORDS}
    plain: ClassVar[frozenset[str]] = frozenset(
        {"from_state", "verb", "to_state", "actor_kind", "actor_role"}
    )

    class Meta:
        indexes: ClassVar = [models.Index(fields=["at"], name="dispatch_change_at")]
