"""Walking the seals in short steps, so that a proof of millions never holds up the worker.

`maplebridge journal verify` walks all of them at once, where nothing else has to wait. Both say
the same of the same journal; a test holds them together.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from maplebridge.kernel.crypto import suite
from maplebridge.kernel.journal.sealing import GENESIS, LEAF, leaf_digest, merkle_root
from maplebridge.kernel.models import JournalEntry, JournalSeal

ENTRIES_A_STEP = 10_000  # about half a second
SEALS_A_STEP = 1_000  # on a quiet day a seal holds one entry


@dataclass(frozen=True, slots=True)
class Walked:
    """Where a step came to. `why` is empty while everything is as it was sealed."""

    at_seal: int
    chain: str
    entries: int  # proved since the beginning
    ended: bool
    why: str = ""  # altered | missing | inserted | seal
    broken_seal: int | None = None
    broken_entry: int | None = None


@dataclass(frozen=True, slots=True)
class Sealed:
    seal: JournalSeal
    leaves: list[tuple[int, bytes]]


def walk(at_seal: int, chain: str, entries: int) -> Walked:
    """One step behind `at_seal`; at the end also that nothing was slipped in between."""
    batch = _next(at_seal)
    if not batch:
        return _end(at_seal, chain, entries)
    rows = JournalEntry.objects.in_bulk([entry for held in batch for entry, _digest in held.leaves])
    for held in batch:
        chain, why, broken = _proved(held, chain, rows)
        if why:
            return Walked(held.seal.id, chain, entries, True, why, held.seal.id, broken)
        at_seal, entries = held.seal.id, entries + len(held.leaves)
    return Walked(at_seal, chain, entries, ended=False)


def _next(at_seal: int) -> list[Sealed]:
    batch: list[Sealed] = []
    size = 0
    for seal in JournalSeal.objects.filter(id__gt=at_seal).order_by("id")[:SEALS_A_STEP]:
        batch.append(Sealed(seal, list(LEAF.iter_unpack(bytes(seal.leaves)))))
        size += len(batch[-1].leaves)
        if size >= ENTRIES_A_STEP:
            break
    return batch


def _proved(held: Sealed, chain: str, rows: dict[int, JournalEntry]) -> tuple[str, str, int | None]:
    """(chain behind this seal, what is wrong, at which entry)."""
    chosen = suite(held.seal.suite)
    root = merkle_root([digest for _entry, digest in held.leaves], chosen)
    before = bytes.fromhex(chain) if chain else GENESIS
    if root.hex() != held.seal.root or chosen.digest(before + root).hex() != held.seal.chain:
        return chain, "seal", None
    for entry, digest in held.leaves:
        row = rows.get(entry)
        if row is None:
            return chain, "missing", entry
        if leaf_digest(row, chosen) != digest:
            return chain, "altered", entry
    return held.seal.chain, "", None


def _end(at_seal: int, chain: str, entries: int) -> Walked:
    """Everything up to the newest seal was sealed: nothing can appear there any more."""
    newest = JournalSeal.objects.filter(id=at_seal).defer("leaves").first()
    if newest is not None:
        up_to = Q(xact__lt=newest.last_xact) | Q(xact=newest.last_xact, id__lte=newest.last_id)
        if JournalEntry.objects.filter(up_to).count() != entries:
            return Walked(at_seal, chain, entries, True, "inserted")
    return Walked(at_seal, chain, entries, ended=True)
