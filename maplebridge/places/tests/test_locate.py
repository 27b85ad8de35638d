"""Where a point lies: in memory, by day, refreshed when the grid changes."""

from __future__ import annotations

import threading
from datetime import date, datetime, timedelta

import pytest
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from maplebridge.kernel.actor import SYSTEM
from maplebridge.kernel.clock import ZONE
from maplebridge.kernel.geo import Point
from maplebridge.kernel.testing import MORNING
from maplebridge.places import api
from maplebridge.places.locating import GridIndex
from maplebridge.places.models import GridCell
from maplebridge.places.tests import factories as f
from maplebridge.places.versions import Held, VersionWatch


def test_point_in_a_cell_knows_cell_beat_community_and_station(db: None) -> None:
    f.small_city()
    found = api.locate(Point(*f.INSIDE_A1), MORNING)
    assert (found.cell_code, found.beat_code) == (f.A1, f.BEAT_WEST)
    assert found.division_code == f.COMMUNITY_A
    assert found.station_id == f.station().id
    assert found.cell_id == f.cell(f.A1).id


def test_cell_without_station_says_so(db: None) -> None:
    f.small_city()
    found = api.locate(Point(*f.INSIDE_B2), MORNING)
    assert found.cell_code == f.B2
    assert found.station_id is None


def test_point_outside_every_grid_is_nowhere(db: None) -> None:
    f.small_city()
    assert api.locate(Point(*f.AT_SEA), MORNING) == api.NOWHERE


def test_empty_database_is_nowhere(db: None) -> None:
    assert api.locate(Point(*f.INSIDE_A1), MORNING) == api.NOWHERE


def test_shared_corner_always_gives_the_lowest_code(db: None) -> None:
    f.small_city()
    found = api.locate(Point(f.MIDDLE, f.CENTRE), MORNING)
    assert (found.cell_code, found.beat_code) == (f.A1, f.BEAT_WEST)


@given(lon=st.floats(f.WEST + 1e-6, f.EAST - 1e-6), lat=st.floats(f.SOUTH + 1e-6, f.NORTH - 1e-6))
@settings(max_examples=200, deadline=None)
def test_every_inner_point_lies_in_the_cell_its_square_says(lon: float, lat: float) -> None:
    row = "A" if lat >= f.CENTRE else "B"
    column = 1 if lon <= f.MIDDLE else 2
    names = {"A1": f.A1, "A2": f.A2, "B1": f.B1, "B2": f.B2}
    found = _small_index().locate(Point(lon, lat), MORNING.date())
    assert found.cell_code == names[f"{row}{column}"]


_kept: list[GridIndex] = []


def _small_index() -> GridIndex:
    return _kept[0]


@pytest.fixture(autouse=True)
def _index_of_the_small_city(db: None) -> None:
    if not _kept:
        with transaction.atomic():
            f.small_city()
            _kept.append(GridIndex())
            transaction.set_rollback(True)


def _moved_cells() -> list[api.NewCell]:
    whole = {
        "type": "Polygon",
        "coordinates": [
            [
                [f.WEST, f.SOUTH],
                [f.EAST, f.SOUTH],
                [f.EAST, f.NORTH],
                [f.WEST, f.NORTH],
                [f.WEST, f.SOUTH],
            ]
        ],
    }
    return [
        api.NewCell(
            code=f"{f.COMMUNITY_A}101",
            name="潮北大网格",
            geometry=whole,
            community_code=f.COMMUNITY_A,
            station_code=f.STATION,
        )
    ]


def test_regrid_keeps_the_past(db: None) -> None:
    f.small_city()
    old = api.locate(Point(*f.INSIDE_B1), MORNING)
    api.regrid("governance", _moved_cells(), date(2026, 8, 1), actor=SYSTEM("test"))
    assert api.locate(Point(*f.INSIDE_B1), MORNING) == old
    last_minute = datetime(2026, 7, 31, 23, 59, tzinfo=ZONE)
    assert api.locate(Point(*f.INSIDE_B1), last_minute) == old
    found = api.locate(Point(*f.INSIDE_B1), last_minute + timedelta(minutes=1))
    assert found.cell_code == f"{f.COMMUNITY_A}101"
    assert found.beat_code == f.BEAT_WEST
    assert GridCell.objects.get(id=old.cell_id or 0).code == f.B1


@pytest.mark.django_db(transaction=True)
def test_no_query_after_the_first_call_and_none_but_one_after_a_while() -> None:
    tick = [0.0]
    watch = VersionWatch(ttl=2.0, tick=lambda: tick[0])
    built: list[int] = []

    def build() -> int:
        built.append(1)
        return len(built)

    held: Held[int] = Held(build, watch)
    f.small_city()
    assert held.get() == 1
    queries = _count(held.get)
    assert (queries, built) == (0, [1])
    tick[0] = 2.5
    assert (_count(held.get), built) == (1, [1])
    f.small_city()  # the same city again is still a new version
    tick[0] = 5.0
    assert held.get() == 2


@pytest.mark.django_db(transaction=True)
def test_locate_costs_no_sql_once_loaded() -> None:
    f.small_city()
    api.locate(Point(*f.INSIDE_A1), MORNING)
    assert _count(lambda: api.locate(Point(*f.INSIDE_A2), MORNING)) == 0


def _count(call: object) -> int:
    from django.test.utils import CaptureQueriesContext

    assert callable(call)
    with CaptureQueriesContext(connection) as caught:
        call()
    return len(caught.captured_queries)


@pytest.mark.django_db(transaction=True)
def test_places_of_a_rolled_back_transaction_are_not_believed() -> None:
    with transaction.atomic():
        f.small_city()
        assert api.locate(Point(*f.INSIDE_A1), MORNING).cell_code == f.A1
        transaction.set_rollback(True)
    assert api.locate(Point(*f.INSIDE_A1), MORNING) == api.NOWHERE


@pytest.mark.django_db(transaction=True)
def test_many_threads_build_the_index_once() -> None:
    f.small_city()
    built: list[int] = []
    start = threading.Barrier(8)

    def build() -> int:
        built.append(1)
        return 7

    held: Held[int] = Held(build, VersionWatch())
    answers: list[int] = []

    def ask() -> None:
        start.wait()
        answers.append(held.get())
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [7] * 8
    assert built == [1]
