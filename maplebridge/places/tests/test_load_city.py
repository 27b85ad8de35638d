"""Loading a city: everything there once, areas in metres, twice changes nothing."""

from __future__ import annotations

import dataclasses
import threading
from datetime import date

import pytest
from django.db import connection, models
from django.utils import translation

from maplebridge.kernel.errors import BadInput, Unavailable
from maplebridge.kernel.geo import Point, area_km2, from_plane, to_plane
from maplebridge.places import api
from maplebridge.places.models import (
    BaseMapLayer,
    Division,
    GridCell,
    GridMapping,
    Premises,
    Station,
    StationGrid,
    StationZone,
    Street,
    StreetAddress,
    StreetEdge,
    StreetNode,
)
from maplebridge.places.tests import factories as f
from maplebridge.places.tests.journal import newest, written_since

TABLES: tuple[type[models.Model], ...] = (
    Division, GridCell, GridMapping, Station, StationGrid, StationZone, Premises, Street,
    StreetAddress, StreetEdge, StreetNode, BaseMapLayer,
)  # fmt: skip


def _rows() -> dict[str, int]:
    return {t.__name__: t._default_manager.count() for t in TABLES}


def test_loading_twice_changes_no_row_count_and_no_id(db: None) -> None:
    f.small_city()
    first, station, cell = _rows(), f.station().id, f.cell().id
    f.small_city()
    assert _rows() == first
    assert (f.station().id, f.cell().id) == (station, cell)
    assert first["GridCell"] == 6
    assert first["StationZone"] == 6
    assert first["StreetAddress"] == 4


def test_loading_is_recorded_once(db: None) -> None:
    before = newest()
    f.small_city()
    entries = written_since(before)
    assert [e.kind for e in entries] == ["places.city_loaded"]


def test_renamed_zone_keeps_its_name_when_loaded_again(db: None) -> None:
    f.small_city()
    StationZone.objects.filter(code=f"{f.STATION}-Z2").update(name="一窗受理区")
    f.small_city()
    assert StationZone.objects.get(code=f"{f.STATION}-Z2").name == "一窗受理区"


def test_premises_know_the_street_they_stand_in(db: None) -> None:
    f.small_city()
    stall = Premises.objects.get(code="P2")
    assert stall.parent is not None
    assert stall.parent.code == "P1"
    assert Premises.objects.get(code="P1").closes_minute == 1500


def test_a_station_without_four_functional_zones_stops_the_load(db: None) -> None:
    broken = dataclasses.replace(f.STATION_ROW, zones=f.ZONES[:4])
    with pytest.raises(BadInput):
        api.load_city(dataclasses.replace(f.SMALL_CITY, stations=(broken,)))
    assert _rows()["GridCell"] == 0


def test_clear_leaves_nothing(db: None) -> None:
    f.small_city()
    api.clear()
    assert set(_rows().values()) == {0}


def test_cells_of_a_day(db: None) -> None:
    f.small_city()
    found = api.cells("governance", date(2026, 7, 14))
    assert [c.code for c in found] == [f.A1, f.A2, f.B1, f.B2]
    assert [c.is_key for c in found] == [True, False, False, False]
    assert api.cells("governance", date(2019, 12, 31)) == []


def test_stations_have_zones_in_order_and_their_cells(db: None) -> None:
    f.small_city()
    station = api.station_by_code(f.STATION)
    assert [z.kind for z in station.zones] == ["core", *["functional"] * 4, "studio"]
    assert station.cell_codes == (f.A1, f.A2, f.B1)
    assert api.station(station.id) == station


def test_coverage_lists_the_grid_without_station(db: None) -> None:
    f.small_city()
    gaps = api.coverage_gaps()
    assert [(g.cell_code, g.nearest_station) for g in gaps] == [(f.B2, f.STATION)]
    assert 600 < gaps[0].nearest_metres < 800


def test_catchment_area_is_measured_on_the_plane(db: None) -> None:
    f.small_city()
    area = api.catchment_area_km2(f.station().id)
    parts = sum(f.cell(code).area_km2 for code in (f.A1, f.A2, f.B1))
    assert area == pytest.approx(parts, rel=1e-6)
    assert 0.70 < area < 0.76  # three squares of 494 by 499 m


def test_polygon_of_48_8_square_kilometres() -> None:
    """S34: 48.8 ± 0.1 km² in EPSG:4549; in square degrees it would be 0.0045."""
    west, south = to_plane(Point(120.52, 27.55))
    side = 48_800_000**0.5
    corners = [(0, 0), (side, 0), (side, side), (0, side), (0, 0)]
    ring = [from_plane(west + x, south + y) for x, y in corners]
    polygon = {"type": "Polygon", "coordinates": [[[p.lon, p.lat] for p in ring]]}
    assert area_km2(polygon) == pytest.approx(48.8, abs=0.1)


def test_names_follow_the_language(db: None) -> None:
    f.small_city()
    with translation.override("en"):
        assert f.station().title == "Chaobu Joint Station"
    with translation.override("zh-hans"):
        assert f.station().title == "潮埠联勤警务站"


def test_gazetteer_finds_street_numbers_premises_and_communities(db: None) -> None:
    from maplebridge.brain.triage.records import ReportFacts, TriageSettings

    f.small_city()
    places = api.gazetteer().find(
        ReportFacts("潮平街88号有人倒地，在老灶炒粉门口", "phone"), TriageSettings()
    )
    assert places[0].name == "潮平街88号"
    assert (places[0].lon, places[0].lat) == pytest.approx((120.5519, 27.5822))
    assert "P2" in {p.code for p in places}
    assert api.gazetteer() is api.gazetteer()


def test_street_graph_measures_along_streets_and_is_not_shared_between_threads(
    transactional_db: None,
) -> None:
    from maplebridge.brain.assignment.records import Mode
    from maplebridge.brain.geometry import LonLat

    f.small_city()
    graph = api.street_graph()
    north, south = LonLat(120.5475, 27.5822), LonLat(120.5475, 27.5777)
    metres = graph.metres(north, [south], Mode.FOOT)[0]
    assert metres == pytest.approx(247 + 500 + 247, abs=5)  # round by the bridge, not as birds fly
    assert api.street_graph() is graph
    other: list[object] = []

    def ask() -> None:
        other.append(api.street_graph())
        connection.close()

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    assert other[0] is not graph


def test_without_streets_travel_times_are_not_available(db: None) -> None:
    with pytest.raises(Unavailable):
        api.street_graph()
