"""A page of the journal as the auditor reads it, and how it is sealed."""

from __future__ import annotations

from collections.abc import Iterable

from maplebridge.incidents.models import Incident
from maplebridge.kernel.clock import now
from maplebridge.kernel.journal import Cursor
from maplebridge.kernel.models import JournalEntry, JournalSeal, ParkedEntry
from maplebridge.kernel.numbers import normalise
from maplebridge.people.models import Post
from maplebridge.privacy.models import STANDS_STILL, JournalProof
from maplebridge.privacy.queries import aloud, backwards
from maplebridge.privacy.records import (
    Asked,
    JournalPage,
    Line,
    Mark,
    ProofState,
    Sealed,
    SetAside,
)

PAGE = 50
MOST_SET_ASIDE = 20


def incident_id_of(code: str) -> int | None:
    """The matter behind a public code; None when there is none."""
    found = Incident.objects.filter(code=normalise(code)).values_list("pk", flat=True)
    return found.first()


def journal_page(asked: Asked, kinds: list[str]) -> JournalPage:
    """Entries newest first, each as a sentence; four queries."""
    rows = backwards.entries(asked, kinds, PAGE + 1)
    shown = rows[:PAGE]
    names, posts = aloud.names_for(shown), post_codes(row.actor_post for row in shown)
    lines = tuple(
        Line(
            id=row.id,
            at=row.at,
            sentence=aloud.sentence_of(row, names),
            kind=aloud.kind_label(row.kind),
            role=aloud.role_label(row.actor_role),
            post=posts.get(row.actor_post or 0, ""),
            channel=aloud.channel_label(row.channel),
        )
        for row in shown
    )
    more = len(rows) > PAGE
    return JournalPage(lines, Mark(shown[-1].at, shown[-1].id) if more else None)


def post_codes(ids: Iterable[int | None]) -> dict[int, str]:
    """Codes of posts: who acted, without saying what they are called."""
    wanted = {held for held in ids if held is not None}
    return dict(Post.objects.filter(pk__in=wanted).values_list("pk", "code"))


def sealed() -> Sealed:
    newest = JournalSeal.objects.order_by("-id").defer("leaves").first()
    behind = Cursor(newest.last_xact, newest.last_id) if newest else Cursor(-1, 0)
    later = JournalEntry.objects.filter(xact__gt=behind.xact).count()
    same = JournalEntry.objects.filter(xact=behind.xact, id__gt=behind.id).count()
    return Sealed(
        newest_at=newest.sealed_at if newest else None,
        unsealed=later + same,
    )


def newest_proof() -> ProofState | None:
    row = JournalProof.objects.order_by("-id").first()
    if row is None:
        return None
    return ProofState(
        asked_at=row.asked_at,
        ended_at=row.ended_at,
        percent=min(100, 100 * row.at_seal // row.last_seal) if row.last_seal else 100,
        entries=row.entries,
        whole=row.whole,
        why=row.why,
        broken_seal=row.broken_seal,
        broken_entry=row.broken_entry,
        stands_still=bool(row.running) and row.moved_at < now() - STANDS_STILL,
    )


def set_aside() -> tuple[list[SetAside], int]:
    """The newest parked entries, and how many there are."""
    rows = ParkedEntry.objects.order_by("-id")
    shown = [SetAside(row.subscriber, row.entry, row.at) for row in rows[:MOST_SET_ASIDE]]
    return shown, rows.count()
