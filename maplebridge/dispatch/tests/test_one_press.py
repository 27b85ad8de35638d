"""One press decides and sends, or does neither; ten seconds later it can still be taken back."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client
from django.urls import reverse

from maplebridge.dispatch.models import Call
from maplebridge.dispatch.states import CallState
from maplebridge.dispatch.tests import given
from maplebridge.dispatch.tests.test_recall import second_unit
from maplebridge.incidents import api as incidents
from maplebridge.incidents.tests.given import report
from maplebridge.kernel.actor import Actor
from maplebridge.kernel.testing import frozen
from maplebridge.people.models import Unit
from maplebridge.people.tests.factories import lin, people_of_small_city
from maplebridge.places.tests.factories import INSIDE_A1

pytestmark = pytest.mark.django_db
DECISION = {
    "category": "urgent_help", "urgency": "P2", "police_label": "police", "lead_agency": "PSB",
    "safe_contact": "unknown", "place": "", "place_words": "",
}  # fmt: skip


@pytest.fixture
def desk(db: None) -> Client:
    people_of_small_city()
    Unit.objects.update(shifts=["day", "evening", "night"])
    return signed_in(lin())


def signed_in(actor: Actor) -> Client:
    client = Client()
    client.force_login(given.account_of(actor))
    return client


def press(desk: Client, code: str, **more: object) -> str:
    answer = desk.post(reverse("incidents:triage", args=[code]), {**DECISION, **more}, follow=True)
    return str(answer.content.decode())


LOST_ELDER = {"category": "urgent_help", "subtype": "missing_elder"}


def heard(words: str, **more: object) -> str:
    """A report with the suggestions for it; its code."""
    got = report(words, at=INSIDE_A1, **more)
    incidents.suggest_incident(got.incident_id)
    return got.code


def state(code: str) -> str:
    return incidents.brief_by_code(code).state


def sent() -> list[int]:
    return list(Call.objects.exclude(state=CallState.CANCELLED).values_list("unit_id", flat=True))


def test_the_decision_and_the_sending_are_one_press(desk: Client) -> None:
    code = report("老人走丢了", at=INSIDE_A1).code
    unit = Unit.objects.get(code="X01").pk
    page = desk.get(reverse("incidents:case", args=[code])).content.decode()
    assert re.search(rf'value="{unit}" id="unit-{unit}" checked form="triage" data-n="1"', page)
    assert "确认并派出 1" in page
    assert '"no": "1"' in html.unescape(page), "the map has the same number"
    said = press(desk, code, units=[unit])
    assert state(code) == "dispatched"
    assert sent() == [unit]
    assert "已派出 1 单" in said and "已研判" in said


def test_volunteers_are_asked_by_the_press_that_decides(desk: Client) -> None:
    """Whether they may go is worked out from the suggestion; the decision is what counts."""
    given.helpers(2)
    code = heard(given.LOST, place_words="车站路")
    page = desk.get(reverse("incidents:case", args=[code])).content.decode()
    ask = re.search(r'<input type="checkbox" name="volunteers"[^>]*>', page)
    assert ask is not None and 'form="triage"' in ask[0] and "checked" in ask[0], "it is urgent"
    press(desk, code, units=[Unit.objects.get(code="X01").pk], volunteers="on", **LOST_ELDER)
    assert state(code) == "dispatched"
    assert set(Call.objects.values_list("kind", flat=True)) == {"police", "volunteer"}


def test_the_list_holds_no_suggestion_that_the_form_beside_it_does_not_hold(desk: Client) -> None:
    """News of a sending can come between a suggestion and its form; one press sends both."""
    given.helpers(2)
    code = report(given.LOST, at=INSIDE_A1).code
    url = reverse("incidents:case", args=[code])
    unfilled = '<input type="hidden" name="unfilled" value="on"'
    assert unfilled in desk.get(url).content.decode()
    incidents.suggest_incident(incidents.brief_by_code(code).id)
    told = desk.get(url, headers={"HX-Request": "true", "HX-Target": "pending"})
    assert unfilled in told.content.decode(), "they are here, and not yet in the form"
    news = {"HX-Request": "true", "HX-Target": "who-goes"}
    assert (
        'name="volunteers"' not in desk.get(url, {"unfilled": "on"}, headers=news).content.decode()
    )
    filled_in = desk.get(url, headers=news).content.decode()
    assert 'name="volunteers"' in filled_in and unfilled not in filled_in


def test_another_decision_than_the_suggested_one_keeps_volunteers_away(desk: Client) -> None:
    given.helpers(2)
    code = heard(given.LOST)
    fighting = {"category": "public_order", "subtype": "fighting"}
    said = press(desk, code, units=[Unit.objects.get(code="X01").pk], volunteers="on", **fighting)
    assert (state(code), Call.objects.count()) == ("received", 0)
    assert "志愿者" in said


def test_without_a_sure_suggestion_volunteers_wait_for_the_decision(desk: Client) -> None:
    given.helpers(2)
    code = heard("那个，怎么说呢，你们来一下吧。")
    page = desk.get(reverse("incidents:case", args=[code])).content.decode()
    assert 'name="volunteers"' not in page
    assert "请先研判类别" in page


def test_sending_first_asks_no_volunteers_yet(desk: Client) -> None:
    given.helpers(2)
    code = heard(given.LOST)
    unit = Unit.objects.get(code="X01").pk
    said = press(desk, code, units=[unit], volunteers="on", only="send", category="")
    assert (state(code), sent()) == ("dispatched", [unit])
    assert "研判之后再询问志愿者" in said


def test_a_refused_sending_takes_the_decision_back_too(desk: Client) -> None:
    given.helpers(1)
    code = report("有人晕倒", at=INSIDE_A1).code
    said = press(desk, code, urgency="P1", volunteers="on")
    assert state(code) == "received"
    assert not Call.objects.exists()
    assert "已研判" not in said


def test_the_two_halves_can_be_pressed_alone(desk: Client) -> None:
    unit = Unit.objects.get(code="X01").pk
    first, second = (report(words, at=INSIDE_A1).code for words in ("甲事", "乙事"))
    press(desk, first, units=[unit], only="decide")
    assert (state(first), sent()) == ("triaged", [])
    press(desk, second, units=[unit], only="send", category="")
    assert (state(second), sent()) == ("dispatched", [unit])


def test_within_ten_seconds_everybody_is_taken_back(desk: Client) -> None:
    code = report("老人走丢了", at=INSIDE_A1).code
    units = [Unit.objects.get(code="X01").pk, second_unit().pk]
    with frozen() as clock:
        said = press(desk, code, units=units)
        calls = re.findall(r'name="call" value="(\d+)"', said)
        assert len(calls) == 2
        assert 'data-undo="10"' in said
        clock.move(seconds=9)
        url = reverse("dispatch:undo_send", args=[code])
        back = desk.post(url, {"call": calls}, follow=True).content.decode()
    assert "已撤回" in back
    assert (state(code), sent()) == ("triaged", [])


def test_after_ten_seconds_it_says_that_they_are_stood_down_one_by_one(desk: Client) -> None:
    code = report("老人走丢了", at=INSIDE_A1).code
    unit = Unit.objects.get(code="X01").pk
    with frozen() as clock:
        calls = re.findall(r'name="call" value="(\d+)"', press(desk, code, units=[unit]))
        clock.move(seconds=30)
        url = reverse("dispatch:undo_send", args=[code])
        said = desk.post(url, {"call": calls}, follow=True).content.decode()
    assert "十秒已过" in said
    assert (state(code), sent()) == ("dispatched", [unit])


def test_nobody_takes_back_what_belongs_to_another_matter(desk: Client) -> None:
    unit = Unit.objects.get(code="X01").pk
    first, second = (report(words, at=INSIDE_A1).code for words in ("甲事", "乙事"))
    calls = re.findall(r'name="call" value="(\d+)"', press(desk, first, units=[unit]))
    desk.post(reverse("dispatch:undo_send", args=[second]), {"call": calls})
    assert (state(first), sent()) == ("dispatched", [unit])
