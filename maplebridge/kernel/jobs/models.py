"""The job table."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Job(models.Model):
    """One piece of work; done jobs are kept a week and then swept."""

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=80)
    payload = models.JSONField(default=dict)
    key = models.CharField(max_length=120, null=True, unique=True)  # null: not deduplicated
    run_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    plain: ClassVar[frozenset[str]] = frozenset({"name", "payload", "key", "error"})

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["run_at"],
                name="job_due",
                condition=models.Q(done_at__isnull=True, failed_at__isnull=True),
            ),
            # The sweep and the doctor look for few rows among a week of done ones.
            models.Index(
                fields=["done_at"],
                name="job_done",
                condition=models.Q(done_at__isnull=False),
            ),
            models.Index(
                fields=["failed_at"],
                name="job_failed",
                condition=models.Q(failed_at__isnull=False),
            ),
        ]
