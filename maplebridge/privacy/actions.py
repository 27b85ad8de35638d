"""What the room does: notes who looked, proves the journal step by step, keeps finding aids."""

from __future__ import annotations

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from maplebridge.incidents import api as incidents
from maplebridge.kernel.actor import SYSTEM, Actor
from maplebridge.kernel.clock import now
from maplebridge.kernel.errors import Conflict
from maplebridge.kernel.jobs import enqueue
from maplebridge.kernel.journal import Event, record
from maplebridge.kernel.journal.sealing import Place, Step, prove
from maplebridge.kernel.models import JournalSeal
from maplebridge.privacy.events import ProofAsked, ProofEnded
from maplebridge.privacy.models import STANDS_STILL, JournalProof, MatterEntry, MatterOpening
from maplebridge.privacy.policies import may_read_journal, require_open

PROVE = "privacy.prove_journal"
PROVER = SYSTEM("prover")
REST = timedelta(seconds=1)  # between steps: events and offers come first


def note_looked(event: Event, *, actor: Actor) -> None:
    """Who reads the journal stands in it."""
    with transaction.atomic():
        record(event, actor=actor)


def note_opened(code: str, *, actor: Actor) -> None:
    """A post opened a matter's page: once an hour, and no entry of the journal for each page."""
    if not actor.is_staff or actor.post_id is None:
        return
    hour = now().replace(minute=0, second=0, microsecond=0)
    known = MatterOpening.objects.filter(incident__code=code, post=actor.post_id, hour=hour)
    if known.exists():  # most looks; on a small database only a new one takes the write lock
        return
    opening = MatterOpening(
        incident_id=incidents.brief_by_code(code).id, post=actor.post_id, role=actor.role, hour=hour
    )
    MatterOpening.objects.bulk_create([opening], ignore_conflicts=True)  # two tabs at once


def index_entry(entry: int, matters: set[int]) -> None:
    """Remember which matters an entry speaks of; told twice it stays once."""
    rows = [MatterEntry(matter=matter, entry=entry) for matter in sorted(matters)]
    MatterEntry.objects.bulk_create(rows, ignore_conflicts=True)


def ask_for_proof(*, actor: Actor) -> JournalProof:
    """Begin a proof in the background; one at a time, because it reads everything."""
    require_open(actor, may_read_journal(actor))
    at = now()
    try:
        with transaction.atomic():
            stuck = JournalProof.objects.filter(running=True, moved_at__lt=at - STANDS_STILL)
            stuck.update(running=None, ended_at=at, why="stopped")
            proof = JournalProof.objects.create(
                asked_at=at, asked_by=actor.role, moved_at=at, last_seal=_newest_seal()
            )
            enqueue(PROVE, {"proof": proof.pk}, key=f"{PROVE}:{proof.pk}")
            record(ProofAsked(proof.pk), actor=actor)
    except IntegrityError as error:
        raise Conflict("proof.running", _("A proof is running already.")) from error
    return proof


def _newest_seal() -> int:
    return JournalSeal.objects.order_by("-id").values_list("id", flat=True).first() or 0


def prove_step(proof_id: int) -> None:
    """One step of a proof, and the next one as a job of its own; a repeat changes nothing."""
    proof = JournalProof.objects.filter(pk=proof_id, running=True).first()
    if proof is None:
        return
    step = prove(Place(proof.at_seal, proof.chain, proof.entries))
    found = step.verdict
    with transaction.atomic():
        mine = JournalProof.objects.filter(pk=proof_id, running=True, at_seal=proof.at_seal)
        if not mine.update(**_columns(step)):
            return
        if found is None:
            key = f"{PROVE}:{proof_id}:{step.place.seal}"
            enqueue(PROVE, {"proof": proof_id}, key=key, after=REST)
            return
        record(
            ProofEnded(
                proof_id, found.entries, found.whole, found.why, found.broken_seal,
                found.broken_entry,
            ),
            actor=PROVER,
        )  # fmt: skip


def _columns(step: Step) -> dict[str, object]:
    """The columns of a proof after a step."""
    at, place, found = now(), step.place, step.verdict
    so_far = {
        "moved_at": at, "at_seal": place.seal, "chain": place.chain, "entries": place.entries,
    }  # fmt: skip
    if found is None:
        return so_far
    return so_far | {
        "running": None,
        "ended_at": at,
        "whole": found.whole,
        "why": found.why,
        "broken_seal": found.broken_seal,
        "broken_entry": found.broken_entry,
    }
