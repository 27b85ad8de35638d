"""Hints while somebody types: they read, answer, keep nothing, and give nobody away."""

from __future__ import annotations

import dataclasses
import re
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core import signing
from django.test import Client

from maplebridge.incidents.actions import same
from maplebridge.incidents.api import (
    OPEN,
    ContactIn,
    State,
    followed_incident,
    triage_incident,
    undo_merge,
)
from maplebridge.incidents.models import Incident, MergeLink, Suggestion, Supplement
from maplebridge.incidents.tests import factories as made
from maplebridge.incidents.tests import given
from maplebridge.kernel.journal.models import JournalEntry
from maplebridge.kernel.testing import assert_no_personal, frozen

pytestmark = pytest.mark.django_db

HERE = {"lon": "120.5475", "lat": "27.5822", "precision_m": "20"}
COVER = "小区门口的井盖没有了，很危险"
LINK = re.compile(r'data-same-yes="([^"]+)"')


@pytest.fixture(autouse=True)
def small_city(db: None, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    made.city_with_people()


def hints(words: str, **fields: str) -> str:
    response = Client().post("/hints/", {"narrative": words, **fields})
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    return made.page(response)


def known_cover(**changed: Any) -> str:
    """The code of an open matter about a cover that the desk has judged."""
    code = given.report(**changed).code
    triage_incident(code, given.TRIAGE, actor=given.desk())
    return code


def test_the_likely_kind_is_said_as_a_suggestion() -> None:
    html = hints(COVER)
    assert "像是：" in html
    assert "<b>井盖</b>" in html
    assert "hint" in html  # the dashed edge of what nobody decided
    assert "值班员来定" in html


@pytest.mark.parametrize(
    ("words", "danger"),
    [
        ("楼道里着火了，好多烟", "fire"),
        ("厨房里一股煤气味", "gas"),
        ("有人晕倒了叫不醒", "hurt"),
        ("我老公又打我了", "attack"),
        ("我不想活了", "self"),
        ("My husband hits me", "attack"),
    ],
)
def test_danger_is_heard(words: str, danger: str) -> None:
    found = re.search(r'data-dangers="([^"]*)"', hints(words))
    assert found
    assert danger in found[1].split()


@pytest.mark.parametrize(
    "words", ["我老公又打我了", "我要举报那家赌场", "民警态度很差", "我不想活了"]
)
def test_what_others_should_not_read_over_a_shoulder_is_not_guessed_aloud(words: str) -> None:
    assert "像是" not in hints(words, **HERE)


def test_nothing_that_is_typed_leaves_a_trace() -> None:
    known_cover()
    before = (JournalEntry.objects.count(), Incident.objects.count(), Suggestion.objects.count())
    client = Client()
    assert client.post("/hints/", {"narrative": COVER, **HERE}).status_code == 200
    after = (JournalEntry.objects.count(), Incident.objects.count(), Suggestion.objects.count())
    assert after == before
    assert not client.session.keys()


def test_the_page_itself_brings_the_numbers_without_a_network() -> None:
    html = made.page(Client().get("/"))
    for word in ("着火", "煤气味", "砍人", "不想活"):
        assert word in html
    assert html.count("data-danger=") == 8
    assert 'role="alert" data-dangers-now hidden' in html


def test_a_known_public_thing_near_by_is_offered_by_kind_minute_and_grid_only() -> None:
    with frozen() as clock:
        code = known_cover(contact=ContactIn(name="陈建国", phone="13800138000"))
        clock.move(minutes=20)
        html = hints(COVER, **HERE)
    incident = Incident.objects.get(code=code)
    assert "有人报过：井盖" in html
    assert code not in html  # a code opens the other's page
    assert_no_personal(html, [incident, *incident.reports.all(), incident.contact])


def test_far_away_or_without_a_place_nothing_is_offered() -> None:
    known_cover()
    assert not LINK.search(hints(COVER))
    assert not LINK.search(hints(COVER, lon="120.5975", lat="27.5822"))


@pytest.mark.parametrize(
    ("words", "decision"),
    [
        ("楼上又打老婆了，孩子在哭", {"category": "public_order", "subtype": "domestic_violence"}),
        ("隔壁烧烤店油烟太大", {"category": "social_linkage", "subtype": "oil_fume"}),
        ("我要举报地下赌场", {"category": "tip_off", "subtype": "gambling"}),
        ("民警态度很差", {"category": "complaint_on_police", "subtype": "attitude"}),
    ],
)
def test_matters_between_people_are_never_offered(words: str, decision: dict[str, str]) -> None:
    code = given.report(words).code
    triage_incident(code, given.triage(**decision, police_label="mixed"), actor=given.desk())
    html = hints(words, **HERE)
    assert not LINK.search(html)
    assert "有人报过" not in html


@pytest.mark.parametrize(
    "kept",
    [{"confidential": True}, {"contact": ContactIn(phone="13800138000", safe_contact="unsafe")}],
)
def test_who_asked_for_silence_is_not_offered(kept: dict[str, Any]) -> None:
    known_cover(**kept)
    assert not LINK.search(hints(COVER, **HERE))


def test_what_the_desk_has_not_judged_counts_by_what_triage_suggested() -> None:
    code = given.report("路口井盖没了，路过要小心").code
    assert not LINK.search(hints(COVER, **HERE))
    made.suggest(code)
    assert LINK.search(hints(COVER, **HERE))


def follow_it(words: str = COVER, link: str = "") -> Incident:
    found = LINK.search(hints(COVER, **HERE))
    sealed = link or (found[1] if found else "")
    answer = Client().post("/", made.typed(narrative=words, same_as=sealed))
    return followed_incident(answer["Location"].split("/")[2])


def test_the_same_one_is_a_report_with_a_code_of_its_own_and_the_desk_can_undo_it() -> None:
    known = Incident.objects.get(code=known_cover())
    mine = follow_it()
    assert mine.code != known.code
    assert mine.state == State.MERGED
    assert MergeLink.objects.get().master == known
    page = made.page(Client().get(made.follow_url(mine.code)))
    assert known.code not in page
    assert "值班员看过了" in page  # the news of the one that was known
    assert "居民说是同一个" in made.page(made.browser().get(made.desk_url(mine.code)))
    assert undo_merge(mine.code, actor=given.desk()).state == State.RECEIVED


@pytest.mark.parametrize("link", ["1", "x:y:z", "of another seal"])
def test_a_forged_link_leaves_a_report_like_any_other(link: str) -> None:
    known_cover()
    sealed = signing.dumps(1, salt="another") if " " in link else link
    assert follow_it(link=sealed).state == State.RECEIVED


def test_a_link_grows_old() -> None:
    with frozen():
        known_cover()
        link = same.seal_same(Incident.objects.get().pk)
    found = signing.loads(link, salt=same.SALT)
    assert found == Incident.objects.get().pk
    with pytest.raises(signing.SignatureExpired):
        signing.loads(link, salt=same.SALT, max_age=-1)


def test_graver_words_are_never_tucked_away_under_a_calmer_matter() -> None:
    known_cover()
    mine = follow_it("井盖没了，有人掉进井里，叫不醒，快来")
    assert mine.state == State.RECEIVED
    assert not MergeLink.objects.exists()


def test_a_link_to_a_matter_between_people_joins_nothing() -> None:
    code = given.report("楼上又打老婆了").code
    hidden = given.triage(
        category="public_order", subtype="domestic_violence", police_label="police"
    )
    triage_incident(code, hidden, actor=given.desk())
    link = same.seal_same(Incident.objects.get(code=code).pk)
    assert follow_it(link=link).state == State.RECEIVED


def test_sent_twice_it_is_joined_once_and_nothing_is_added() -> None:
    known_cover()
    link = same.seal_same(Incident.objects.get().pk)
    typed = made.typed(narrative=COVER, same_as=link)
    first, second = Client().post("/", typed), Client().post("/", typed)
    assert first["Location"] == second["Location"]
    assert (MergeLink.objects.count(), Supplement.objects.count()) == (1, 0)


def test_with_the_brain_off_reporting_works_and_hints_are_silent(settings: Any) -> None:
    settings.MAPLEBRIDGE = dataclasses.replace(django_settings.MAPLEBRIDGE, brain=False)
    html = hints(COVER, **HERE)
    assert "像是" not in html
    assert Client().post("/", made.typed()).status_code == 302
    assert Incident.objects.get().state in OPEN


@pytest.mark.parametrize(
    "odd", [{"lon": "x", "lat": "9"}, {"lon": "1e400", "lat": "0"}, {"frame": "mars"}]
)
def test_odd_pins_are_left_out(odd: dict[str, str]) -> None:
    assert "井盖" in hints(COVER, **odd)


def test_only_a_post_with_its_token_is_answered() -> None:
    assert Client().get("/hints/").status_code == 405
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/hints/", {"narrative": COVER}).status_code == 403


def test_hints_are_limited_apart_from_reports(settings: Any) -> None:
    few = dataclasses.replace(django_settings.MAPLEBRIDGE, lookups_per_minute=2)
    settings.MAPLEBRIDGE = few
    with frozen():  # within one minute
        answers = [Client().post("/hints/", {"narrative": COVER}).status_code for _ in range(3)]
    assert answers == [200, 200, 429]
    assert Client().post("/", made.typed()).status_code == 302
