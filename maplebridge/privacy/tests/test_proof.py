"""The proof in steps says what the proof at once says, and one runs at a time."""

from __future__ import annotations

import pytest

from maplebridge.incidents.tests import factories as made
from maplebridge.kernel.clock import now
from maplebridge.kernel.jobs import work_once
from maplebridge.kernel.journal.sealing import seal_next, verify
from maplebridge.kernel.models import JournalEntry, JournalSeal
from maplebridge.kernel.testing import frozen
from maplebridge.privacy import proving
from maplebridge.privacy.actions import prove_step
from maplebridge.privacy.models import JournalProof
from maplebridge.privacy.tests import given

pytestmark = pytest.mark.django_db(transaction=True)


def seal_all() -> None:
    while seal_next():
        pass


@pytest.fixture
def sealed() -> None:
    """Three seals with a matter in each."""
    made.city_with_people()
    for _round in range(3):
        given.matter()
        seal_all()
    assert JournalSeal.objects.count() == 3


def walked() -> proving.Walked:
    at = proving.Walked(0, "", 0, ended=False)
    while not at.ended:
        at = proving.walk(at.at_seal, at.chain, at.entries)
    return at


def same() -> proving.Walked:
    """What the walk found, after comparing it with the proof at once."""
    step, once = walked(), verify()
    assert (step.why, step.broken_seal) == (once.why, once.broken_seal)
    if once.whole:
        assert (step.entries, step.chain) == (once.entries, once.chain)
    elif once.why != "inserted":  # which one it was only the proof at once names
        assert step.broken_entry == once.broken_entry
    return step


def test_a_whole_journal(sealed: None) -> None:
    assert same().entries == JournalEntry.objects.count()


def test_nothing_sealed_yet_is_whole_too() -> None:
    assert same().entries == 0


def test_an_altered_entry(sealed: None) -> None:
    row = JournalEntry.objects.order_by("id")[1]
    JournalEntry.objects.filter(pk=row.pk).update(actor_role="volunteer")
    assert (same().why, same().broken_entry) == ("altered", row.pk)


def test_a_missing_entry(sealed: None) -> None:
    row = JournalEntry.objects.order_by("-id")[0]
    JournalEntry.objects.filter(pk=row.pk).delete()
    assert same().why == "missing"


def test_an_entry_slipped_in(sealed: None) -> None:
    row = JournalEntry.objects.order_by("id")[0]
    row.pk, row.xact = 0, 0
    row.save(force_insert=True)
    assert same().why == "inserted"


def test_a_seal_made_anew(sealed: None) -> None:
    newest = JournalSeal.objects.latest("id")
    JournalSeal.objects.filter(pk=newest.pk).update(root="0" * 64)
    assert same().why == "seal"


def test_new_entries_while_it_runs_are_no_fault(sealed: None) -> None:
    at = proving.walk(0, "", 0)
    given.matter()
    assert proving.walk(at.at_seal, at.chain, at.entries).why == ""
    seal_all()
    assert not proving.walk(at.at_seal, at.chain, at.entries).ended


def test_asked_on_the_page_it_runs_in_the_background_and_tells(sealed: None) -> None:
    auditor = given.browser("auditor")
    auditor.cookies["language"] = "en"
    with frozen() as clock:
        assert auditor.post("/journal/proof/").headers["Location"] == "/journal/"
        assert "Being proved: 0 %" in auditor.get("/journal/proof/").content.decode()
        assert work_once()
        html = auditor.get("/journal/proof/").content.decode()
        assert "Being proved: 100 %" in html
        assert "every 2s" in html
        clock.move(minutes=1)
        assert work_once()
    html = auditor.get("/journal/proof/").content.decode()
    assert "Whole: all" in html
    assert "every 2s" not in html
    kinds = JournalEntry.objects.order_by("id").values_list("kind", "actor_role")
    assert ("privacy.proof_asked", "auditor") in kinds
    assert ("privacy.proof_ended", "system:prover") in kinds


def test_a_broken_entry_is_named_on_the_page(sealed: None) -> None:
    row = JournalEntry.objects.order_by("id")[1]
    JournalEntry.objects.filter(pk=row.pk).update(data={})
    auditor = given.browser("auditor")
    auditor.cookies["language"] = "en"
    auditor.post("/journal/proof/")
    assert work_once()
    said = auditor.get("/journal/proof/").content.decode()
    assert f"entry no. {row.pk} was altered" in said


def test_one_at_a_time_and_one_that_stands_still_is_begun_anew(sealed: None) -> None:
    auditor = given.browser("auditor")
    with frozen() as clock:
        for _twice in range(2):
            assert auditor.post("/journal/proof/").status_code == 302
        assert JournalProof.objects.count() == 1
        clock.move(minutes=11)
        auditor.post("/journal/proof/")
        stopped, running = JournalProof.objects.order_by("id")
        assert (stopped.why, stopped.whole, running.running) == ("stopped", None, True)


def test_a_step_that_runs_twice_changes_nothing(sealed: None) -> None:
    given.browser("auditor").post("/journal/proof/")
    proof = JournalProof.objects.get()
    for _step in range(5):
        prove_step(proof.pk)
    ended = JournalEntry.objects.filter(kind="privacy.proof_ended")
    assert ended.count() == 1
    proof.refresh_from_db()
    assert (proof.whole, proof.running) == (True, None)
    assert proof.ended_at is not None
    assert proof.ended_at <= now()


def test_the_part_of_the_page_writes_no_look(sealed: None) -> None:
    auditor = given.browser("auditor")
    before = JournalEntry.objects.count()
    auditor.get("/journal/proof/")
    assert JournalEntry.objects.count() == before
