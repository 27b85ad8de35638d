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
from dataclasses import dataclass, replace

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Length
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
ENTRIES_A_STEP = 10_000  # of a proof: about half a second
SEALS_A_STEP = 1_000  # on a quiet day a seal holds one entry
GENESIS = bytes(32)
UNREADABLE = (ValueError, TypeError, AttributeError)  # what a value of the wrong shape raises

Leaves = list[tuple[int, bytes]]


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


@dataclass(frozen=True, slots=True)
class Place:
    """How far a proof has come: all that its next step must know, and a job can keep."""

    seal: int = 0  # the newest one that holds
    chain: str = ""  # its chain value
    entries: int = 0  # proved so far


@dataclass(frozen=True, slots=True)
class Step:
    place: Place
    chains: tuple[str, ...] = ()  # of the seals this step proved
    verdict: Verdict | None = None  # None: there may be more


class _Broken(Exception):
    def __init__(self, why: str, *, seal: int | None = None, entry: int | None = None) -> None:
        super().__init__(why)
        self.why, self.seal, self.entry = why, seal, entry


def verify(
    progress: Callable[[int], None] = lambda _n: None, expected: Iterable[str] = ()
) -> Verdict:
    """Walk every seal and entry; name the first that is not as it was sealed.

    Whoever can rewrite the whole database can seal it anew. `expected` are chain values that
    were kept elsewhere: each must still be in the chain.
    """
    place, awaited = Place(), dict.fromkeys(expected)  # in order, and found at once
    while True:
        step = prove(place)
        for chain in step.chains:
            awaited.pop(chain, None)
        if step.verdict is not None:
            break
        progress(step.place.entries - place.entries)
        place = step.place
    lost = next(iter(awaited), "")
    if lost and step.verdict.why in ("", "removed"):  # every seal there is was walked
        return replace(_broken(step.place, _Broken("anchor")), lost=lost)
    return step.verdict


def prove(place: Place) -> Step:
    """One step behind `place`: the next seals with their entries, or what comes after the last.

    Nothing is held between steps: a proof of millions by a job lets events and offers go first,
    and one that is carried on after a restart says the same.
    """
    # Read before the seals: a sealer that goes on meanwhile is ahead of what we shall see.
    sealer = SubscriberCursor.objects.filter(name=SEALER).first()
    chains: list[str] = []
    try:
        held = _still_there(place)
        batch = _next_seals(place.seal)
        if not batch:
            return Step(place, verdict=_after_the_seals(place, held, sealer))
        leaves = [_leaves_of(seal) for seal in batch]
        rows = _rows([entry for known in leaves for entry, _digest in known or ()])
        for seal, known in zip(batch, leaves, strict=True):
            _prove_seal(seal, known, place.chain)
            _prove_entries(seal, known or [], held, rows)
            held = seal
            place = Place(seal.id, seal.chain, place.entries + len(known or ()))
            chains.append(seal.chain)
    except _Broken as broken:
        return Step(place, tuple(chains), _broken(place, broken))
    return Step(place, tuple(chains))


def _broken(place: Place, broken: _Broken) -> Verdict:
    return Verdict(
        False, place.entries, 0, _seals_up_to(place), broken.seal, broken.entry, broken.why
    )


def _seals_up_to(place: Place) -> int:
    return JournalSeal.objects.filter(id__lte=place.seal).count()


def _still_there(place: Place) -> JournalSeal | None:
    """The seal the step before ended with: somebody may have been at it since.

    Read anew for its end, which a rebase moves.
    """
    if not place.seal:
        return None
    held = _seals().filter(id=place.seal).first()
    if held is None:
        before = JournalSeal.objects.filter(id__lt=place.seal).order_by("-id")
        raise _Broken("removed", seal=before.values_list("id", flat=True).first())
    if held.chain != place.chain:
        raise _Broken("seal", seal=held.id)
    return held


def _seals() -> QuerySet[JournalSeal]:
    """Without the time of sealing: it proves nothing, and one of a wrong shape would stop us."""
    return JournalSeal.objects.defer("sealed_at")


def _next_seals(behind: int) -> list[JournalSeal]:
    """So many that a step is short, whether a seal holds one entry or two thousand."""
    ahead = _seals().filter(id__gt=behind).order_by("id")
    sizes = ahead.annotate(size=Length("leaves")).values_list("id", "size")[:SEALS_A_STEP]
    entries, last = 0, behind
    for seal, size in sizes:
        entries, last = entries + (size or 0) // LEAF.size, seal
        if entries >= ENTRIES_A_STEP:
            break
    return list(ahead.filter(id__lte=last))


def _leaves_of(seal: JournalSeal) -> Leaves | None:
    try:
        return list(LEAF.iter_unpack(bytes(seal.leaves)))
    except (*UNREADABLE, struct.error):
        return None


def _prove_seal(seal: JournalSeal, known: Leaves | None, chained: str) -> None:
    """The seal is what it was, and follows the one before."""
    try:
        chosen = suite(seal.suite)
        root = merkle_root([digest for _id, digest in known or ()], chosen)
        before = bytes.fromhex(chained) if chained else GENESIS
        holds = (
            known is not None
            and chosen.mark == seal.suite
            and len(known) == seal.count
            and root.hex() == seal.root
            and chosen.digest(before + root).hex() == seal.chain
            and Cursor(seal.last_xact, seal.last_id) > Cursor(-1)
        )
    except (*UNREADABLE, KeyError):
        holds = False
    if not holds:
        raise _Broken("seal", seal=seal.id)


def _prove_entries(
    seal: JournalSeal,
    known: Leaves,
    before: JournalSeal | None,
    rows: dict[int, JournalEntry | None],
) -> None:
    """The entries of one seal are what they were, in order."""
    chosen, earliest = suite(seal.suite), before.last_xact if before else 0
    for entry, digest in known:
        row = rows.get(entry)
        if entry not in rows:
            raise _Broken("missing", seal=seal.id, entry=entry)
        if row is None or not _is_unchanged(row, digest, chosen):
            raise _Broken("altered", seal=seal.id, entry=entry)
        if not earliest <= row.xact <= seal.last_xact:
            # Readers go by the position: one that was moved is told twice, or never.
            raise _Broken("moved", seal=seal.id, entry=entry)


def _is_unchanged(row: JournalEntry, digest: bytes, chosen: Suite) -> bool:
    try:
        return leaf_digest(row, chosen) == digest
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


def _after_the_seals(
    place: Place, newest: JournalSeal | None, sealer: SubscriberCursor | None
) -> Verdict:
    """No seal is gone from the end, and inside the sealed range lies what was proved."""
    end = _end_of(newest)
    _compare_with_the_sealer(newest, end, sealer)
    inside = JournalEntry.objects.filter(up_to(end))
    # A number alone accuses nobody: the count is taken at another moment than the walk.
    if inside.count() != place.entries:
        stranger = _first_unknown(inside, place)
        if stranger is not None:
            raise _Broken("inserted", entry=stranger)
        if inside.count() != place.entries:
            raise _Broken("seal", seal=place.seal or None)
    unsealed = JournalEntry.objects.filter(beyond(end)).count()
    return Verdict(True, place.entries, unsealed, _seals_up_to(place), chain=place.chain)


def _compare_with_the_sealer(
    newest: JournalSeal | None, end: Cursor, sealer: SubscriberCursor | None
) -> None:
    """Its own row says where the last seal it made ends."""
    if sealer is None or Cursor(sealer.xact, sealer.entry) in (Cursor(), end):
        return
    known = dict(_leaves_of(newest) or ()) if newest else {}
    if Cursor(sealer.xact, sealer.entry) < end or sealer.entry in known:
        raise _Broken("seal", seal=newest.id if newest else None)
    raise _Broken("removed", seal=newest.id if newest else None)


def _first_unknown(inside: QuerySet[JournalEntry], place: Place) -> int | None:
    """The lowest entry of the sealed range that no seal knows."""
    import numpy as np  # eight bytes an entry: a set of a million numbers would be 60 MB

    leaf = np.dtype([("id", ">i8"), ("digest", "V32")])
    blobs = JournalSeal.objects.order_by("id").values_list("leaves", flat=True)
    try:
        parts = [
            np.frombuffer(bytes(blob), leaf)["id"].astype(np.int64)
            for blob in blobs.iterator(chunk_size=SEALS_AT_ONCE)
        ]
    except UNREADABLE:  # somebody was at a seal after it was proved
        raise _Broken("seal", seal=place.seal or None) from None
    known = np.sort(np.concatenate([np.empty(0, np.int64), *parts]))
    for entry in inside.order_by("id").values_list("id", flat=True).iterator(chunk_size=BATCH):
        at = int(np.searchsorted(known, entry))
        if at == len(known) or known[at] != entry:
            return int(entry)
    return None
