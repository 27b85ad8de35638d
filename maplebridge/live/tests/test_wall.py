"""The wall: what it shows, what it must never show, and that it stays right."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import translation
from pytest_django.fixtures import Settings

from maplebridge.dispatch.models import Call
from maplebridge.indicators import api as indicators
from maplebridge.indicators.tests.factories import BEGIN, City
from maplebridge.kernel.errors import NotAllowed, NotFound
from maplebridge.kernel.testing import CHEN, LIN, assert_no_personal, deliver, frozen
from maplebridge.live import drawing, notes, wall
from maplebridge.live.api import snapshot
from maplebridge.live.testing import assert_replays
from maplebridge.live.tests.scenes import Town, quarrel, town
from maplebridge.people.models import Account, Post

pytestmark = pytest.mark.django_db
# Readers of the journal see what is committed; so stories with deliveries really commit.
committed = pytest.mark.django_db(transaction=True)
PAGES = ("/wall/", "/wall/now/", "/wall/events.json")


@pytest.fixture(autouse=True)
def standing_still() -> object:
    with frozen(BEGIN) as clock:
        yield clock


@pytest.fixture
def here() -> Town:
    return town()


def signed_in(role: str) -> Client:
    account = Account.objects.create_user(f"demo-{role}", "a long made-up word")
    Post.objects.create(code=f"post-{role}", role=role, account=account)
    client = Client()
    client.force_login(account)
    return client


@committed
def test_no_personal_word_of_three_quarrelling_people_is_on_the_wall(here: Town) -> None:
    rows = [row for cell in here.cells for row in quarrel(City(), cell)]
    deliver()
    leader = signed_in("leader")
    for page in PAGES:
        shown = leader.get(page).content.decode()
        assert_no_personal(shown, rows)
        for word in ("13900000000", "甲小满", "77号", "120.517", "27.508"):
            assert word not in shown
        for row in rows:
            assert getattr(row, "code", "not shown at all") not in shown


def test_a_quarrel_is_a_dot_at_the_centre_of_its_grid(here: Town) -> None:
    quarrel(City(), here.cells[0], "P1")
    quarrel(City(), here.cells[0], "P3")
    [feature] = json.loads(json.dumps(wall.events_geojson()))["features"]
    cell = here.cells[0]
    assert feature["geometry"]["coordinates"] == [cell.centroid_lon, cell.centroid_lat]
    assert feature["properties"] == {
        "cell": "G1", "urgency": "P1", "n": 2, "by_urgency": {"P1": 1, "P3": 1},
    }  # fmt: skip


def test_confidential_and_finished_matters_are_on_no_map(here: Town) -> None:
    city = City()
    hidden, _report, _contact = quarrel(city, here.cells[0])
    type(hidden)._default_manager.filter(pk=hidden.pk).update(confidential=True)
    done = city.receive(cell=here.cells[1].pk)
    city.move(done, "close", "closed")
    assert wall.events_geojson()["features"] == []


def test_matters_without_a_place_are_counted_beside_the_map(here: Town) -> None:
    City().receive()
    assert wall.scene(BEGIN, LIN).map.without_place == 1


@pytest.mark.parametrize("page", PAGES)
def test_the_wall_is_for_staff_and_leaders_unless_it_is_public(
    here: Town, settings: Settings, page: str
) -> None:
    assert Client().get(page).status_code in (302, 403)
    assert signed_in("volunteer").get(page).status_code == 403
    assert signed_in("leader").get(page).status_code == 200
    settings.MAPLEBRIDGE = dataclasses.replace(settings.MAPLEBRIDGE, mode="demo")
    assert Client().get(page).status_code == 200


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_an_empty_city_has_a_wall_too(language: str) -> None:
    client = signed_in("leader")
    client.cookies["language"] = language
    shown = client.get("/wall/").content.decode()
    assert ('<html lang="en"' in shown) is (language == "en")
    assert re.search(BIG.format("received", 0), shown)


@committed
def test_the_wall_carries_figures_definitions_and_the_stream(here: Town) -> None:
    quarrel(City(), here.cells[0])
    deliver()
    shown = signed_in("leader").get("/wall/").content.decode()
    assert 'data-live="/events?topic=wall"' in shown
    assert 'data-face="wall"' in shown
    assert re.search(BIG.format("received", 1), shown)
    for metric in ("received", "open_orders", "first_arrival", "half_minute", "stations_complete"):
        assert f'href="/figures/{metric}/"' in shown
    assert "style=" not in shown  # the content policy forbids inline style
    assert "<script>" not in shown


BIG = r'class="num num-xl"><a href="/figures/{}/" tabindex="-1">{}<'
TILES = ("received", "clocks", "first", "half", "times", "posts", "comp")
OF_THE_WALL = (
    "received", "received_24h", "received.category", "received.urgency", "open_orders",
    "open_calls", "first_arrival", "arrival_time", "decision_time", "half_minute",
    "stations_complete", "received_change_month", "received_change_day",
)  # fmt: skip


def tile(shown: str, name: str) -> str:
    part = shown.partition(f'<section class="tile t-{name}')[2].partition("</section>")[0]
    assert part, f"no tile {name}"
    return re.sub(r"\s+", " ", re.sub(r"<svg.*?</svg>|<[^>]*>", " ", part))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_each_tile_leads_to_its_definition_and_says_how_old_it_is(
    here: Town, language: str
) -> None:
    client = signed_in("leader")
    client.cookies["language"] = language
    shown = client.get("/wall/").content.decode()
    for name in TILES:
        said = tile(shown, name)
        assert ("至 09:00" if language == "zh-hans" else "to 09:00") in said, name
        assert ("最后已知 09:00" if language == "zh-hans" else "Last known 09:00") in said, name
    for metric in OF_THE_WALL:
        assert f'href="/figures/{metric}/' in shown, metric


@committed
def test_what_was_reported_is_drawn_by_urgency(here: Town) -> None:
    city = City()
    for urgency in ("P1", "P1", "P3"):
        city.triage(city.receive(), "dispute", urgency)
    city.receive()
    deliver()
    client = signed_in("leader")
    client.cookies["language"] = "en"
    shown = client.get("/wall/").content.decode()
    said = tile(shown, "received")
    for words in ("Critical 2", "Urgent 0", "Normal 1", "Planned 0", "Not judged yet 1"):
        assert words in said
    assert 'href="/figures/received.urgency/?key=P1"' in shown


@committed
def test_soon_after_midnight_the_day_is_24_hours_and_says_so(here: Town) -> None:
    city = City()  # at nine in the morning; five in the morning is twenty hours later
    for _ in range(3):
        city.arrive(city.receive(), "volunteer", 60)
    deliver()
    with translation.override("en"), frozen(BEGIN + timedelta(hours=20, minutes=10)):
        client = signed_in("leader")
        client.cookies["language"] = "en"
        shown = client.get("/wall/").content.decode()
    assert re.search(BIG.format("received_24h", 3), shown)
    assert "Since midnight 0" in tile(shown, "received")
    assert "By kind · last 24 hours Not judged yet 3" in tile(shown, "received")
    assert "last 24 hours" in tile(shown, "first")
    assert "100 % 3 of 3" in tile(shown, "first")
    assert "24 h – Cannot tell" in tile(shown, "comp")


@committed
def test_median_and_nine_in_ten_stand_with_their_cases_however_few(here: Town) -> None:
    city = City()
    for kind, after in (("volunteer", 200), ("police", 300), ("volunteer", 400)):
        row = city.receive()
        city.wait(30)
        city.triage(row)
        city.arrive(row, kind, after)
    deliver()
    client = signed_in("leader")
    client.cookies["language"] = "en"
    said = tile(client.get("/wall/").content.decode(), "times")
    assert "First on the spot · 3 cases few Median 5 m 0 s 9 in 10 6 m 40 s" in said
    assert "Decision at the desk · 3 cases few Median 30 s 9 in 10 30 s" in said
    volunteers = tile(client.get("/wall/").content.decode(), "first")
    assert "few Median 5 m 0 s 9 in 10 within 6 m 40 s" in volunteers


@committed
def test_a_share_of_few_keeps_its_interval_and_its_mark(here: Town) -> None:
    city = City()
    city.arrive(city.receive(), "volunteer", 200)
    city.arrive(city.receive(), "police", 200)
    deliver()
    client = signed_in("leader")
    client.cookies["language"] = "en"
    said = tile(client.get("/wall/").content.decode(), "first")
    assert "50 % 1 of 2 Interval 9–91 % few Median" in said


def test_clocks_are_those_of_orders_and_of_calls_for_help(here: Town) -> None:
    city = City()
    late, in_time = BEGIN - timedelta(minutes=1), BEGIN + timedelta(hours=2)
    states = (
        ("offered", late), ("offered", in_time), ("accepted", late), ("accepted", in_time),
        ("arrived", late), ("handed_over", late), ("escalated", in_time), ("confirmed", late),
        ("cancelled", late), ("expired", late),
    )  # fmt: skip
    for state, until in states:
        Call.objects.create(
            incident=city.receive(), kind="volunteer", order_type="x", state=state,
            opened_at=BEGIN, expires_at=until, promised_at=until,
        )  # fmt: skip
    for due in (-60, 600, 7200):
        city.order(city.receive(), "UMLE", due=due)
    found = wall.scene(BEGIN, LIN).figures
    assert (found.calls.figure.n, found.calls.overdue) == (7, 3)
    assert (found.clocks.figure.n, found.clocks.overdue, found.clocks.soon) == (3, 1, 1)
    client = signed_in("leader")
    client.cookies["language"] = "en"
    said = tile(client.get("/wall/").content.decode(), "clocks")
    assert "Orders 3 Overdue 1 Soon 1" in said
    assert "Calls for help 7 Overdue 3" in said


@committed
def test_the_rows_of_kinds_add_up_to_the_total(here: Town) -> None:
    city = City()
    kinds = ("criminal", "public_order", "traffic", "fire_rescue", "urgent_help", "dispute",
             "tip_off", "social_linkage", "consultation")  # fmt: skip
    for n, kind in enumerate(kinds):
        for _ in range(n + 1):
            city.triage(city.receive(), kind)
    city.receive()
    deliver()
    scene = wall.scene(BEGIN, LIN)
    assert len(scene.kinds) == wall.MOST_KINDS
    assert sum(row.n for row in scene.kinds) == scene.figures.received.n == 46
    assert max(row.width for row in scene.kinds) == 100


def test_the_definitions_are_read_out_in_turn(here: Town) -> None:
    """Of the figures, and of each layer of the map."""
    every = [notes.note_at(BEGIN + timedelta(seconds=s)) for s in range(0, 600, notes.NOTE_SECONDS)]
    assert {note.metric for note in every} == {*notes.NOTED, ""}
    assert all(note.name and note.brief for note in every)
    assert len({note.name for note in every if not note.metric}) == 4
    assert wall.scene(BEGIN, LIN).note == notes.note_at(BEGIN)


def test_a_passer_by_is_led_to_the_public_definition(settings: Settings, here: Town) -> None:
    settings.MAPLEBRIDGE = dataclasses.replace(settings.MAPLEBRIDGE, mode="demo")
    shown = Client().get("/wall/").content.decode()
    assert 'href="/method/#received"' in shown
    assert "/figures/" not in shown


def test_the_changing_part_brings_everything_that_changes(here: Town) -> None:
    shown = signed_in("leader").get("/wall/now/").content.decode()
    for part in ("wall-tiles", "wall-when", "wall-markers", "wall-foot"):
        assert f'id="{part}"' in shown
    assert shown.count('hx-swap-oob="true"') == 3
    assert "m-land" not in shown  # the drawn map is sent once
    assert not re.search(r"</(aside|div|footer)>\s+<[^>]*hx-swap-oob", shown)
    assert shown == shown.strip()  # no line break stays in the page


@committed
def test_counts_that_fall_behind_are_called_last_known(here: Town) -> None:
    city = City()
    city.receive()
    deliver()
    assert wall.scene(BEGIN, LIN).last_known == ""
    city.receive()  # recorded, but no worker counts it
    late = wall.scene(BEGIN + timedelta(minutes=5), LIN)
    assert late.last_known == "09:00"
    assert late.data_age == 300


def test_the_map_fits_its_frame_and_has_its_water(here: Town) -> None:
    drawn = drawing.drawing("en")
    assert [water.text for water in drawn.waters] == ["Hezhu Bay"]
    assert {"m-land", "m-road", "m-cell"} <= {shape.css for shape in drawn.shapes}
    numbers = [int(n) for s in drawn.shapes for n in re.findall(r"-?\d+", s.path)]
    assert numbers and min(numbers) >= 0
    assert max(numbers) <= drawing.WIDTH
    assert drawing.drawing("en") is drawn


def test_a_sentence_in_each_language_tells_the_map(here: Town) -> None:
    quarrel(City(), here.cells[0], "P1")
    with translation.override("en"):
        english = wall.scene(BEGIN, LIN).map.words
    assert english.startswith("1 open matters on the map: 1 critical, 0 urgent; on the way: 0")


@committed
def test_reading_the_wall_costs_the_same_for_any_number_of_matters(
    here: Town, django_assert_max_num_queries: Callable[..., AbstractContextManager[object]]
) -> None:
    for _ in range(5):
        quarrel(City(), here.cells[0])
    deliver()
    wall.scene(BEGIN, LIN)
    with django_assert_max_num_queries(45):
        wall.scene(BEGIN, LIN)


# --- snapshot + events of one action = fresh snapshot --------------------------------------------


@committed
def test_receiving_replays_on_the_wall(here: Town) -> None:
    assert_replays(lambda: quarrel(City(), here.cells[0]))


@committed
def test_merging_replays_on_the_wall(here: Town) -> None:
    city = City()
    master, duplicate = city.receive(), city.receive()
    assert_replays(lambda: city.merge(master, duplicate))


@committed
def test_arriving_replays_on_the_wall(here: Town) -> None:
    city = City()
    row = city.receive()
    city.triage(row)
    assert_replays(lambda: city.arrive(row, "volunteer", 250))


def test_a_snapshot_is_for_those_who_may_hear_the_face(here: Town) -> None:
    with pytest.raises(NotAllowed):
        snapshot("desk", CHEN)
    with pytest.raises(NotFound):
        snapshot("kiosk", LIN)
    assert snapshot("desk", LIN) == {"open": []}


@committed
def test_the_figures_of_the_wall_survive_a_rebuild(here: Town) -> None:
    quarrel(City(), here.cells[0])
    deliver()
    before = snapshot("wall", LIN)
    indicators.rebuild()
    assert snapshot("wall", LIN) == before
