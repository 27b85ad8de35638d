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
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from maplebridge.kernel.clock import now
from maplebridge.kernel.crypto import Suite, suite
from maplebridge.kernel.errors import Refused
from maplebridge.kernel.journal.models import JournalEntry, JournalSeal, SubscriberCursor
from maplebridge.kernel.journal.reading import Cursor, beyond, rows_after, up_to
from maplebridge.kernel.journal.subscribers import SEALER

BATCH = 2_000
LEAF = struct.Struct(">q32s")  # entry id, digest
SEALS_AT_ONCE = 20  # a full one is 80 KB; the usual two thousand would be 160 MB
GENESIS = bytes(32)
UNREADABLE = (ValueError, TypeError, AttributeError)  # what a value of the wrong shape raises


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
    if not rows_after(_end_of(_newest_seal()), 1):
        return 0
    with sealing_alone():
        before = _newest_seal()
        return _seal(rows_after(_end_of(before), BATCH), before)


def seal_everything() -> None:
    """Seal what is left while nobody writes: rows past the horizon, too."""
    with sealing_alone():
        before = _newest_seal()
        while _seal(list(_behind(before)[:BATCH]), before):
            before = _newest_seal()


@contextmanager
def sealing_alone() -> Iterator[None]:
    """A row that always exists is locked, and the newest seal read after the lock: a sealer that
    waited on the seal itself would go on from the one before it."""
    SubscriberCursor.objects.get_or_create(name=SEALER)
    with transaction.atomic():
        SubscriberCursor.objects.select_for_update().get(name=SEALER)
        yield


def unsealed_entries() -> QuerySet[JournalEntry]:
    """Entries that no seal covers yet, in order."""
    return _behind(_newest_seal())


def _newest_seal() -> JournalSeal | None:
    return JournalSeal.objects.order_by("-id").first()


def _end_of(seal: JournalSeal | None) -> Cursor:
    return Cursor(seal.last_xact, seal.last_id) if seal else Cursor()


def _behind(seal: JournalSeal | None) -> QuerySet[JournalEntry]:
    return JournalEntry.objects.filter(beyond(_end_of(seal))).order_by("xact", "id")


def _seal(rows: Sequence[JournalEntry], before: JournalSeal | None) -> int:
    if not rows:
        return 0
    chosen = suite()
    leaves = [leaf_digest(row, chosen) for row in rows]
    root = merkle_root(leaves, chosen)
    JournalSeal.objects.create(
        suite=chosen.mark,
        count=len(rows),
        leaves=b"".join(LEAF.pack(r.id, d) for r, d in zip(rows, leaves, strict=True)),
        root=root.hex(),
        chain=chosen.digest(_chain_behind(before) + root).hex(),
        last_xact=rows[-1].xact,
        last_id=rows[-1].id,
        sealed_at=now(),
    )
    # The lock row says how far the sealer is, as every other reader's row does.
    SubscriberCursor.objects.filter(name=SEALER).update(
        xact=rows[-1].xact, entry=rows[-1].id, moved_at=now()
    )
    return len(rows)


def _chain_behind(seal: JournalSeal | None) -> bytes:
    try:
        return bytes.fromhex(seal.chain) if seal else GENESIS
    except ValueError:
        raise Refused(
            "journal.seal_damaged",
            _("The newest seal is damaged; “maplebridge journal verify” names it."),
        ) from None


@dataclass(frozen=True, slots=True)
class Verdict:
    whole: bool
    entries: int  # sealed entries that were proved
    unsealed: int  # newer entries that no seal covers yet
    seals: int
    broken_seal: int | None = None
    broken_entry: int | None = None
    why: str = ""  # altered | missing | inserted | moved | seal | removed | anchor
    chain: str = ""  # the newest chain value: write it down off the box
    lost: str = ""  # a chain value that was kept elsewhere and is not in the chain

    def as_dict(self) -> dict[str, object]:
        return {
            "whole": self.whole, "entries": self.entries, "unsealed": self.unsealed,
            "seals": self.seals, "broken_seal": self.broken_seal,
            "broken_entry": self.broken_entry, "why": self.why, "chain": self.chain,
            "lost": self.lost,
        }  # fmt: skip


@dataclass(slots=True)
class _Walk:
    """How far the proof has come."""

    chain: bytes = GENESIS
    proved: int = 0
    seals: int = 0
    seal: int | None = None  # the newest one that holds
    end: Cursor = field(default_factory=Cursor)  # where its entries end

    def broken(self, why: str, *, seal: int | None = None, entry: int | None = None) -> Verdict:
        return Verdict(False, self.proved, 0, self.seals, seal, entry, why)


def verify(
    progress: Callable[[int], None] = lambda _n: None, expected: Iterable[str] = ()
) -> Verdict:
    """Walk every seal and entry; name the first that is not as it was sealed.

    Whoever can rewrite the whole database can seal it anew. `expected` are chain values that
    were kept elsewhere: each must still be in the chain.
    """
    walk, awaited, found = _Walk(), list(expected), set[str]()
    # Read before the walk: a sealer that goes on meanwhile is ahead of what we shall have seen.
    sealer = SubscriberCursor.objects.filter(name=SEALER).first()
    for seal in JournalSeal.objects.order_by("id").iterator(chunk_size=SEALS_AT_ONCE):
        known = _leaves_of(seal, walk.chain)
        if known is None:
            return walk.broken("seal", seal=seal.id)
        if wrong := _first_wrong(seal, known, walk):
            return wrong
        walk.chain, walk.seals, walk.seal = bytes.fromhex(seal.chain), walk.seals + 1, seal.id
        walk.end = Cursor(seal.last_xact, seal.last_id)
        found |= {value for value in awaited if value == seal.chain}
        progress(len(known))
    if lost := next((value for value in awaited if value not in found), ""):
        return replace(walk.broken("anchor"), lost=lost)
    if sealer and Cursor(sealer.xact, sealer.entry) > walk.end:
        return walk.broken("removed", seal=walk.seal)
    return _after_the_seals(walk)


def _leaves_of(seal: JournalSeal, chained: bytes) -> list[tuple[int, bytes]] | None:
    """The leaves of a seal that is what it was; None for one that is not."""
    try:
        chosen = suite(seal.suite)
        known = list(LEAF.iter_unpack(bytes(seal.leaves)))
    except (KeyError, struct.error):
        return None
    root = merkle_root([digest for _id, digest in known], chosen)
    whole = (
        chosen.mark == seal.suite
        and len(known) == seal.count
        and root.hex() == seal.root
        and chosen.digest(chained + root).hex() == seal.chain
    )
    return known if whole else None


def _first_wrong(seal: JournalSeal, known: list[tuple[int, bytes]], walk: _Walk) -> Verdict | None:
    """Prove the entries of one seal, in order."""
    chosen, rows = suite(seal.suite), _rows([entry for entry, _digest in known])
    for entry, digest in known:
        row = rows.get(entry)
        why = ""
        if entry not in rows:
            why = "missing"
        elif not _is_unchanged(row, digest, chosen):
            why = "altered"
        elif row and not walk.end.xact <= row.xact <= seal.last_xact:
            # Readers go by the position: one that was moved is told twice, or never.
            why = "moved"
        if why:
            return walk.broken(why, seal=seal.id, entry=entry)
        walk.proved += 1
    return None


def _is_unchanged(row: JournalEntry | None, digest: bytes, chosen: Suite) -> bool:
    try:
        return row is not None and leaf_digest(row, chosen) == digest
    except UNREADABLE:
        return False


def _rows(ids: list[int]) -> dict[int, JournalEntry | None]:
    """Rows by id; None for one whose values can not even be read."""
    try:
        return dict(JournalEntry.objects.in_bulk(ids))
    except UNREADABLE:
        return dict(_one_by_one(ids))


def _one_by_one(ids: list[int]) -> Iterator[tuple[int, JournalEntry | None]]:
    for entry in ids:
        try:
            if row := JournalEntry.objects.filter(pk=entry).first():
                yield entry, row
        except UNREADABLE:
            yield entry, None


def _after_the_seals(walk: _Walk) -> Verdict:
    """What lies inside the sealed range must be what was proved, and nothing else."""
    inside = up_to(walk.end)
    if JournalEntry.objects.filter(inside).count() != walk.proved:
        stranger = _first_unknown(inside)
        why = "seal" if stranger is None else "inserted"
        return walk.broken(why, seal=walk.seal if stranger is None else None, entry=stranger)
    unsealed = JournalEntry.objects.filter(beyond(walk.end)).count()
    chain = walk.chain.hex() if walk.seals else ""
    return Verdict(True, walk.proved, unsealed, walk.seals, chain=chain)


def _first_unknown(inside: Q) -> int | None:
    """The lowest entry of the sealed range that no seal knows."""
    import numpy as np  # eight bytes an entry: a set of a million numbers would be 60 MB

    leaf = np.dtype([("id", ">i8"), ("digest", "V32")])
    blobs = JournalSeal.objects.order_by("id").values_list("leaves", flat=True)
    parts = [
        np.frombuffer(bytes(blob), leaf)["id"].astype(np.int64)
        for blob in blobs.iterator(chunk_size=SEALS_AT_ONCE)
    ]
    known = np.sort(np.concatenate([np.empty(0, np.int64), *parts]))
    ids = JournalEntry.objects.filter(inside).order_by("id").values_list("id", flat=True)
    for entry in ids.iterator(chunk_size=BATCH):
        at = int(np.searchsorted(known, entry))
        if at == len(known) or known[at] != entry:
            return int(entry)
    return None
