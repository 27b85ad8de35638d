"""Rows of the indicators room: narrow roll-ups, and what was counted for each matter."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class HourlyCount(models.Model):
    """How many, by one property, in one hour (the hour in which the matters were reported)."""

    id = models.BigAutoField(primary_key=True)
    metric = models.CharField(max_length=32)
    hour = models.DateTimeField()  # start, UTC
    key = models.CharField(max_length=48, blank=True)
    n = models.PositiveIntegerField()

    plain: ClassVar[frozenset[str]] = frozenset({"metric", "key"})

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["metric", "hour", "key"], name="counted_hour_once")
        ]


class Span(models.Model):
    """How long one thing took: single values, because a percentile of percentiles is wrong."""

    id = models.BigAutoField(primary_key=True)
    metric = models.CharField(max_length=32)
    at = models.DateTimeField()  # when the matter was reported, or the alarm raised
    key = models.CharField(max_length=48, blank=True)
    seconds = models.FloatField(null=True)  # an alarm that nobody has reached: none
    source = models.BigIntegerField()  # id of the incident or alarm

    plain: ClassVar[frozenset[str]] = frozenset({"metric", "key"})

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["metric", "source"], name="span_once")
        ]
        indexes: ClassVar = [models.Index(fields=["metric", "at"], name="span_by_time")]


class Counted(models.Model):
    """What stands in the counts for one incident, so that a repeat or a correction is exact."""

    incident = models.OneToOneField(
        "incidents.Incident", models.CASCADE, primary_key=True, related_name="+"
    )
    hour = models.DateTimeField()
    marks = models.JSONField()  # ["metric|key", …]; empty while merged or not valid

    plain: ClassVar[frozenset[str]] = frozenset({"marks"})

    class Meta:
        indexes: ClassVar = [models.Index(fields=["hour"], name="counted_by_hour")]
