"""The one row of the living city: its pace, and which worker keeps it alive."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from maplebridge.twin.states import USUAL, Asked


class LivingCity(models.Model):
    """One row, number 1. Nobody's data: how fast invented people act, and how much they did."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seed = models.IntegerField(null=True)  # of the generated city; null: nothing is filled
    days = models.PositiveSmallIntegerField(default=90)  # of past, when it was filled
    pace = models.PositiveSmallIntegerField(default=USUAL)  # states.PACES
    paused = models.BooleanField(default=False)
    paces = models.JSONField(default=list)  # living.paces: [[true second, factor], …]
    # The lease: two workers must not play the same people.
    holder = models.CharField(max_length=40, blank=True)
    held_until = models.DateTimeField(null=True)
    behind = models.PositiveIntegerField(default=0)  # acts that were due and did not fit
    asked = models.CharField(max_length=8, choices=Asked, blank=True, default="")
    asked_at = models.DateTimeField(null=True)
    matters = models.PositiveIntegerField(default=0)  # told since it began
    acts = models.PositiveIntegerField(default=0)  # everything that was done
    refused = models.JSONField(default=dict)  # {code of the refusal: how often}

    plain: ClassVar[frozenset[str]] = frozenset({"paces", "holder", "asked", "refused"})

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(id=1), name="one_living_city")
        ]
