"""The proof in steps says what the proof at once says, and one runs at a time."""

from __future__ import annotations

import pytest

from maplebridge.incidents.tests import factories as made
from maplebridge.kernel.clock import now
from maplebridge.kernel.jobs import work_once
from maplebridge.kernel.journal.sealing import seal_next, verify
from maplebridge.kernel.journal.upkeep import rebase
from maplebridge.kernel.models import JournalEntry, JournalSeal
from maplebridge.kernel.testing import frozen
from maplebridge.kernel.tests.crimes import CRIMES
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


def page(language: str = "en") -> str:
    """The proof as the auditor sees it, asked for there and worked through by the worker."""
    auditor = given.browser("auditor")
    auditor.cookies["language"] = language
    with frozen() as clock:
        auditor.post("/journal/proof/")
        for _step in range(5):
            work_once()
            clock.move(seconds=2)
    return auditor.get("/journal/proof/").content.decode()


def found() -> JournalProof:
    page()
    return JournalProof.objects.latest("id")


def test_a_whole_journal(sealed: None) -> None:
    entries = JournalEntry.objects.count()
    proof, once = found(), verify()
    assert (proof.whole, proof.entries, proof.chain) == (True, entries, once.chain)
    assert once.whole


def test_nothing_sealed_yet_is_whole_too() -> None:
    assert (found().whole, found().entries) == (True, 0)


@pytest.mark.parametrize("name", list(CRIMES))
def test_the_page_says_what_the_command_says(sealed: None, name: str) -> None:
    CRIMES[name].commit()
    once, proof = verify(), found()
    assert (once.whole, once.why) == (False, CRIMES[name].why)
    assert (proof.whole, proof.why) == (False, once.why)
    assert (proof.broken_seal, proof.broken_entry) == (once.broken_seal, once.broken_entry)


@pytest.mark.parametrize(
    ("name", "english", "chinese"),
    [
        ("an entry's role", "was altered", "被改动"),
        ("an entry deleted", "is gone", "缺失"),
        ("an entry earlier", "was moved to another place", "被挪动"),
        ("an entry slipped in", "Broken: entry no. 0 was put in between", "插入"),
        ("newest day deleted", "Broken: seals after no. ", "之后的封存被删除"),
        ("all seals deleted", "Broken: every seal was removed", "封存全部被删除"),
        ("no such suite", "is not what it was", "封存"),
    ],
)
def test_each_finding_is_said_in_both_languages(
    sealed: None, name: str, english: str, chinese: str
) -> None:
    CRIMES[name].commit()
    assert english in page()
    said = page("zh-hans")
    assert chinese in said
    assert "Broken" not in said


def test_what_is_done_between_two_steps_is_found_too(sealed: None) -> None:
    for crime, why in (
        (lambda: JournalSeal.objects.latest("id").delete(), "removed"),
        (lambda: JournalSeal.objects.update(chain="ab" * 32), "seal"),
    ):
        given.browser("auditor").post("/journal/proof/")
        proof = JournalProof.objects.latest("id")
        prove_step(proof.pk)  # all seals; the next step looks behind them
        crime()
        prove_step(proof.pk)
        proof.refresh_from_db()
        assert (proof.whole, proof.why) == (False, why)


def test_new_entries_while_it_runs_are_no_fault(sealed: None) -> None:
    given.browser("auditor").post("/journal/proof/")
    proof = JournalProof.objects.get()
    prove_step(proof.pk)
    given.matter()
    seal_all()
    for _step in range(3):
        prove_step(proof.pk)
    proof.refresh_from_db()
    assert (proof.whole, proof.entries) == (True, verify().entries)


def test_a_journal_moved_to_another_server_between_two_steps_is_no_fault(sealed: None) -> None:
    given.browser("auditor").post("/journal/proof/")
    proof = JournalProof.objects.get()
    prove_step(proof.pk)
    rebase()
    for _step in range(3):
        prove_step(proof.pk)
    proof.refresh_from_db()
    assert (proof.whole, proof.why) == (True, "")


def test_a_proof_nobody_carries_on_is_not_waited_for_for_ever(sealed: None) -> None:
    auditor = given.browser("auditor")
    auditor.cookies["language"] = "en"
    with frozen() as clock:
        auditor.post("/journal/proof/")
        clock.move(minutes=11)
        html = auditor.get("/journal/proof/").content.decode()
    assert "did not come to its end" in html
    assert "every 2s" not in html
    assert "Prove it now" in html


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
