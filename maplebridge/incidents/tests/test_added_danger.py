"""A duplicate that adds danger puts the matter it follows to the desk; undone with the link."""

from __future__ import annotations

import pytest

from maplebridge.incidents import api, queries
from maplebridge.incidents.models import Incident
from maplebridge.incidents.tests import factories as made
from maplebridge.incidents.tests import given
from maplebridge.kernel.errors import Refused
from maplebridge.kernel.journal.models import JournalEntry
from maplebridge.kernel.testing import deliver, frozen

pytestmark = pytest.mark.django_db

CALM = "大桥路有个井盖松了"
GRAVE = "大桥路井盖没了，一个孩子掉下去受伤流血，快来人救命！"


@pytest.fixture(autouse=True)
def small_city(db: None) -> None:
    made.city_with_people()


def row(code: str) -> Incident:
    return Incident.objects.get(code=code)


def decided(urgency: str, words: str = CALM) -> str:
    code = given.report(words).code
    api.triage_incident(code, given.triage(urgency=urgency), actor=given.desk())
    return code


def merged(lead: str, *duplicates: str) -> None:
    for code in duplicates:
        api.merge_incidents(lead, code, actor=given.desk())


def stands(code: str) -> tuple[str, str, bool]:
    matter = row(code)
    return matter.urgency_floor, matter.queue_urgency, matter.to_judge


def test_a_graver_duplicate_puts_its_matter_to_the_desk_and_decides_nothing() -> None:
    with frozen() as clock:
        lead, graver = decided("P3"), decided("P1")
        before = row(lead)
        clock.move(minutes=4)
        merged(lead, graver)
        assert stands(lead) == ("P1", "P1", True)
        assert row(lead).urgency == "P3", "the decision stays until somebody judges"
        waiting = next(p for p in queries.queue(given.desk()) if p.name == "waiting")
        assert waiting.rows[0].code == lead and waiting.rows[0].due is not None
        assert waiting.rows[0].due.since == row(lead).raised_at != before.raised_at
        said = JournalEntry.objects.filter(kind="incidents.urgency_raised").get().data
        assert said["code"] == lead and said["why"] == "duplicate"
        html = made.page(made.browser().get(made.desk_url(lead)))
        assert "事态加重，请立即研判。" in html
        api.undo_merge(graver, actor=given.desk())
        after = row(lead)
        assert (after.urgency_floor, after.raised_at, after.queue_urgency) == (
            before.urgency_floor, before.raised_at, before.queue_urgency,
        )  # fmt: skip


@pytest.mark.parametrize(("lead", "duplicate"), [("P2", "P2"), ("P1", "P2"), ("P4", "P3")])
def test_what_is_not_graver_or_no_danger_changes_nothing(lead: str, duplicate: str) -> None:
    first, second = decided(lead), decided(duplicate)
    before = stands(first)
    merged(first, second)
    assert stands(first) == before


def test_each_of_several_counts_and_is_undone_by_itself() -> None:
    lead, urgent, critical = decided("P3"), decided("P2"), decided("P1")
    merged(lead, critical, urgent)
    api.undo_merge(critical, actor=given.desk())
    assert stands(lead) == ("P2", "P2", True), "the other one is still there"
    api.undo_merge(urgent, actor=given.desk())
    assert stands(lead) == ("", "P3", False)


def test_what_somebody_judged_since_is_not_taken_back() -> None:
    lead, graver = decided("P3"), decided("P1")
    merged(lead, graver)
    api.triage_incident(lead, given.triage(urgency="P2"), actor=given.desk())
    assert stands(lead) == ("", "P2", False)
    api.undo_merge(graver, actor=given.desk())
    assert stands(lead) == ("", "P2", False)


def test_a_danger_heard_once_is_heard_again_from_another_duplicate() -> None:
    lead, first, second = decided("P3"), decided("P1"), decided("P1")
    merged(lead, first)
    api.triage_incident(lead, given.triage(urgency="P3"), actor=given.desk())
    merged(lead, second)
    assert stands(lead) == ("P1", "P1", True)


def test_a_call_for_help_in_between_outlives_the_link() -> None:
    lead, graver = decided("P3"), decided("P1")
    merged(lead, graver)
    assert api.raise_urgency(row(lead).pk, "P1", "need_help", actor=given.desk())
    api.undo_merge(graver, actor=given.desk())
    assert stands(lead) == ("P1", "P1", True)


def test_the_graver_one_is_not_tucked_away_under_what_has_ended() -> None:
    ended, graver = made.settled(), decided("P1")
    with pytest.raises(Refused) as said:
        merged(ended, graver)
    assert said.value.code == "merge.graver"
    assert row(graver).state == "triaged"
    merged(made.settled(), decided("P3"))  # its like may follow: it was dealt with


@pytest.mark.django_db(transaction=True)
def test_a_suggestion_that_comes_after_the_merge_is_heard_like_one_before() -> None:
    lead, late = decided("P3"), given.report(GRAVE).code
    merged(lead, late)
    assert stands(lead) == ("", "P3", False)
    deliver()
    floor, queue, to_judge = stands(lead)
    assert floor == queue == row(late).queue_urgency < "P3" and to_judge
    api.undo_merge(late, actor=given.desk())
    assert stands(lead) == ("", "P3", False)


@pytest.mark.django_db(transaction=True)
def test_the_suggestion_for_the_lead_itself_stays_when_the_link_goes() -> None:
    lead, graver = given.report(CALM).code, decided("P1")
    alone = given.report(CALM, at=None).code
    merged(lead, graver)
    deliver()
    assert stands(lead) == ("P1", "P1", True)
    api.undo_merge(graver, actor=given.desk())
    assert row(lead).queue_urgency == row(alone).queue_urgency
    assert row(lead).urgency_floor == ""


def test_every_reporter_keeps_a_code_and_hears_what_becomes_of_the_matter() -> None:
    lead = decided("P3")
    others = [decided("P3") for _ in range(3)]
    merged(lead, *others)
    api.file_scene_report(lead, made.REPORTED_BACK, actor=given.desk())
    browser = made.browser()
    for code in [lead, *others]:
        html = made.page(browser.get(made.follow_url(code)))
        assert "井盖已经装好" in html
        assert code in html
        assert not [c for c in [lead, *others] if c != code and c in html], "nobody else's code"
