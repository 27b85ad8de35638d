"""Rows of the teams room. No origin, party, religion or score of a person: there is no field."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from maplebridge.kernel.personal import Keep, Kind, Personal
from maplebridge.places.models import Named, Premises, Station
from maplebridge.teams.states import AvailabilityState, CorrectionState, PointReason, ShiftCode

ALIAS = Personal(Kind.NAME, Keep.MEMBERSHIP)
BASE = Personal(Kind.POSITION, Keep.MEMBERSHIP, empty=None)


class VolunteerTeam(Named):
    """One of many teams [志愿队]; each has a home station and one captain."""

    code = models.CharField(max_length=24, unique=True)
    kind = models.CharField(max_length=24)
    station = models.ForeignKey(Station, models.SET_NULL, null=True, related_name="teams")
    captain = models.ForeignKey("Volunteer", models.SET_NULL, null=True, related_name="+")
    insured = models.BooleanField(default=True)
    active = models.BooleanField(default=True)

    plain: ClassVar[frozenset[str]] = frozenset({"code", "name", "name_en", "kind"})


class Volunteer(models.Model):
    """An unpaid helper [志愿者] under an alias; the base is a declared usual place."""

    id = models.BigAutoField(primary_key=True)
    code = models.CharField(max_length=24, unique=True)
    display_name = models.CharField(max_length=40, blank=True)
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="volunteer"
    )
    base_lon = models.FloatField(null=True)  # degrees, CGCS2000
    base_lat = models.FloatField(null=True)
    ebike = models.BooleanField(default=False)
    minor = models.BooleanField(default=False)  # never asked; kept so that the rule can be checked
    active = models.BooleanField(default=True)

    personal: ClassVar[dict[str, Personal]] = {
        "display_name": ALIAS,
        "base_lon": BASE,
        "base_lat": BASE,
    }
    plain: ClassVar[frozenset[str]] = frozenset({"code"})


class Membership(models.Model):
    """A volunteer in a team; a person may be in two and still counts once."""

    id = models.BigAutoField(primary_key=True)
    team = models.ForeignKey(VolunteerTeam, models.CASCADE, related_name="memberships")
    volunteer = models.ForeignKey(Volunteer, models.CASCADE, related_name="memberships")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["team", "volunteer"], name="membership_once")
        ]


class VolunteerSkill(models.Model):
    """A certified skill; it ends in the minute its certificate ends."""

    id = models.BigAutoField(primary_key=True)
    volunteer = models.ForeignKey(Volunteer, models.CASCADE, related_name="skills")
    skill = models.CharField(max_length=24)
    valid_until = models.DateTimeField()

    plain: ClassVar[frozenset[str]] = frozenset({"skill"})

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["volunteer", "skill"], name="skill_once")
        ]


class AvailabilityWindow(models.Model):
    """Weekly hours in which a volunteer says yes to being asked; Monday is 0, minutes local."""

    id = models.BigAutoField(primary_key=True)
    volunteer = models.ForeignKey(Volunteer, models.CASCADE, related_name="windows")
    weekday = models.PositiveSmallIntegerField()
    from_minute = models.PositiveSmallIntegerField()
    to_minute = models.PositiveSmallIntegerField()  # at most 1440, not included

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(weekday__lte=6, to_minute__lte=1440, to_minute__gt=F("from_minute")),
                name="window_in_a_day",
            )
        ]
        # The dispatch decision asks for one weekday of everybody; the volunteer is in the index.
        indexes: ClassVar = [
            models.Index(fields=["weekday", "volunteer"], name="window_by_weekday")
        ]


class AvailabilityNow(models.Model):
    """The switch on the phone: said by hand, goes before the weekly hours until `until`."""

    volunteer = models.OneToOneField(
        Volunteer, models.CASCADE, primary_key=True, related_name="said"
    )
    state = models.CharField(max_length=10, choices=AvailabilityState)
    until = models.DateTimeField(null=True)  # None: until it is said otherwise
    at = models.DateTimeField()


class SentinelTeam(Named):
    """Police–enterprise patrol team [警企巡防队] of one premises, linked to a station."""

    code = models.CharField(max_length=24, unique=True)
    premises = models.ForeignKey(Premises, models.PROTECT, related_name="sentinel_teams")
    station = models.ForeignKey(Station, models.SET_NULL, null=True, related_name="sentinel_teams")
    post_lon = models.FloatField()  # the team's post, degrees CGCS2000
    post_lat = models.FloatField()
    active = models.BooleanField(default=True)

    plain: ClassVar[frozenset[str]] = frozenset({"code", "name", "name_en"})


class Sentinel(models.Model):
    """A firm's guard trained as sentinel [岗哨员]; without valid training there is no role."""

    id = models.BigAutoField(primary_key=True)
    code = models.CharField(max_length=24, unique=True)
    display_name = models.CharField(max_length=40, blank=True)
    team = models.ForeignKey(SentinelTeam, models.PROTECT, related_name="sentinels")
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="sentinel"
    )
    training_valid_until = models.DateTimeField()
    licence = models.BooleanField(default=False)
    leader = models.BooleanField(default=False)
    active = models.BooleanField(default=True)

    personal: ClassVar[dict[str, Personal]] = {"display_name": ALIAS}
    plain: ClassVar[frozenset[str]] = frozenset({"code"})


class SentinelShift(models.Model):
    """The hours a sentinel stands, every day; a shift past midnight is two rows."""

    id = models.BigAutoField(primary_key=True)
    sentinel = models.ForeignKey(Sentinel, models.CASCADE, related_name="shifts")
    shift = models.CharField(max_length=8, choices=ShiftCode)
    from_minute = models.PositiveSmallIntegerField()
    to_minute = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sentinel", "shift"], name="sentinel_shift_once")
        ]


class PointsAccount(models.Model):
    """One side of the ledger: a volunteer, or the programme that gives (code "programme")."""

    id = models.BigAutoField(primary_key=True)
    code = models.CharField(max_length=32, unique=True)
    volunteer = models.OneToOneField(
        Volunteer, models.CASCADE, null=True, related_name="points_account"
    )
    # Moved on by every transfer: the row is what makes two awards to one person wait in line.
    transfers = models.PositiveIntegerField(default=0)

    plain: ClassVar[frozenset[str]] = frozenset({"code"})


class PointsTransfer(models.Model):
    """An entry: takes from one account what it gives to another, so the ledger sums to zero."""

    id = models.BigAutoField(primary_key=True)
    debit = models.ForeignKey(PointsAccount, models.PROTECT, related_name="given")
    credit = models.ForeignKey(PointsAccount, models.PROTECT, related_name="received")
    points = models.PositiveIntegerField()
    reason = models.CharField(max_length=12, choices=PointReason)
    source = models.CharField(max_length=80)  # what it is for, "offer:12"; never twice
    note = models.CharField(max_length=200, blank=True)  # why it was corrected
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversed_by")
    actor_role = models.CharField(max_length=48)
    actor_post = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    personal: ClassVar[dict[str, Personal]] = {"note": Personal(Kind.WORDS, Keep.MEMBERSHIP)}
    plain: ClassVar[frozenset[str]] = frozenset({"source", "actor_role"})

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reason", "source"], name="points_once_per_source"),
            models.CheckConstraint(condition=Q(points__gt=0), name="points_positive"),
            models.CheckConstraint(condition=~Q(debit=F("credit")), name="points_two_accounts"),
            models.CheckConstraint(
                condition=Q(reverses=None) | ~Q(note=""), name="correction_has_a_reason"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["credit", "reason", "at"], name="points_of_account")
        ]


class PointsCorrection(models.Model):
    """An entry somebody holds to be wrong; a second person decides."""

    id = models.BigAutoField(primary_key=True)
    transfer = models.ForeignKey(PointsTransfer, models.PROTECT, related_name="corrections")
    note = models.CharField(max_length=200)  # why it is wrong
    state = models.CharField(
        max_length=10, choices=CorrectionState, default=CorrectionState.PROPOSED
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    personal: ClassVar[dict[str, Personal]] = {"note": Personal(Kind.WORDS, Keep.MEMBERSHIP)}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["transfer"], condition=Q(state="proposed"), name="one_open_correction"
            )
        ]


class PointsConsent(models.Model):
    """A separate yes to passing points on to the new-residents app; from then on, not before."""

    id = models.BigAutoField(primary_key=True)
    volunteer = models.ForeignKey(Volunteer, models.CASCADE, related_name="consents")
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["volunteer"], condition=Q(withdrawn_at=None), name="one_open_consent"
            )
        ]


class PointsExport(models.Model):
    """An entry that was passed on; at most once, so the other side can be reconciled."""

    transfer = models.OneToOneField(
        PointsTransfer, models.PROTECT, primary_key=True, related_name="export"
    )
    at = models.DateTimeField()
