"""Rows of the orders room."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from maplebridge.kernel.personal import Keep, Kind, Personal
from maplebridge.orders.states import OPEN, Part, State, Verb

WORDS = Personal(Kind.WORDS, Keep.YEARS_3)


class Order(models.Model):
    """What one agency owes on one incident."""

    incident = models.ForeignKey(
        "incidents.Incident", on_delete=models.CASCADE, related_name="orders"
    )
    agency_code = models.CharField(max_length=24)
    part = models.CharField(max_length=8, choices=Part)
    mandatory = models.BooleanField(default=True)
    state = models.CharField(max_length=12, choices=State, default=State.ISSUED)
    issued_at = models.DateTimeField()
    accept_by = models.DateTimeField()
    due_at = models.DateTimeField()  # may move earlier when the matter turns urgent
    promised_at = models.DateTimeField()  # what the resident was told; never moves earlier
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)
    return_reason = models.CharField(max_length=200, blank=True)
    names_agency = models.CharField(max_length=24, blank=True)  # whom the returning agency names
    returns = models.PositiveSmallIntegerField(default=0)
    urged = models.PositiveSmallIntegerField(default=0)

    kept_from: ClassVar[str] = "incident__closed_at"
    personal: ClassVar[dict[str, Personal]] = {"answer": WORDS, "return_reason": WORDS}
    plain: ClassVar[frozenset[str]] = frozenset({"agency_code", "names_agency"})

    class Meta:
        constraints: ClassVar = [
            # A repeated triage event must not issue a second order to the same agency.
            models.UniqueConstraint(
                fields=["incident", "agency_code"],
                condition=Q(state__in=[s.value for s in OPEN]),
                name="one_open_order_an_agency",
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["agency_code", "due_at"],
                name="order_open",
                condition=Q(state__in=[s.value for s in OPEN]),
            ),
            # The clocks of the whole city. Not partial: SQLite takes no partial index for a
            # state that is a parameter, and would read every order there ever was.
            models.Index(fields=["state", "due_at"], name="order_by_state"),
        ]


class OrderChange(models.Model):
    """One step of one order; history and source of figures."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="changes")
    from_state = models.CharField(max_length=12, choices=State, blank=True)
    verb = models.CharField(max_length=12, choices=Verb)
    to_state = models.CharField(max_length=12, choices=State)
    agency_code = models.CharField(max_length=24)
    reason = models.CharField(max_length=200, blank=True)
    actor_kind = models.CharField(max_length=12)
    actor_role = models.CharField(max_length=48)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    kept_from: ClassVar[str] = "order__incident__closed_at"
    personal: ClassVar[dict[str, Personal]] = {"reason": WORDS}
    plain: ClassVar[frozenset[str]] = frozenset({"agency_code", "actor_kind", "actor_role"})
