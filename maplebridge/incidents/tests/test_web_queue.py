"""The queue: its parts with counts and clocks, each reader's own scope, a fixed price."""

from __future__ import annotations

import pytest
from django.test import Client

from maplebridge.incidents import api
from maplebridge.incidents.tests import factories as made
from maplebridge.incidents.tests import given
from maplebridge.kernel.testing import frozen
from maplebridge.places.tests.factories import INSIDE_A1, INSIDE_B1

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_city(db: None) -> None:
    made.city_with_people()


def titles(html: str) -> list[str]:
    rows = html.split('<h3 dir="auto">')[1:]
    return [row.partition("</h3>")[0] for row in rows]


def test_the_parts_with_their_counts_and_clocks() -> None:
    said = ("漏水了", "井盖没了", "吵架了")
    waiting, decided, back = (given.report(words).code for words in said)
    api.triage_incident(decided, given.TRIAGE, actor=given.desk())
    api.triage_incident(back, given.TRIAGE, actor=given.desk())
    api.file_scene_report(back, made.REPORTED_BACK, actor=given.desk())
    html = made.page(made.browser().get("/desk/"))
    for part in ("待研判 <b>1</b>", "待派出 <b>1</b>", "处置中 <b>0</b>", "待回访办结 <b>1</b>"):
        assert part in html
    assert titles(html) == ["漏水了", "井盖没了", "吵架了"]
    assert html.count("data-clock=") == 2  # to judge, to send
    assert made.desk_url(waiting) in html


def test_an_empty_desk_says_so() -> None:
    html = made.page(made.browser().get("/desk/"))
    assert "没有待研判的" in html
    assert "<h3" not in html


def test_newest_first_and_most_urgent_first() -> None:
    with frozen() as clock:
        for words in ("先来的", "后来的"):
            given.report(words)
            clock.move(minutes=1)
        client = made.browser()
        assert titles(made.page(client.get("/desk/"))) == ["先来的", "后来的"]
        assert titles(made.page(client.get("/desk/?order=new"))) == ["后来的", "先来的"]


def test_a_long_part_has_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("maplebridge.incidents.queries.PAGE", 2)
    for number in range(5):
        given.report(f"第{number}件")
    client = made.browser()
    assert titles(made.page(client.get("/desk/"))) == ["第0件", "第1件"]
    third = made.page(client.get("/desk/?part=waiting&page=3"))
    assert titles(third) == ["第4件"]
    assert "page=2" in third
    assert "page=4" not in third
    for page in ("0", "-1", "x", "９", "99999999999999999999"):
        assert client.get("/desk/", {"part": "waiting", "page": page}).status_code == 200
    assert client.get("/desk/?part=nothing").status_code == 200


def test_a_grid_worker_sees_the_own_grid_only() -> None:
    given.report("甲网格的事", at=INSIDE_A1)
    given.report("乙网格的事", at=INSIDE_B1)
    assert titles(made.page(made.bao().get("/desk/"))) == ["乙网格的事"]
    points = made.bao().get("/desk/points.json").json()["features"]
    assert [p["properties"]["label"] for p in points] == ["乙网格的事"]
    assert len(made.browser().get("/desk/points.json").json()["features"]) == 2


def test_points_are_geojson_in_degrees_with_a_way_to_each_page() -> None:
    code = given.report().code
    given.report("没有位置", at=None)
    (feature,) = made.browser().get("/desk/points.json").json()["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": list(INSIDE_A1)}
    assert feature["properties"]["url"] == made.desk_url(code)
    assert feature["properties"]["urgency"] == "P3"


@pytest.mark.parametrize("path", ["/desk/", "/desk/points.json"])
def test_visitors_sign_in_and_posts_without_the_right_are_refused(path: str) -> None:
    assert Client().get(path).status_code == 302
    assert made.browser("P005").get(path).status_code == 403


@pytest.mark.parametrize("path", ["/desk/", "/desk/points.json"])
def test_thirty_rows_cost_what_three_cost(path: str) -> None:
    client = made.browser()
    client.get(path)
    for _each in range(3):
        given.report()
    few = made.queries_of(lambda: client.get(path))
    for _each in range(27):
        given.report()
    assert made.queries_of(lambda: client.get(path)) == few


def test_the_queue_listens_and_is_read_again_by_itself() -> None:
    html = made.page(made.browser().get("/desk/"))
    assert 'data-live="/events?topic=desk"' in html
    assert "live:incidents from:body, live:dispatch from:body" in html


@pytest.mark.parametrize("page", ["9" * 5_000, "9" * 25, "²", "-1", "0", ""])
def test_a_page_that_cannot_be_is_a_page(page: str) -> None:
    answer = made.browser().get("/desk/", {"part": "waiting", "page": page})
    assert answer.status_code == 200
