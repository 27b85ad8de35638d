"""Rows of the inspections room. A hazard is at a place or a thing; no column names who is there."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from maplebridge.inspections.states import OPEN, Level, State, Verb, Verdict
from maplebridge.kernel.personal import Keep, Kind, Personal

WORDS = Personal(Kind.WORDS, Keep.YEARS_3)


class Visit(models.Model):
    """One combined visit [综合查一次] to one place; never changed once it is stored."""

    key = models.CharField(max_length=120, unique=True)
    code = models.CharField(max_length=9, unique=True)  # on the receipt
    premises = models.ForeignKey("places.Premises", models.PROTECT, related_name="visits")
    # As they were that day: a new grid must not move an old visit.
    cell = models.ForeignKey("places.GridCell", models.SET_NULL, null=True, related_name="+")
    station = models.ForeignKey("places.Station", models.PROTECT, null=True, related_name="+")
    visited_at = models.DateTimeField()  # by the device's clock
    stored_at = models.DateTimeField()
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    actor_role = models.CharField(max_length=48)

    plain: ClassVar[frozenset[str]] = frozenset({"key", "code", "actor_role"})

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["premises", "-visited_at"], name="visit_of_premises"),
            models.Index(fields=["account", "-visited_at"], name="visit_of_account"),
        ]


class Finding(models.Model):
    """What one point of a visit came to."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="findings")
    point = models.CharField(max_length=40)  # code of checklists.POINTS
    verdict = models.CharField(max_length=8, choices=Verdict)

    plain: ClassVar[frozenset[str]] = frozenset({"point"})

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["visit", "point"], name="point_once_a_visit")
        ]


class Hazard(models.Model):
    """A danger at a place [风险隐患], from the finding to the clearing."""

    code = models.CharField(max_length=9, unique=True)
    visit = models.ForeignKey(Visit, models.CASCADE, related_name="hazards")
    premises = models.ForeignKey("places.Premises", models.PROTECT, related_name="hazards")
    cell = models.ForeignKey("places.GridCell", models.SET_NULL, null=True, related_name="+")
    station = models.ForeignKey("places.Station", models.PROTECT, null=True, related_name="+")
    point = models.CharField(max_length=40)
    words = models.TextField()
    level = models.CharField(max_length=8, choices=Level)
    state = models.CharField(max_length=12, choices=State, default=State.FOUND)
    agency_code = models.CharField(max_length=24)  # whose point it is
    handed = models.BooleanField(default=False)  # the department was told
    incident = models.ForeignKey(
        "incidents.Incident", models.SET_NULL, null=True, related_name="hazards"
    )
    found_at = models.DateTimeField()
    mend_by = models.DateField(null=True)  # what the place was told
    due_at = models.DateTimeField(null=True)  # by when the next step is owed
    cleared_at = models.DateTimeField(null=True)  # or held to be none
    urged = models.PositiveSmallIntegerField(default=0)

    kept_from: ClassVar[str] = "cleared_at"
    personal: ClassVar[dict[str, Personal]] = {"words": WORDS}
    plain: ClassVar[frozenset[str]] = frozenset({"code", "point", "agency_code"})

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["visit", "point"], name="hazard_once_a_point")
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["due_at"],
                name="hazard_open",
                condition=Q(state__in=[s.value for s in OPEN]),
            ),
            models.Index(fields=["station", "state", "due_at"], name="hazard_of_station"),
            models.Index(fields=["agency_code", "state", "due_at"], name="hazard_of_agency"),
        ]


class HazardChange(models.Model):
    """One step of one hazard; history and source of figures."""

    hazard = models.ForeignKey(Hazard, models.CASCADE, related_name="changes")
    from_state = models.CharField(max_length=12, choices=State, blank=True)
    verb = models.CharField(max_length=12, choices=Verb)
    to_state = models.CharField(max_length=12, choices=State)
    mend_by = models.DateField(null=True)
    reason = models.CharField(max_length=200, blank=True)
    actor_kind = models.CharField(max_length=12)
    actor_role = models.CharField(max_length=48)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    kept_from: ClassVar[str] = "hazard__cleared_at"
    personal: ClassVar[dict[str, Personal]] = {"reason": WORDS}
    plain: ClassVar[frozenset[str]] = frozenset({"actor_kind", "actor_role"})
