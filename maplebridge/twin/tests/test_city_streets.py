"""Streets: one connected network, bridges the only crossings, house numbers that exist."""

from __future__ import annotations

import json
from collections import Counter

import numpy as np
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from maplebridge.twin.city import address_at, city_geojson
from maplebridge.twin.city.records import StreetEdge
from maplebridge.twin.tests.city_fixture import in_metres, plane, the_city

BRIDGES = {"象汊大桥", "老城大桥", "望潮大桥"}


def _parts(edges: list[StreetEdge]) -> int:
    n = len(the_city().nodes)
    a, b = np.array([e.a for e in edges]), np.array([e.b for e in edges])
    count, _ = connected_components(coo_array((np.ones(len(a)), (a, b)), (n, n)), False)
    return int(count)


def test_the_network_is_connected_and_of_the_promised_size() -> None:
    city = the_city()
    assert 3000 <= len(city.nodes) <= 6000
    assert [n.id for n in city.nodes] == list(range(len(city.nodes)))
    assert _parts(list(city.edges)) == 1


def test_every_mode_reaches_the_whole_town_but_hill_paths() -> None:
    city = the_city()
    cars = [e for e in city.edges if e.car]
    assert _parts(cars) - 1 < len(city.nodes) * 0.2
    assert all(e.foot for e in city.edges)
    assert not any(e.car and not e.ebike for e in city.edges)


def test_the_river_is_crossed_at_three_bridges_only() -> None:
    city = the_city()
    bridges = [e for e in city.edges if e.kind == "bridge"]
    assert {e.street_zh for e in bridges} == BRIDGES
    assert len(bridges) == 3
    assert _parts([e for e in city.edges if e.kind != "bridge"]) == 2


def test_no_street_but_a_bridge_touches_water() -> None:
    city = the_city()
    water = shapely.union(in_metres(city.base_map.river), in_metres(city.base_map.sea))
    shapely.prepare(water)
    spot = {n.id: (n.lon, n.lat) for n in city.nodes}
    wet = Counter[str]()
    for edge in city.edges:
        line = in_metres_line(spot[edge.a], spot[edge.b])
        if water.intersects(line):
            wet[edge.kind] += 1
    assert wet == Counter({"bridge": 3})


def in_metres_line(a: tuple[float, float], b: tuple[float, float]) -> shapely.LineString:
    return shapely.LineString([plane(a), plane(b)])


def test_metres_of_an_edge_are_those_between_its_ends() -> None:
    city = the_city()
    spot = {n.id: (n.lon, n.lat) for n in city.nodes}
    for edge in city.edges[::97]:
        assert abs(in_metres_line(spot[edge.a], spot[edge.b]).length - edge.metres) < 0.2
        assert edge.metres > 5.0


def test_streets_have_names_of_their_own_in_both_languages() -> None:
    city = the_city()
    assert len({s.name_zh for s in city.streets}) == len(city.streets)
    assert all(s.name_en.isascii() for s in city.streets)
    names = {s.name_zh for s in city.streets}
    assert {"潮平街", "东塘路", "小吃街", "枫江北路"} <= names


def test_house_numbers_exist_and_interpolate() -> None:
    city = the_city()
    assert len({a.text_zh for a in city.addresses}) == len(city.addresses)
    found = address_at(city, "潮平街", 88)
    assert found is not None
    assert found.text_zh == "潮平街88号"
    known = next(a for a in city.addresses if a.street_code == found.street_code)
    assert address_at(city, "潮平街", known.number) == known
    assert address_at(city, "潮平街", 999_999) is None
    assert address_at(city, "没有这条街", 1) is None


def test_an_address_lies_in_the_cell_it_names() -> None:
    city = the_city()
    shape = {c.code: in_metres(c.geometry) for c in city.cells}
    wrong = [
        a
        for a in city.addresses[::13]
        if not shape[a.cell_code].buffer(2.0).contains(shapely.Point(plane(a.point)))
    ]
    assert len(wrong) <= len(city.addresses[::13]) * 0.01


def test_the_base_map_is_small_and_complete() -> None:
    layers = city_geojson(the_city())
    assert set(layers) == {
        "sea", "land", "boundary", "block", "green", "river", "road", "bridge", "place_label",
    }  # fmt: skip
    size = len(json.dumps(layers, ensure_ascii=False, separators=(",", ":")).encode())
    assert size <= 600_000
    classes = {f["properties"]["class"] for f in layers["road"]["features"]}
    assert {"main", "street", "lane"} <= classes
