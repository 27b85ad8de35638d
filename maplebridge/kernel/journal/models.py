"""Rows of the journal."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from maplebridge.kernel.capabilities import CurrentTransaction


class JournalEntry(models.Model):
    """One thing that happened. Append-only; nothing here is ever updated or deleted."""

    id = models.BigAutoField(primary_key=True)
    xact = models.BigIntegerField(db_default=CurrentTransaction(), editable=False)
    at = models.DateTimeField()
    kind = models.CharField(max_length=64)
    version = models.PositiveSmallIntegerField()
    actor_kind = models.CharField(max_length=12)
    actor_role = models.CharField(max_length=48)
    actor_post = models.BigIntegerField(null=True)  # an id only: the row it names can be emptied
    actor_account = models.BigIntegerField(null=True)
    channel = models.CharField(max_length=12)
    topics = models.JSONField()
    data = models.JSONField()

    plain: ClassVar[frozenset[str]] = frozenset(
        {"kind", "actor_kind", "actor_role", "channel", "topics", "data"}
    )

    class Meta:
        # Readers walk (xact, id); a plain id cursor was measured to miss committed rows.
        indexes: ClassVar = [
            models.Index(fields=["xact", "id"], name="journal_order"),
            # The auditor reads backwards, by day and by kind, in a journal of millions.
            models.Index(fields=["at", "id"], name="journal_time"),
            models.Index(fields=["kind", "at", "id"], name="journal_kind"),
        ]


class JournalSeal(models.Model):
    """A proved batch: the leaf of every entry, their Merkle root, chained to the seal before."""

    id = models.BigAutoField(primary_key=True)
    suite = models.CharField(max_length=2)
    count = models.PositiveIntegerField()
    leaves = models.BinaryField()  # count × (entry id, 8 bytes big-endian + digest, 32 bytes)
    root = models.CharField(max_length=64)
    chain = models.CharField(max_length=64)  # digest of the chain before and this root
    last_xact = models.BigIntegerField()
    last_id = models.BigIntegerField()
    sealed_at = models.DateTimeField()

    plain: ClassVar[frozenset[str]] = frozenset({"suite", "root", "chain"})

    class Meta:
        # Years of values kept elsewhere are looked for among millions of seals.
        indexes: ClassVar = [models.Index(fields=["chain"], name="seal_chain")]


class SubscriberCursor(models.Model):
    """How far a subscriber has read; it moves in the transaction of what it caused."""

    name = models.CharField(max_length=80, primary_key=True)
    xact = models.BigIntegerField(default=0)
    entry = models.BigIntegerField(default=0)
    failures = models.PositiveIntegerField(default=0)  # in a row, at the next entry
    retry_at = models.DateTimeField(null=True)  # not before, after a failure
    error = models.TextField(blank=True)  # type and frames only
    moved_at = models.DateTimeField(null=True)

    plain: ClassVar[frozenset[str]] = frozenset({"name", "error"})


class ParkedEntry(models.Model):
    """An entry a subscriber could not digest; kept to be looked at and tried again."""

    id = models.BigAutoField(primary_key=True)
    subscriber = models.CharField(max_length=80)
    entry = models.BigIntegerField()
    error = models.TextField()
    at = models.DateTimeField()

    plain: ClassVar[frozenset[str]] = frozenset({"subscriber", "error"})

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subscriber", "entry"], name="parked_once")
        ]
