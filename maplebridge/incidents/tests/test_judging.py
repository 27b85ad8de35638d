"""What the desk has to judge stays before its eyes, whatever happens on the street meanwhile."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest

from maplebridge.incidents import api, queries
from maplebridge.incidents.clocks import next_due
from maplebridge.incidents.models import TO_JUDGE, Incident
from maplebridge.incidents.states import State, Verb
from maplebridge.incidents.tests import factories as made
from maplebridge.incidents.tests import given
from maplebridge.kernel.errors import BadInput, Refused
from maplebridge.kernel.journal.models import JournalEntry
from maplebridge.kernel.testing import deliver, frozen

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_city(db: None) -> None:
    made.city_with_people()


def parts() -> dict[str, list[str]]:
    shown = queries.queue(given.desk())
    return {p.name: [row.code for row in p.rows] for p in shown if p.name != "to_close"}


def test_sending_or_arriving_before_a_judgement_leaves_it_to_be_judged() -> None:
    with frozen() as clock:
        code = given.report("有人在喊救命").code
        row = Incident.objects.get(code=code)
        clock.move(seconds=20)
        api.note_dispatched(row.pk, actor=given.desk())
        api.note_arrived(row.pk, actor=given.desk())
        assert parts() == {"waiting": [code], "to_send": [], "running": []}
        row.refresh_from_db()
        due = next_due(row, "P1")
        assert due is not None and due.what == "decide"
        assert due.at == row.received_at + timedelta(seconds=30), "the clock was not put back"
        html = made.page(made.browser().get(made.desk_url(code)))
        assert "力量已经出动" in html and 'id="triage"' in html and "改正" not in html
        api.triage_incident(code, given.TRIAGE, actor=given.desk())
        assert parts() == {"waiting": [], "to_send": [], "running": [code]}


def test_the_filter_and_the_row_say_the_same() -> None:
    for state, initial, floor in product(State, ("", "dispute"), ("", "P1")):
        row = Incident.objects.get(code=given.report().code)
        Incident.objects.filter(pk=row.pk).update(
            state=state, initial_category=initial, urgency_floor=floor
        )
        row.refresh_from_db()
        assert row.to_judge == Incident.objects.filter(TO_JUDGE, pk=row.pk).exists(), (
            state, initial, floor,
        )  # fmt: skip


def test_what_becomes_graver_is_put_to_the_desk_anew_and_decides_nothing() -> None:
    with frozen() as clock:
        code = given.report().code
        api.triage_incident(code, given.triage(urgency="P3"), actor=given.desk())
        row = Incident.objects.get(code=code)
        clock.move(minutes=4)
        assert api.raise_urgency(row.pk, "P1", "need_help", actor=given.desk())
        assert not api.raise_urgency(row.pk, "P2", "no_answer", actor=given.desk()), "only upward"
        row.refresh_from_db()
        assert (row.urgency, row.queue_urgency, row.state) == ("P3", "P1", State.TRIAGED)
        due = next_due(row)
        assert due is not None and due.what == "decide" and due.since == row.raised_at
        assert parts()["waiting"] == [code]
        assert JournalEntry.objects.filter(kind="incidents.urgency_raised").count() == 1
        html = made.page(made.browser().get(made.desk_url(code)))
        assert '<option value="P1" selected>' in html, "one Enter takes the graver answer"
        api.triage_incident(code, given.triage(urgency="P2"), actor=given.desk())
        row.refresh_from_db()
        assert (row.urgency, row.queue_urgency, row.urgency_floor) == ("P2", "P2", "")
        assert parts()["to_send"] == [code]


@pytest.mark.django_db(transaction=True)  # subscribers read what is committed
def test_a_suggestion_that_comes_later_does_not_lower_what_happened() -> None:
    code = given.report().code
    row = Incident.objects.get(code=code)
    api.raise_urgency(row.pk, "P1", "weapon", actor=given.desk())
    deliver()
    row.refresh_from_db()
    assert row.suggestions.filter(aspect="urgency").exists(), "the brain did answer"
    assert row.queue_urgency == "P1"
    (shown,) = [r for p in queries.queue(given.desk()) for r in p.rows]
    assert shown.urgency == "P1" and shown.urgency_is_suggested


def test_a_report_of_what_nobody_judged_gives_the_initial_category() -> None:
    code = given.report().code
    row = Incident.objects.get(code=code)
    api.note_dispatched(row.pk, actor=given.desk())
    said = replace(made.REPORTED_BACK, final_category="dispute", final_subtype="neighbour")
    api.file_scene_report(code, said, actor=given.desk())
    row.refresh_from_db()
    assert (row.initial_category, row.initial_subtype) == ("dispute", "neighbour")
    api.triage_incident(code, given.triage(category="other"), actor=given.desk())
    row.refresh_from_db()
    assert row.initial_category == "dispute", "frozen from then on"


def test_who_was_sent_and_does_not_come_is_sent_anew() -> None:
    code = given.report().code
    api.triage_incident(code, given.TRIAGE, actor=given.desk())
    row = Incident.objects.get(code=code)
    api.note_dispatched(row.pk, actor=given.desk())
    assert api.note_recalled(row.pk, actor=given.desk(), reason="stood_down")
    assert not api.note_recalled(row.pk, actor=given.desk()), "a repeat changes nothing"
    assert parts()["to_send"] == [code]
    assert api.incident_timeline(row.pk)[-1].verb == Verb.RECALL
    html = made.page(made.browser().get(f"/follow/{code}/"))
    assert "原派人员不再前往" in html


@pytest.mark.parametrize("safe", ["unsafe", "unknown"])
def test_a_number_is_not_opened_for_a_call_that_may_harm(safe: str) -> None:
    code = given.report(contact=api.ContactIn(phone="13800000000")).code
    violent = given.triage(
        category="public_order", subtype="domestic_violence", police_label="police",
        safe_contact=safe,
    )  # fmt: skip
    api.triage_incident(code, violent, actor=given.desk())
    with pytest.raises(Refused):
        api.read_contact(code, "call_back", actor=given.desk())
    assert api.read_contact(code, "handle_incident", actor=given.desk()).phone
    html = made.page(made.browser().get(made.desk_url(code)))
    assert 'value="call_back"' not in html and 'value="audit"' not in html
    assert ("可能使此人陷入危险" if safe == "unsafe" else "尚不清楚") in html


def test_nuisance_takes_a_second_person() -> None:
    code = given.report().code
    nuisance = given.triage(category="nuisance", subtype="")
    for _ in range(2):
        with pytest.raises(BadInput) as refused:
            api.triage_incident(code, nuisance, actor=given.desk())
        assert "category" in refused.value.fields
    api.mark_invalid(code, reason="连续骚扰", actor=given.desk())
    with pytest.raises(BadInput):
        api.triage_incident(code, nuisance, actor=given.desk())
    api.triage_incident(code, nuisance, actor=given.desk(name="zhou"))
    assert Incident.objects.get(code=code).category == "nuisance"


def test_what_was_reopened_is_judged_anew_also_when_help_is_sent_first() -> None:
    code = given.report().code
    api.triage_incident(code, given.TRIAGE, actor=given.desk())
    api.file_scene_report(code, made.REPORTED_BACK, actor=given.desk())
    api.reopen_incident(code, reason="又坏了", actor=given.desk())
    row = Incident.objects.get(code=code)
    api.note_dispatched(row.pk, actor=given.desk())
    assert parts()["waiting"] == [code]
    html = made.page(made.browser().get(made.desk_url(code)))
    assert "事态加重" not in html and "至少按" not in html
    api.triage_incident(code, given.TRIAGE, actor=given.desk())
    assert parts()["running"] == [code]
