"""A day again: what was known at each minute, and nothing that was decided later."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from maplebridge.incidents.models import Incident
from maplebridge.indicators.tests.factories import BEGIN, City
from maplebridge.kernel.errors import NotFound
from maplebridge.kernel.testing import LIN, deliver, frozen
from maplebridge.live import replay, wall
from maplebridge.live.replay import Day
from maplebridge.live.tests.rows import Rows
from maplebridge.live.tests.scenes import Town, quarrel, town
from maplebridge.live.tests.test_personal import assert_none_in
from maplebridge.live.tests.test_wall import signed_in
from maplebridge.people.models import Account

django = pytest.mark.django_db
committed = pytest.mark.django_db(transaction=True)
TODAY = date(2026, 7, 14)  # BEGIN is 09:00 of it
NINE = 9 * 60
PAGES = ("/wall/replay/?day=2026-07-14&minute=1439", "/wall/replay/day.json?day=2026-07-14")
# The same day as in frontend/tests/replay.test.ts, which adds it up to the same figures.
SMALL = Day(
    day=TODAY, last=1439, cells=("G1", "G2"), opened=((0, 2, 1),),
    changes=(
        (540, 1, -1, 0, -1, 0, -1, 0), (545, 1, 0, 1, 0, 6, 0, 1),
        (600, 0, 2, -1, -1, -1, -1, -1), (700, 1, 1, -1, 6, 6, 1, 1),
    ),
    ways=((550, 1, 1), (560, 1, -1)), arrivals=((560, 1), (640, 0)), alarms=((541, 1), (542, 0)),
)  # fmt: skip


@pytest.fixture(autouse=True)
def evening() -> object:
    with frozen(BEGIN + timedelta(hours=12)) as clock:
        yield clock


@pytest.fixture
def here(db: None) -> Town:
    return town()


def compiled(day: date = TODAY) -> Day:
    return replay.compile_day(day, BEGIN + timedelta(hours=12))


def test_a_day_adds_up_to_what_was_known_at_each_minute() -> None:
    assert replay.frame(SMALL, 0).cells == {"G1": {2: 1}}
    assert replay.frame(SMALL, 540).cells == {"G1": {2: 1}, "G2": {0: 1}}
    assert replay.frame(SMALL, 540).kinds == {0: 1}
    assert replay.frame(SMALL, 545).cells["G2"] == {1: 1}
    assert replay.frame(SMALL, 545).kinds == {6: 1}
    assert [replay.frame(SMALL, m).going for m in (549, 550, 559, 560)] == [
        {}, {"G2": 1}, {"G2": 1}, {},
    ]  # fmt: skip
    late = replay.frame(SMALL, 1439)
    assert (late.cells, late.received, late.first, late.half) == ({}, 1, (1, 2), (1, 2))


def test_before_the_decision_a_matter_stands_there_unjudged(here: Town) -> None:
    city = City()
    row = city.receive(cell=here.cells[0].pk)
    city.wait(600)
    city.triage(row, "dispute", "P1")
    city.wait(600)
    city.triage(row, "criminal", "P2")
    city.wait(600)
    city.move(row, "close", "closed")
    day = compiled()
    seen = [replay.frame(day, NINE + minute).cells for minute in (-1, 0, 10, 20, 30)]
    assert seen == [{}, {"G1": {0: 1}}, {"G1": {1: 1}}, {"G1": {2: 1}}, {}]
    first_kind = replay.KINDS.index("dispute") + 1
    assert replay.frame(day, 1439).kinds == {first_kind: 1}  # the first decision counts
    assert replay.frame(day, 1439).urgencies == {1: 1}


def test_a_merged_report_is_taken_out_when_it_was_merged_and_not_before(here: Town) -> None:
    city = City()
    master, twice = city.receive(cell=here.cells[0].pk), city.receive(cell=here.cells[1].pk)
    city.wait(300)
    before = city.merge(master, twice)
    city.wait(300)
    city.undo(master, twice, before)
    day = compiled()
    assert [replay.frame(day, NINE + m).received for m in (0, 4, 5, 9, 10)] == [2, 2, 1, 1, 2]


def test_what_was_open_at_midnight_is_there_and_is_not_counted_as_of_the_day(here: Town) -> None:
    city = City(now=BEGIN - timedelta(hours=20))
    city.triage(city.receive(cell=here.cells[0].pk), "dispute", "P2")
    closed = city.receive(cell=here.cells[1].pk)
    city.move(closed, "close", "closed")
    frame = replay.frame(compiled(), 0)
    assert frame.cells == {"G1": {2: 1}}
    assert frame.received == 0


def test_an_old_matter_that_has_been_closed_since_is_found_by_its_step_of_the_day(
    here: Town,
) -> None:
    city = City(now=BEGIN - timedelta(days=60))
    row = city.receive(cell=here.cells[0].pk)
    city.now = BEGIN
    city.move(row, "close", "closed")
    Incident.objects.filter(pk=row.pk).update(closed_at=BEGIN)
    day = compiled()
    assert replay.frame(day, 0).cells == {"G1": {0: 1}}
    assert replay.frame(day, NINE).cells == {}


def test_a_confidential_matter_is_counted_and_on_no_map(here: Town) -> None:
    row = City().receive(cell=here.cells[0].pk)
    Incident.objects.filter(pk=row.pk).update(confidential=True)
    frame = replay.frame(compiled(), 1439)
    assert (frame.received, frame.cells, frame.without_place) == (1, {}, 0)


def test_who_was_first_is_there_from_the_minute_of_the_arrival(here: Town) -> None:
    city = City()
    city.arrive(city.receive(), "volunteer", 600)
    city.arrive(city.receive(), "police", 1200)
    day = compiled()
    assert [replay.frame(day, NINE + m).first for m in (9, 10, 20)] == [(0, 0), (1, 1), (1, 2)]


@committed
@pytest.mark.parametrize("hours", [1, 5, 11])
def test_the_replay_of_now_is_the_wall_of_now(hours: int) -> None:
    """Received, kinds and urgencies as the roll-ups say, open matters as the rows say."""
    here, city = town(), City()
    for n in range(6):
        row = city.receive(cell=here.cells[n % 2].pk)
        city.wait(60)
        if n % 3:
            city.triage(row, "dispute", f"P{n % 4 + 1}")
        if n == 4:
            city.move(row, "close", "closed")
    deliver()
    with frozen(BEGIN + timedelta(hours=hours)):
        live = wall.scene(BEGIN + timedelta(hours=hours), LIN)
    frame = replay.frame(compiled(), NINE + 60 * hours)
    assert frame.received == live.figures.received.n
    assert sum(sum(n.values()) for n in frame.cells.values()) == sum(m.n for m in live.map.markers)
    said = {f"P{level}" if level else "": n for level, n in frame.urgencies.items()}
    assert said == {part.key: part.n for part in live.figures.by_urgency}


@django
@pytest.mark.parametrize(
    "day", ["2026-07-13", "2026-07-15", "1999-01-01", "yesterday", "2026-13-40"]
)
def test_only_days_that_exist_can_be_seen(day: str) -> None:
    town()
    City().receive()
    for page in ("/wall/replay/", "/wall/replay/day.json"):
        assert signed_in_once("leader").get(page, {"day": day}).status_code == 404


def signed_in_once(role: str) -> Client:
    account = Account.objects.filter(username=f"demo-{role}").first()
    if account is None:
        return signed_in(role)
    client = Client()
    client.force_login(account)
    return client


@django
def test_without_a_record_there_is_no_day() -> None:
    with pytest.raises(NotFound):
        compiled()
    assert signed_in("leader").get("/wall/replay/").status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_a_replay_is_for_those_who_may_see_the_wall(
    here: Town, settings: Settings, page: str
) -> None:
    City().receive()
    assert Client().get(page).status_code in (302, 403)
    assert signed_in("volunteer").get(page).status_code == 403
    assert signed_in("leader").get(page).status_code == 200
    settings.MAPLEBRIDGE = dataclasses.replace(settings.MAPLEBRIDGE, mode="demo")
    assert Client().get(page).status_code == 200


def test_a_stranger_cannot_have_days_compiled_without_end(here: Town, settings: Settings) -> None:
    City().receive()
    few = dataclasses.replace(settings.MAPLEBRIDGE, mode="demo", lookups_per_minute=2)
    settings.MAPLEBRIDGE = few
    cache.clear()
    found = [Client().get(PAGES[n % 2]).status_code for n in range(3)]
    cache.clear()
    assert found == [200, 200, 429]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_nobody_takes_the_past_for_now(here: Town, language: str) -> None:
    City().receive(cell=here.cells[0].pk)
    client = signed_in("leader")
    client.cookies["language"] = language
    shown = client.get("/wall/replay/?day=2026-07-14&minute=872").content.decode()
    for words in {"zh-hans": ("回放", "不是现在"), "en": ("Replay", "not now")}[language]:
        assert words in shown
    assert "14:32" in shown
    assert 'href="/wall/"' in shown  # the way back to now
    assert "data-live" not in shown  # it hears nothing of today
    assert 'data-figure="received">1<' in shown  # also without scripts


def test_a_minute_that_is_not_there_yet_is_the_last_there_is(here: Town) -> None:
    City().receive()
    client = signed_in("leader")
    for minute in ("1439", "99999", "-5", "x"):
        assert (
            client.get("/wall/replay/", {"day": "2026-07-14", "minute": minute}).status_code == 200
        )
    shown = client.get("/wall/replay/?day=2026-07-14&minute=1439").content.decode()
    assert ">21:00<" in shown


@committed
@pytest.mark.parametrize("page", PAGES)
def test_no_personal_value_is_in_a_replay(page: str) -> None:
    here, rows = town(), Rows()
    for row in (*quarrel(City(), here.cells[0]), here.cells[0], here.station):
        rows.adopt(row)
    rows.every_personal_one()
    shown = signed_in("leader").get(page).content.decode()
    assert "G1" in shown
    assert_none_in(shown, rows, page)
    for code in Incident.objects.values_list("code", flat=True):
        assert code not in shown


def test_a_day_costs_the_same_queries_for_any_number_of_matters(
    here: Town, django_assert_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    city = City()
    for several in (3, 30):
        for _ in range(several):
            city.triage(city.receive(cell=here.cells[0].pk))
        with django_assert_num_queries(7):
            compiled()


@given(st.integers(0, 1439), st.integers(0, 1439))
def test_time_only_adds_reports_where_nothing_is_merged(one: int, other: int) -> None:
    early, late = sorted((one, other))
    assert replay.frame(SMALL, early).received <= replay.frame(SMALL, late).received


def test_the_numbers_are_numbers(here: Town) -> None:
    City().receive(cell=here.cells[0].pk)
    said = json.loads(json.dumps(replay.as_json(compiled(), {"G1": (10, 20)})))
    assert said["cells"] == [["G1", 10, 20]]
    assert said["changes"] == [[540, 0, -1, 0, -1, 0, -1, 0]]
    assert set(said) == {"day", "last", "cells", "opened", "changes", "ways", "arrivals", "alarms"}
