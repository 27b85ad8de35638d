"""What somebody who may write to the database can do to a sealed journal, and how it is called.

The command and the auditor's page must say the same of each: both tests walk this list.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import F

from maplebridge.kernel.crypto import suite
from maplebridge.kernel.journal.models import JournalEntry, JournalSeal
from maplebridge.kernel.journal.sealing import LEAF, leaf_digest


@dataclass(frozen=True, slots=True)
class Crime:
    commit: Callable[[], object]
    why: str


def newest_seal() -> JournalSeal:
    return JournalSeal.objects.latest("id")


def _second() -> JournalEntry:
    return JournalEntry.objects.order_by("id")[1]


def _entry(**columns: object) -> Callable[[], object]:
    return lambda: JournalEntry.objects.filter(pk=_second().pk).update(**columns)


def _seal(change: Callable[[JournalSeal], dict[str, object]]) -> Callable[[], object]:
    def commit() -> None:
        seal = newest_seal()
        JournalSeal.objects.filter(pk=seal.pk).update(**change(seal))

    return commit


def _slip_in(number: int, xact: int) -> Callable[[], object]:
    def commit() -> None:
        row = _second()
        row.pk, row.xact = number, xact
        row.save(force_insert=True)

    return commit


def _delete_newest_seal(entries: bool) -> None:
    seal = newest_seal()
    if entries:
        ids = [entry for entry, _digest in LEAF.iter_unpack(bytes(seal.leaves))]
        JournalEntry.objects.filter(pk__in=ids).delete()
    seal.delete()


def _delete_a_seal_between() -> None:
    JournalSeal.objects.order_by("id")[1].delete()


def _doctor_a_leaf() -> None:
    """An entry and its leaf changed together: the root no longer follows."""
    seal = newest_seal()
    entry, _digest = LEAF.unpack(bytes(seal.leaves)[: LEAF.size])
    JournalEntry.objects.filter(pk=entry).update(actor_role="volunteer")
    leaf = LEAF.pack(entry, leaf_digest(JournalEntry.objects.get(pk=entry), suite(seal.suite)))
    JournalSeal.objects.filter(pk=seal.pk).update(leaves=leaf + bytes(seal.leaves)[LEAF.size :])


CRIMES: dict[str, Crime] = {
    "an entry's role": Crime(_entry(actor_role="volunteer"), "altered"),
    "an entry's data": Crime(_entry(data={}), "altered"),
    "an entry deleted": Crime(lambda: _second().delete(), "missing"),
    "an entry earlier": Crime(_entry(xact=F("xact") - 1_000_000_000), "moved"),
    "an entry later": Crime(_entry(xact=F("xact") + 1_000_000_000), "moved"),
    "an entry slipped in": Crime(_slip_in(0, 0), "inserted"),
    "an entry before all": Crime(_slip_in(-7, -5), "inserted"),
    "newest seal deleted": Crime(lambda: _delete_newest_seal(entries=False), "removed"),
    "newest day deleted": Crime(lambda: _delete_newest_seal(entries=True), "removed"),
    "all seals deleted": Crime(lambda: JournalSeal.objects.all().delete(), "removed"),
    "a seal between deleted": Crime(_delete_a_seal_between, "seal"),
    "leaves cut": Crime(_seal(lambda seal: {"leaves": bytes(seal.leaves)[:-3]}), "seal"),
    "leaves removed": Crime(_seal(lambda _seal: {"leaves": b""}), "seal"),
    "leaves turned": Crime(_seal(lambda seal: {"leaves": bytes(seal.leaves)[::-1]}), "seal"),
    "a leaf changed too": Crime(_doctor_a_leaf, "seal"),
    "no such suite": Crime(_seal(lambda _seal: {"suite": "x9"}), "seal"),
    "no suite": Crime(_seal(lambda _seal: {"suite": ""}), "seal"),
    "another root": Crime(_seal(lambda _seal: {"root": "00" * 32}), "seal"),
    "another chain": Crime(_seal(lambda _seal: {"chain": "no figures"}), "seal"),
    "another count": Crime(_seal(lambda seal: {"count": seal.count + 1}), "seal"),
    "an earlier end": Crime(_seal(lambda seal: {"last_id": seal.last_id - 1}), "seal"),
    "a later end": Crime(_seal(lambda seal: {"last_id": seal.last_id + 1}), "seal"),
    "a later order": Crime(_seal(lambda seal: {"last_xact": seal.last_xact + 10**9}), "seal"),
}
