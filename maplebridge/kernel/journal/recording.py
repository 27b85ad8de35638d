"""Writing to the journal."""

from __future__ import annotations

from datetime import datetime

from maplebridge.kernel.actor import Actor
from maplebridge.kernel.clock import now
from maplebridge.kernel.journal.events import Event
from maplebridge.kernel.journal.models import JournalEntry


def journal_values(event: Event, *, actor: Actor, at: datetime | None = None) -> dict[str, object]:
    """The columns of the entry, for callers that insert it as part of one statement."""
    return {
        "at": at or now(),
        "kind": event.KIND,
        "version": event.VERSION,
        "actor_kind": actor.kind.value,
        "actor_role": actor.role,
        "actor_post": actor.post_id,
        "actor_account": actor.account_id,
        "channel": actor.channel.value,
        "topics": list(event.topics()),
        "data": event.as_data(),
    }


def record(event: Event, *, actor: Actor, at: datetime | None = None) -> None:
    """Append one entry. Call it last in the transaction: no I/O may follow it."""
    JournalEntry.objects.create(**journal_values(event, actor=actor, at=at))
