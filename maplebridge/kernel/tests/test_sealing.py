"""The proof: whatever was done to the journal, the first broken place is named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from django.db import DataError, connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from maplebridge.kernel import worker  # noqa: F401  registers its jobs
from maplebridge.kernel.errors import BadInput, Refused
from maplebridge.kernel.jobs import enqueue, work_once
from maplebridge.kernel.journal import Entry, Event, deliver_all, lag, subscriber
from maplebridge.kernel.journal.anchors import (
    Anchor,
    missing_from_chain,
    newest_anchor,
    read_anchors,
)
from maplebridge.kernel.journal.models import JournalEntry, JournalSeal, SubscriberCursor
from maplebridge.kernel.journal.sealing import (
    Place,
    prove,
    seal_everything,
    seal_next,
    verify,
)
from maplebridge.kernel.journal.upkeep import rebase
from maplebridge.kernel.tests.crimes import CRIMES, newest_seal
from maplebridge.kernel.tests.test_journal import Happened, happen

pytestmark = pytest.mark.django_db(transaction=True)


def sealed(*batches: int) -> list[int]:
    """Entries under one seal for each batch; their ids in order."""
    for size in batches:
        for number in range(size):
            happen(number)
        assert seal_next() == size
    return list(JournalEntry.objects.order_by("id").values_list("id", flat=True))


def change(entry: int, **columns: object) -> None:
    assert JournalEntry.objects.filter(pk=entry).update(**columns) == 1


@pytest.mark.parametrize("name", list(CRIMES))
def test_every_crime_is_named(name: str) -> None:
    sealed(3, 2, 3)
    CRIMES[name].commit()
    verdict = verify()
    assert (verdict.whole, verdict.why) == (False, CRIMES[name].why)
    assert verdict.broken_entry is not None or verdict.why in ("seal", "removed")


@pytest.mark.parametrize("name", [name for name, crime in CRIMES.items() if crime.why == "seal"])
def test_a_damaged_seal_is_named(name: str) -> None:
    sealed(3, 2, 3)
    newest = newest_seal()
    CRIMES[name].commit()
    assert verify().broken_seal == newest.pk


def test_a_proof_goes_by_steps_and_each_needs_its_place_alone() -> None:
    sealed(3, 2)
    first = prove(Place())
    assert (first.verdict, first.place.entries, len(first.chains)) == (None, 5, 2)
    sealed(4)
    second = prove(first.place)
    assert (second.verdict, second.place.entries) == (None, 9)
    ended = prove(second.place)
    assert ended.verdict == verify()


def test_who_writes_and_seals_while_a_proof_runs_is_not_accused() -> None:
    sealed(3, 2)
    rounds = iter(range(3))

    def meanwhile(_proved: int) -> None:
        if next(rounds, None) is not None:
            happen(1)
            seal_next()
            happen(2)

    verdict = verify(meanwhile)
    assert (verdict.whole, verdict.why, verdict.unsealed) == (True, "", 1)


def test_an_entry_before_the_beginning_is_named_where_nothing_is_sealed() -> None:
    happen(1)
    (only,) = JournalEntry.objects.values_list("id", flat=True)
    change(only, xact=-5)
    verdict = verify()
    assert (verdict.whole, verdict.broken_entry, verdict.why) == (False, only, "inserted")


def test_a_value_that_can_not_be_read_is_an_alteration() -> None:
    second = sealed(3)[1]
    try:
        with connection.cursor() as sql:
            sql.execute("UPDATE kernel_journalentry SET at = 'soon' WHERE id = %s", [second])
    except DataError:
        return  # an engine whose column takes nothing but a time
    verdict = verify()
    assert (verdict.whole, verdict.broken_entry, verdict.why) == (False, second, "altered")


def test_nothing_is_sealed_behind_a_seal_whose_chain_can_not_be_read() -> None:
    sealed(2)
    JournalSeal.objects.update(chain="no figures")
    happen(9)
    with pytest.raises(Refused) as caught:
        seal_next()
    assert caught.value.code == "journal.seal_damaged"


def test_seals_that_are_gone_are_missed_by_the_sealers_own_row() -> None:
    sealed(3, 3)
    JournalSeal.objects.latest("id").delete()
    verdict = verify()
    assert (verdict.whole, verdict.why) == (False, "removed")


def forge() -> None:
    """What somebody does who may write everything: no seals, another past, new seals."""
    JournalSeal.objects.all().delete()
    oldest = JournalEntry.objects.earliest("id")
    change(oldest.pk, data={"number": 99})
    assert seal_next()


def test_only_a_value_kept_elsewhere_shows_that_everything_was_sealed_anew() -> None:
    sealed(3, 3)
    anchor = newest_anchor()
    assert anchor is not None
    assert (anchor.entries, anchor.seals) == (6, 2)
    assert verify(expected=[anchor.chain]).whole
    forge()
    assert verify().whole  # the lie holds together
    verdict = verify(expected=[anchor.chain])
    assert (verdict.whole, verdict.why, verdict.lost) == (False, "anchor", anchor.chain)


def test_every_kept_value_is_looked_for_and_later_seals_do_no_harm() -> None:
    kept = []
    for _day in range(3):
        sealed(2)
        anchor = newest_anchor()
        assert anchor is not None
        kept.append(anchor.chain)
    assert verify(expected=kept).whole
    assert verify(expected=[kept[0], "ab" * 32]).lost == "ab" * 32


def test_ten_years_of_anchors_are_looked_for_at_once() -> None:
    sealed(2)
    kept = newest_anchor()
    assert kept is not None
    lost = [Anchor("ab" * 32), Anchor("cd" * 32)]
    with CaptureQueriesContext(connection) as asked:
        assert missing_from_chain([kept] * 900) is None
        assert missing_from_chain([kept, *lost, *[kept] * 897]) == lost[0]
    assert len(asked) <= 2 * 2


def test_the_worker_keeps_an_anchor_once_a_day(settings: Settings, tmp_path: Path) -> None:
    kept = tmp_path / "anchors.jsonl"
    settings.MAPLEBRIDGE = replace(settings.MAPLEBRIDGE, anchor_file=str(kept))
    for day in range(3):
        if day != 1:  # a day on which nothing happened
            sealed(2)
        enqueue("kernel.write_anchor", key=f"day {day}")
        assert work_once()
    anchors = read_anchors(kept.read_text("utf-8"))
    assert [anchor.entries for anchor in anchors] == [2, 4]
    assert verify(expected=[anchor.chain for anchor in anchors]).whole


@pytest.mark.parametrize("text", ["", "\n\n", "abc", '{"chain": "abc"}', "[1]", '"x"'])
def test_what_is_no_anchor_proves_nothing(text: str) -> None:
    with pytest.raises(BadInput):
        read_anchors(text)


def test_the_sealers_row_is_no_subscriber() -> None:
    sealed(3)
    assert "kernel.sealer" not in {row.name for row in lag()}


def test_rebasing_loses_nobody_an_entry_where_transactions_had_overlapped(
    own_subscriber: object,
) -> None:
    """Ids are given out early: the entry of a slow writer comes later and has the lower id."""
    heard: list[int] = []

    @subscriber("kernel.test", Happened)
    def hear(_entry: Entry, event: Event) -> None:
        assert isinstance(event, Happened)
        heard.append(event.number)

    for number in range(3):
        happen(number)
    first, slow, quick = JournalEntry.objects.order_by("id")
    change(first.pk, xact=10)
    change(quick.pk, xact=11)
    JournalEntry.objects.filter(pk=slow.pk).delete()  # still being written
    seal_everything()
    SubscriberCursor.objects.create(name="kernel.test", xact=11, entry=quick.pk)
    slow.xact = 12
    slow.save(force_insert=True)
    assert rebase() == 3
    deliver_all()
    assert 1 in heard
    happen(7)
    deliver_all()
    assert heard[-1] == 7
    assert seal_next() == 1
    verdict = verify()
    assert (verdict.whole, verdict.entries, verdict.unsealed) == (True, 4, 0)
