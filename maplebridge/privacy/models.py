"""Rows of the privacy room: finding aids for the auditor, traces of looking, proofs."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from django.db import models

from maplebridge.incidents.models import Incident
from maplebridge.kernel.personal import Keep, RowsKept

STANDS_STILL = timedelta(minutes=10)  # without a step a proof counts as given up


class MatterEntry(models.Model):
    """Which entries of the journal speak of which matter: ids only, made from the journal.

    Plain ids: a key would be checked when a batch of entries commits, and one matter that is gone
    would hold up every entry behind it.
    """

    id = models.BigAutoField(primary_key=True)
    matter = models.BigIntegerField()  # id of an incident
    entry = models.BigIntegerField()  # id of a journal entry

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["matter", "entry"], name="entry_of_a_matter_once")
        ]


class MatterOpening(models.Model):
    """A post opened a matter's page and so its narrative; once an hour, never the minute."""

    id = models.BigAutoField(primary_key=True)
    incident = models.ForeignKey(Incident, models.CASCADE, related_name="+")
    post = models.BigIntegerField()  # an id only, as in the journal
    role = models.CharField(max_length=48)
    hour = models.DateTimeField()  # its beginning

    plain: ClassVar[frozenset[str]] = frozenset({"role"})
    rows_kept: ClassVar[RowsKept] = RowsKept(Keep.YEARS_3, since="hour")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["incident", "post", "hour"], name="opened_once_an_hour")
        ]
        indexes: ClassVar = [models.Index(fields=["hour"], name="opening_hour")]


class JournalProof(models.Model):
    """One walk over all seals [核验], step by step in the background, and what it found."""

    id = models.BigAutoField(primary_key=True)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=48)  # a role
    running = models.BooleanField(null=True, default=True, unique=True)  # NULL when it has ended
    last_seal = models.BigIntegerField()  # the newest seal when it began: how far there is to go
    at_seal = models.BigIntegerField(default=0)  # proved up to here
    chain = models.CharField(max_length=64, blank=True)
    entries = models.BigIntegerField(default=0)  # proved so far
    moved_at = models.DateTimeField()  # the last step; one that stands still may be begun anew
    ended_at = models.DateTimeField(null=True)
    whole = models.BooleanField(null=True)
    # altered | missing | inserted | moved | seal | removed | stopped
    why = models.CharField(max_length=12, blank=True)
    broken_seal = models.BigIntegerField(null=True)  # with "removed": the last that is there
    broken_entry = models.BigIntegerField(null=True)

    plain: ClassVar[frozenset[str]] = frozenset({"asked_by", "chain", "why"})
    rows_kept: ClassVar[RowsKept] = RowsKept(Keep.YEARS_3, since="asked_at")
