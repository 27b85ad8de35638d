"""Facts on the matter's page: shown as they were said, put where a person presses them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from django.utils import timezone

from maplebridge.incidents.models import Incident, Report
from maplebridge.incidents.tests import factories as made
from maplebridge.incidents.tests import given
from maplebridge.incidents.tests.test_web_case import DECISION, do, shown

pytestmark = pytest.mark.django_db
FIGHT = "昨天下午三点两个人拿着钢管打架，没人受伤，明天下午三点他们还要来。"
SAID_AT = datetime(2026, 3, 4, 1, 0, tzinfo=UTC)  # nine in the morning in the town


@pytest.fixture(autouse=True)
def small_city(db: None, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    made.city_with_people()


def fight() -> str:
    return given.report(FIGHT, reported_at=SAID_AT).code


def chips(html: str) -> list[str]:
    part = html.partition("data-facts")[2].partition("</ul>")[0]
    return [re.sub(r"<[^>]+>|\s+", " ", li).strip() for li in re.findall(r"<li>.*?</li>", part)]


def test_every_fact_is_shown_and_what_has_a_field_can_be_put_there() -> None:
    html = shown(fight())
    said = chips(html)
    assert [len(said), "昨天下午三点" in said[0], "钢管" in said[2]] == [5, True, True]
    assert "说没有" in said[3]  # nobody is hurt
    put = re.findall(r'data-fact="(\w+)" data-value="([^"]*)"', html)
    # Tomorrow's threat is no time at which it happened: shown, and nothing to press.
    assert put == [("id_occurred_at", "2026-03-03T15:00")]
    assert 'id="id_occurred_at"' in html


def test_when_it_happened_is_part_of_the_decision() -> None:
    code = fight()
    do(code, "triage", {**DECISION, "occurred_at": "2026-03-03T15:00"})
    at = Incident.objects.get(code=code).occurred_at
    assert at is not None
    assert timezone.localtime(at).isoformat() == "2026-03-03T15:00:00+08:00"
    html = shown(code)
    assert 'value="2026-03-03T15:00"' in html
    do(code, "triage", {**DECISION, "urgency": "P1", "occurred_at": ""})
    assert Incident.objects.get(code=code).occurred_at == at  # an empty field takes nothing back


def test_it_can_not_have_happened_tomorrow() -> None:
    code = fight()
    answer = do(code, "triage", {**DECISION, "occurred_at": "2999-01-01T00:00"})
    assert answer.status_code == 422
    assert "发生时间不能晚于现在" in made.page(answer)
    assert Incident.objects.get(code=code).category == ""


def test_facts_are_read_anew_and_go_with_the_words() -> None:
    code = fight()
    before = chips(shown(code))
    assert before == chips(shown(code))
    Report.objects.update(narrative="")  # emptied at the end of its time
    assert chips(shown(code)) == []


def test_with_the_brain_off_there_are_no_facts(settings: Any) -> None:
    code = fight()
    settings.MAPLEBRIDGE = replace(settings.MAPLEBRIDGE, brain=False)
    assert "data-facts" not in shown(code)
