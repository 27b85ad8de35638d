"""Triage: one step, the first category frozen, decision kept beside the suggestion."""

from __future__ import annotations

from dataclasses import replace

import pytest

from maplebridge.incidents.advisor import reason_sentence
from maplebridge.incidents.api import (
    as_suggested,
    brief,
    suggest_incident,
    triage_incident,
)
from maplebridge.incidents.models import Incident, Suggestion, TriageDecision
from maplebridge.incidents.tests import given
from maplebridge.kernel.clock import now
from maplebridge.kernel.errors import BadInput, Conflict, NotAllowed, NotFound
from maplebridge.kernel.geo import Point
from maplebridge.kernel.journal.models import JournalEntry
from maplebridge.kernel.numbers import new_code
from maplebridge.places.tests.factories import A2, INSIDE_A1, INSIDE_A2

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_city(db: None) -> None:
    given.city()


def test_the_first_category_is_frozen_and_a_correction_needs_no_reason_outside_the_watched() -> (
    None
):
    code = given.report().code
    triage_incident(code, given.TRIAGE, actor=given.desk())
    triage_incident(code, replace(given.TRIAGE, category="urgent_help"), actor=given.desk())
    incident = Incident.objects.get(code=code)
    assert (incident.category, incident.initial_category) == ("urgent_help", "social_linkage")
    assert [c.verb for c in incident.changes.order_by("id")] == ["receive", "triage", "triage"]
    assert JournalEntry.objects.filter(kind="incidents.triaged").count() == 2


def test_from_criminal_to_dispute_needs_a_reason() -> None:
    code = given.report("店里东西被偷了").code
    theft = replace(given.TRIAGE, category="criminal", subtype="theft", police_label="police")
    triage_incident(code, theft, actor=given.desk())
    softer = replace(theft, category="dispute", subtype="consumer")
    with pytest.raises(BadInput) as refusal:
        triage_incident(code, softer, actor=given.desk())
    assert "reason" in refusal.value.fields
    triage_incident(code, replace(softer, reason="双方有账目往来"), actor=given.desk())
    assert Incident.objects.get(code=code).category == "dispute"


def test_what_is_missing_is_named_all_at_once() -> None:
    code = given.report().code
    empty = replace(given.TRIAGE, category="", urgency="", police_label="x", lead_agency="NASA")
    with pytest.raises(BadInput) as refusal:
        triage_incident(code, empty, actor=given.desk())
    assert set(refusal.value.fields) == {"category", "urgency", "police_label", "lead_agency"}


def test_a_corrected_place_moves_the_incident_to_its_grid() -> None:
    code = given.report().code
    triage_incident(
        code, replace(given.TRIAGE, point=Point(*INSIDE_A2), precision_m=10.0), actor=given.desk()
    )
    assert Incident.objects.get(code=code).cell_code == A2


def test_decision_and_suggestion_are_kept_apart() -> None:
    received = given.report()
    incident = Incident.objects.get(code=received.code)
    for aspect, value in (("category", "social_linkage"), ("urgency", "P3"), ("co_agencies", None)):
        Suggestion.objects.create(
            incident=incident, aspect=aspect, value=value, confidence=0.9, brain_version="t",
            at=now(),
        )  # fmt: skip
    triage_incident(received.code, given.TRIAGE, actor=given.desk())
    decision = TriageDecision.objects.get()
    assert (decision.agreed, decision.overruled) == (["category"], ["urgency"])


def test_two_desks_at_once_one_wins() -> None:
    code = given.report().code
    stale = Incident.objects.get(code=code)
    triage_incident(code, given.TRIAGE, actor=given.desk())
    from maplebridge.incidents.actions.changes import move
    from maplebridge.incidents.states import Verb

    with pytest.raises(Conflict):
        move(stale, Verb.TRIAGE, actor=given.desk())


def test_hidden_and_absent_look_the_same() -> None:
    code = given.report(at=INSIDE_A2).code
    bao = given.grid_worker()  # of the next grid
    refusals = []
    for asked in (code, new_code()):
        with pytest.raises(NotFound) as refusal:
            triage_incident(asked, given.TRIAGE, actor=bao)
        refusals.append((refusal.value.code, refusal.value.sentence()))
    assert refusals[0] == refusals[1]


def test_a_grid_worker_sees_the_own_grid_but_does_not_decide() -> None:
    code = given.report().code
    with pytest.raises(NotAllowed):
        triage_incident(code, given.TRIAGE, actor=given.grid_worker())


@pytest.mark.parametrize("brain", [True, False])
def test_the_desk_works_with_and_without_the_brain(brain: bool, settings: object) -> None:
    settings.MAPLEBRIDGE = replace(settings.MAPLEBRIDGE, brain=brain)  # type: ignore[attr-defined]
    received = given.report()
    suggest_incident(received.incident_id)
    assert Suggestion.objects.exists() is brain
    triage_incident(received.code, given.TRIAGE, actor=given.desk())
    assert Incident.objects.get(code=received.code).state == "triaged"


def placed(words: str, place_words: str, at: tuple[float, float] | None = None) -> Suggestion:
    received = given.report(words, at=at, place_words=place_words)
    suggest_incident(received.incident_id)
    return Suggestion.objects.get(incident=received.incident_id, aspect="place")


def test_a_place_told_in_its_own_field_is_suggested_with_its_words() -> None:
    told = placed("老人摔倒了，起不来。", "潮平街8号门口")
    assert told.value and told.alternatives[0]["lon"] == pytest.approx(120.5479)
    language = "zh"
    said = [reason_sentence(part, "老人摔倒了，起不来。", language) for part in told.evidence]
    assert any("潮平街" in sentence for sentence in said), said
    assert all(part["start"] == -1 for part in told.evidence), "it marks nothing in other words"


def test_the_field_decides_nothing_but_the_place_and_only_where_it_is_better() -> None:
    plain = placed("路灯不亮。", "")
    beside = placed("路灯不亮。", "卫生院对面")
    kinds = [
        Suggestion.objects.get(incident=row.incident, aspect="category").value
        for row in (plain, beside)
    ]
    assert kinds[0] == kinds[1], "a clinic across the street makes no illness of a lamp"
    exact = placed("潮平街8号门口老人摔倒了。", "那条街上")
    assert exact.value and exact.evidence[0]["start"] >= 0
    pinned = placed("老人摔倒了。", "潮平街8号", at=INSIDE_A1)
    assert pinned.evidence[0]["code"] == "place.pin"


def test_suggesting_twice_changes_nothing() -> None:
    received = given.report()
    suggest_incident(received.incident_id)
    count = Suggestion.objects.count()
    assert suggest_incident(received.incident_id) is None
    assert Suggestion.objects.count() == count
    assert JournalEntry.objects.filter(kind="incidents.suggested").count() == 1


HOLE = "小区门口井盖不见了"


def test_as_suggested_is_the_matter_with_the_answers_filled_in_until_somebody_decides() -> None:
    received = given.report(HOLE, at=None, place_words="潮平街18号")
    suggest_incident(received.incident_id)
    assert brief(received.incident_id).category == ""
    guess = as_suggested(received.incident_id)
    assert (guess.category, guess.subtype) == ("social_linkage", "facility.manhole")
    assert guess.lon == pytest.approx(120.5475 + 18 * 5e-5)
    decided = replace(given.TRIAGE, category="dispute", subtype="", point=None)
    triage_incident(received.code, decided, actor=given.desk())
    assert as_suggested(received.incident_id) == brief(received.incident_id)
