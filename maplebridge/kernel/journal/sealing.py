"""Proof that the journal was not altered: Merkle roots per batch, chained.

Hashing every entry into one global chain inside the writers' transactions cost more than half
of the append rate when it was measured. The sealer therefore works behind the writers: it
takes what lies below the horizon, hashes each entry into a leaf, the leaves into a root, and
the root into the chain. Entries hold ids and codes only, so emptying a person's rows elsewhere
never breaks the proof.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import transaction

from maplebridge.kernel.clock import now
from maplebridge.kernel.crypto import Suite, suite
from maplebridge.kernel.journal.models import JournalEntry, JournalSeal, SubscriberCursor
from maplebridge.kernel.journal.reading import Cursor, rows_after

BATCH = 2_000
SEALER = "kernel.sealer"  # its cursor row is the sealers' lock
LEAF = struct.Struct(">Q32s")
GENESIS = bytes(32)


def leaf_digest(row: JournalEntry, chosen: Suite) -> bytes:
    """The digest of one entry over a canonical form of everything it says."""
    said = [
        row.id, row.at.isoformat(), row.kind, row.version, row.actor_kind, row.actor_role,
        row.actor_post, row.actor_account, row.channel, row.topics, row.data,
    ]  # fmt: skip
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return chosen.digest(b"\x00" + text.encode())


def merkle_root(leaves: list[bytes], chosen: Suite) -> bytes:
    """Root of a binary tree; an odd node moves up unchanged."""
    level = leaves
    while len(level) > 1:
        paired = [
            chosen.digest(b"\x01" + level[i] + level[i + 1]) for i in range(0, len(level) - 1, 2)
        ]
        level = paired + ([level[-1]] if len(level) % 2 else [])
    return level[0] if level else GENESIS


def seal_next() -> int:
    """Seal one batch; the number of entries sealed (0 when there is nothing new)."""
    chosen = suite()
    newest = JournalSeal.objects.order_by("-id").first()
    if not rows_after(Cursor(newest.last_xact, newest.last_id) if newest else Cursor(), 1):
        return 0
    SubscriberCursor.objects.get_or_create(name=SEALER)
    with transaction.atomic():
        # A row that always exists is locked first, and the newest seal read after the lock: a
        # sealer that waited on the seal itself would go on from the one before it.
        SubscriberCursor.objects.select_for_update().get(name=SEALER)
        before = JournalSeal.objects.order_by("-id").first()
        start = Cursor(before.last_xact, before.last_id) if before else Cursor()
        rows = rows_after(start, BATCH)
        if not rows:
            return 0
        leaves = [leaf_digest(row, chosen) for row in rows]
        root = merkle_root(leaves, chosen)
        chained = bytes.fromhex(before.chain) if before else GENESIS
        JournalSeal.objects.create(
            suite=chosen.mark,
            count=len(rows),
            leaves=b"".join(LEAF.pack(r.id, d) for r, d in zip(rows, leaves, strict=True)),
            root=root.hex(),
            chain=chosen.digest(chained + root).hex(),
            last_xact=rows[-1].xact,
            last_id=rows[-1].id,
            sealed_at=now(),
        )
        # The lock row says how far the sealer is, as every other reader's row does.
        SubscriberCursor.objects.filter(name=SEALER).update(
            xact=rows[-1].xact, entry=rows[-1].id, moved_at=now()
        )
    return len(rows)


@dataclass(frozen=True, slots=True)
class Verdict:
    whole: bool
    entries: int  # sealed entries that were proved
    unsealed: int  # newer entries that no seal covers yet
    seals: int
    broken_seal: int | None = None
    broken_entry: int | None = None
    why: str = ""  # altered | missing | inserted | seal
    chain: str = ""  # the newest chain value: write it down off the box

    def as_dict(self) -> dict[str, object]:
        return {
            "whole": self.whole, "entries": self.entries, "unsealed": self.unsealed,
            "seals": self.seals, "broken_seal": self.broken_seal,
            "broken_entry": self.broken_entry, "why": self.why, "chain": self.chain,
        }  # fmt: skip


def verify(progress: Callable[[int], None] = lambda _n: None) -> Verdict:
    """Walk every seal and entry; name the first entry that is not as it was sealed."""
    chained, proved, seals = GENESIS, 0, 0
    for seal in JournalSeal.objects.order_by("id").iterator():
        chosen = suite(seal.suite)
        known = list(_leaves(bytes(seal.leaves)))
        root = merkle_root([digest for _id, digest in known], chosen)
        if root.hex() != seal.root or chosen.digest(chained + root).hex() != seal.chain:
            return Verdict(False, proved, 0, seals, seal.id, None, "seal")
        rows = JournalEntry.objects.in_bulk([entry for entry, _digest in known])
        for entry, digest in known:
            row = rows.get(entry)
            if row is None or leaf_digest(row, chosen) != digest:
                why = "missing" if row is None else "altered"
                return Verdict(False, proved, 0, seals, seal.id, entry, why)
            proved += 1
        chained, seals = bytes.fromhex(seal.chain), seals + 1
        progress(len(known))
    return _after_the_seals(proved, seals, chained)


def _after_the_seals(proved: int, seals: int, chained: bytes) -> Verdict:
    newest = JournalSeal.objects.order_by("-id").first()
    total = JournalEntry.objects.count()
    behind = Cursor(newest.last_xact, newest.last_id) if newest else Cursor()
    unsealed = JournalEntry.objects.filter(xact__gt=behind.xact).count()
    unsealed += JournalEntry.objects.filter(xact=behind.xact, id__gt=behind.id).count()
    if total != proved + unsealed:
        return Verdict(False, proved, unsealed, seals, None, _first_unknown(), "inserted")
    return Verdict(True, proved, unsealed, seals, chain=chained.hex() if seals else "")


def _first_unknown() -> int | None:
    """The lowest entry inside the sealed range that no seal knows."""
    seals = JournalSeal.objects.iterator()
    known = {entry for seal in seals for entry, _digest in _leaves(bytes(seal.leaves))}
    newest = JournalSeal.objects.order_by("-id").first()
    if newest is None:
        return None
    for entry in JournalEntry.objects.order_by("id").values_list("id", "xact").iterator():
        if entry[0] not in known and (entry[1], entry[0]) <= (newest.last_xact, newest.last_id):
            return int(entry[0])
    return None


def _leaves(blob: bytes) -> Iterator[tuple[int, bytes]]:
    yield from LEAF.iter_unpack(blob)
