"""The page that measures the suggestions: counts only, twelve weeks a page."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from maplebridge.incidents import api
from maplebridge.incidents.codes import Aspect
from maplebridge.incidents.measured import Question, Tally, measured
from maplebridge.incidents.models import Incident, Suggestion, TriageDecision
from maplebridge.incidents.tests import factories as made
from maplebridge.incidents.tests import given
from maplebridge.kernel.clock import now
from maplebridge.people.models import Post
from maplebridge.people.policies import role_may

pytestmark = pytest.mark.django_db
URL = reverse("incidents:brain")


@pytest.fixture(autouse=True)
def small_city(db: None, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    made.city_with_people()


def judged(suggested: str | None, decided: str, *, weeks_ago: int = 0, times: int = 1) -> None:
    """Matters of which the category was suggested and decided, through the verb of the desk."""
    for _n in range(times):
        code = given.report().code
        row = Incident.objects.get(code=code)
        Suggestion.objects.create(
            incident=row, aspect=Aspect.CATEGORY, value=suggested, confidence=0.7,
            brain_version="test-1", at=now(),
        )  # fmt: skip
        api.triage_incident(code, given.triage(category=decided, subtype=""), actor=given.desk())
        if weeks_ago:
            then = now() - timedelta(weeks=weeks_ago)
            TriageDecision.objects.filter(incident=row).update(at=then)
            Suggestion.objects.filter(incident=row).update(at=then - timedelta(minutes=1))


def category(page: int = 1) -> Question:
    return next(q for q in measured(page).questions if q.aspect is Aspect.CATEGORY)


def chief() -> Client:
    """Lin, as the duty chief of this shift."""
    Post.objects.filter(code="P001").update(role="duty_chief")
    return made.browser("P001")


def shown(**query: Any) -> str:
    answer = chief().get(URL, query)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", made.page(answer).partition("<main")[2]))


def test_taken_otherwise_not_sure_and_without_are_told_apart() -> None:
    judged("dispute", "dispute", times=6)
    judged("dispute", "public_order", times=5)
    judged(None, "other", times=2)
    code = given.report().code  # nobody suggested anything
    api.triage_incident(code, given.TRIAGE, actor=given.desk())
    found = category()
    assert found.total == Tally(agreed=6, otherwise=5, not_sure=2, unasked=1)
    assert found.pairs["dispute", "public_order"] == 5
    assert measured().decided == 14


def test_only_the_first_decision_counts_and_a_later_suggestion_was_none() -> None:
    judged("dispute", "dispute")
    code = Incident.objects.get().code
    api.triage_incident(code, given.triage(category="other", subtype=""), actor=given.desk())
    assert category().total == Tally(agreed=1)
    Suggestion.objects.update(at=now() + timedelta(minutes=5))
    assert category().total == Tally(unasked=1)


def test_a_group_smaller_than_five_is_not_told_apart() -> None:
    judged("dispute", "dispute", times=6)
    judged("dispute", "public_order", times=4)
    html = made.page(chief().get(URL))
    assert "&lt;5" in html
    assert "另有 4 件，各组太小" in html
    assert not re.search(r"<td>[1-4]</td>", html.partition("confusion")[2].partition("</table>")[0])
    assert "没有哪两个答案互换" in html


def test_pages_go_back_by_twelve_weeks_and_an_empty_one_says_so() -> None:
    judged("dispute", "dispute", times=5)
    judged("dispute", "dispute", weeks_ago=13, times=7)
    assert [category(1).total.agreed, category(2).total.agreed] == [5, 7]
    assert "5 次研判" in shown()
    assert "前面几周" in shown()
    assert "7 次研判" in shown(page=2)
    assert "后面几周" in shown(page=2)
    assert "这几周没有研判" in shown(page=3)
    assert "这几周没有研判" in shown(page="9" * 9)


def test_a_change_is_said_only_when_it_is_more_than_chance() -> None:
    judged("dispute", "dispute", weeks_ago=6, times=20)
    judged("dispute", "dispute", times=18)
    judged("dispute", "other", times=2)
    assert not measured().shifts[Aspect.CATEGORY].changed
    judged("dispute", "other", times=20)
    shift = measured().shifts[Aspect.CATEGORY]
    assert shift.changed
    assert (shift.before.agreement, shift.after.answered) == (1.0, 40)
    assert "前半段 20 条采纳 100%" in shown()


def test_a_critical_matter_that_was_not_suggested_so_is_counted() -> None:
    for suggested in ("P1",) * 4 + ("P3",):
        code = given.report().code
        Suggestion.objects.create(
            incident=Incident.objects.get(code=code), aspect=Aspect.URGENCY, value=suggested,
            confidence=0.9, brain_version="test-1", at=now(),
        )  # fmt: skip
        api.triage_incident(code, given.triage(urgency="P1"), actor=given.desk())
    assert "人判为特急的 5 件里，系统也建议特急的有 4 件" in shown()


def test_nobody_is_named_and_no_query_reads_who_decided() -> None:
    judged("dispute", "public_order", times=6)
    with CaptureQueriesContext(connection) as asked:
        measured()
    assert len(asked) == 5
    columns = " ".join(query["sql"] for query in asked)
    assert "account" not in columns
    html = shown()
    assert "不列出作决定的人" in html
    assert "Su He" not in html
    assert "苏禾" not in html


@pytest.mark.parametrize(
    ("role", "allowed"),
    [("duty_chief", True), ("leader", True), ("evaluator", True), ("call_taker", False),
     ("dispatcher", False), ("police_officer", False), ("grid_worker", False)],
)  # fmt: skip
def test_it_is_for_who_answers_for_the_desk(role: str, allowed: bool) -> None:
    assert role_may(given.desk(role, f"x-{role}"), "brain.measure").allowed is allowed


def test_the_dispatcher_is_turned_away() -> None:
    assert made.browser("P001").get(URL).status_code == 403
