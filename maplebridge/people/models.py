"""Rows of the people room. No ethnicity, origin, party or religion: there is no field for it."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from maplebridge.kernel.personal import Keep, Kind, Personal
from maplebridge.people.roles import Role
from maplebridge.places.models import GridCell, Named, Station
from maplebridge.places.records import in_language


class AgencyKind(models.TextChoices):
    POLICE = "police", _("Police")
    DEPARTMENT = "department", _("Department")
    UTILITY = "utility", _("Utility")
    COMMUNITY = "community", _("Community")
    STATION = "station", _("Station")


class Agency(Named):
    """A body with powers of its own [部门]."""

    code = models.CharField(max_length=24, unique=True)
    kind = models.CharField(max_length=12, choices=AgencyKind.choices)
    parent = models.ForeignKey("self", models.SET_NULL, null=True, related_name="parts")

    plain: ClassVar[frozenset[str]] = frozenset({"code", "name", "name_en"})


class CompetenceRule(models.Model):
    """Who leads and who helps for a kind of matter [事权清单]; dated, because law changes."""

    id = models.BigAutoField(primary_key=True)
    category = models.CharField(max_length=32)
    subtype = models.CharField(max_length=48, blank=True)  # "" is the whole category
    lead = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    co = models.JSONField(default=list)  # codes of agencies with a duty of their own
    police_label = models.CharField(max_length=12, blank=True)  # police | mixed | non_police
    volunteer_ok = models.BooleanField(default=False)  # may be offered to volunteers at all
    basis = models.CharField(max_length=240, blank=True)
    basis_en = models.CharField(max_length=320, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)  # first day on which it no longer holds

    plain: ClassVar[frozenset[str]] = frozenset(
        {"category", "subtype", "co", "police_label", "basis", "basis_en"}
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["category", "subtype"], condition=Q(valid_to=None), name="one_rule_in_force"
            )
        ]


class Unit(Named):
    """What can be sent [力量]: a patrol, traffic police, a micro fire station, an ambulance."""

    code = models.CharField(max_length=24, unique=True)
    kind = models.CharField(max_length=16)  # patrol | traffic | micro_fire | ambulance
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="units")
    station = models.ForeignKey(Station, models.SET_NULL, null=True, related_name="units")
    lon = models.FloatField()  # where it stands when idle
    lat = models.FloatField()
    mode = models.CharField(max_length=8)  # foot | ebike | car
    skills = models.JSONField(default=list)
    shifts = models.JSONField(default=list)  # day | evening | night
    external = models.BooleanField(default=False)  # alerted through its own body
    active = models.BooleanField(default=True)

    plain: ClassVar[frozenset[str]] = frozenset(
        {"code", "name", "name_en", "kind", "mode", "skills", "shifts"}
    )


class AccountManager(BaseUserManager["Account"]):
    def create_user(self, username: str, password: str | None = None, **extra: object) -> Account:
        account = self.model(username=username, **extra)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """Somebody who can sign in. It carries no right: those hang on the posts."""

    id = models.BigAutoField(primary_key=True)
    # NULL once the person has left and the shredder has been here: such an account cannot sign in.
    username = models.CharField(max_length=60, unique=True, null=True)
    display_name = models.CharField(max_length=60, blank=True)
    display_name_en = models.CharField(max_length=80, blank=True)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)  # production refuses to start with one
    locale = models.CharField(max_length=10, blank=True)

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    personal: ClassVar[dict[str, Personal]] = {
        "username": Personal(Kind.NAME, Keep.MEMBERSHIP, empty=None),
        "display_name": Personal(Kind.NAME, Keep.MEMBERSHIP),
        "display_name_en": Personal(Kind.NAME, Keep.MEMBERSHIP),
    }
    plain: ClassVar[frozenset[str]] = frozenset({"password", "locale"})

    @property
    def title(self) -> str:
        return in_language(self.display_name, self.display_name_en)


class Post(models.Model):
    """A role at a place for an account [岗位]; rights hang here."""

    id = models.BigAutoField(primary_key=True)
    code = models.CharField(max_length=40, unique=True)
    role = models.CharField(max_length=24, choices=Role.choices)
    account = models.ForeignKey(Account, models.CASCADE, related_name="posts")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="posts")
    station = models.ForeignKey(Station, models.SET_NULL, null=True, related_name="posts")
    cell = models.ForeignKey(GridCell, models.SET_NULL, null=True, related_name="posts")
    unit = models.ForeignKey(Unit, models.SET_NULL, null=True, related_name="crew")
    # Plain ids: volunteers and sentinels live further downstream, keys may not point there.
    volunteer_ref = models.BigIntegerField(null=True)
    sentinel_ref = models.BigIntegerField(null=True)
    active = models.BooleanField(default=True)

    plain: ClassVar[frozenset[str]] = frozenset({"code"})

    class Meta:
        indexes: ClassVar = [models.Index(fields=["role", "active"], name="post_by_role")]


class Shift(models.TextChoices):
    DAY = "day", _("Day, 08–16")
    EVENING = "evening", _("Evening, 16–24")
    NIGHT = "night", _("Night, 00–08")


class WeeklyDuty(models.Model):
    """The plan: this post holds this shift on this weekday (Monday is 0)."""

    id = models.BigAutoField(primary_key=True)
    station = models.ForeignKey(Station, models.CASCADE, related_name="weekly_duties")
    weekday = models.PositiveSmallIntegerField()
    shift = models.CharField(max_length=8, choices=Shift.choices)
    post = models.ForeignKey(Post, models.CASCADE, related_name="weekly_duties")
    role = models.CharField(max_length=24, choices=Role.choices)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["station", "weekday", "shift", "post"], name="weekly_duty_once"
            )
        ]


class DutyDay(models.Model):
    """The duty roster [勤务] of a station for one shift of one day."""

    id = models.BigAutoField(primary_key=True)
    station = models.ForeignKey(Station, models.CASCADE, related_name="duty_days")
    day = models.DateField()
    shift = models.CharField(max_length=8, choices=Shift.choices)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["station", "day", "shift"], name="duty_day_once")
        ]


class DutyPost(models.Model):
    """A post on the roster; `present` false means planned but not there."""

    id = models.BigAutoField(primary_key=True)
    duty = models.ForeignKey(DutyDay, models.CASCADE, related_name="duty_posts")
    role = models.CharField(max_length=24, choices=Role.choices)
    post = models.ForeignKey(Post, models.CASCADE, related_name="duty_posts")
    present = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["duty", "post"], name="duty_post_once")
        ]
