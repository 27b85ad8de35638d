"""Importing a real town: what it takes, what it leaves out, and that a bad file changes nothing."""

from __future__ import annotations

import bz2
import json
from pathlib import Path

import pytest
from django.test import Client

from maplebridge.brain.assignment.records import Mode
from maplebridge.brain.geometry import LonLat
from maplebridge.kernel.actor import Actor, ActorKind
from maplebridge.kernel.errors import BadInput, MapleError, NotAllowed, NotFound, Refused
from maplebridge.places import api
from maplebridge.places.models import (
    BaseMapLayer,
    Division,
    Premises,
    Street,
    StreetAddress,
    StreetEdge,
    StreetNode,
)
from maplebridge.places.tests import factories, osm_town
from maplebridge.places.tests.journal import newest, written_since
from maplebridge.places.tests.osm_town import place, write, xml
from maplebridge.teams.models import SentinelTeam

pytestmark = pytest.mark.django_db


def rows() -> dict[str, list[tuple[object, ...]]]:
    """Everything an import writes, by what a repeat must find again."""
    return {
        "streets": list(Street.objects.order_by("code").values_list("id", "code", "name")),
        "nodes": list(StreetNode.objects.order_by("id").values_list("id", "lon", "lat")),
        "edges": list(
            StreetEdge.objects.order_by("a_id", "b_id").values_list(
                "a_id", "b_id", "metres", "foot", "ebike", "car", "street__code"
            )
        ),
        "numbers": list(StreetAddress.objects.values_list("street__code", "number")),
        "premises": list(Premises.objects.order_by("code").values_list("id", "code", "kind")),
        "divisions": list(Division.objects.order_by("code").values_list("id", "code")),
        "layers": list(BaseMapLayer.objects.order_by("order").values_list("id", "name", "order")),
    }


def test_streets_with_their_names_modes_and_house_numbers(tmp_path: Path) -> None:
    report = api.import_osm(write(tmp_path))
    streets = dict(Street.objects.values_list("name", "kind"))
    assert streets == {"海港路": "main", "大桥街": "street", "市场街": "street"}
    assert Street.objects.get(name="海港路").name_en == "Harbour Road"
    path = StreetEdge.objects.get(kind="path", a_id=3)
    assert (path.foot, path.ebike, path.car) == (True, False, False)
    assert list(StreetAddress.objects.values_list("street__name", "number")) == [("市场街", 8)]
    assert report.skipped == {
        "oneway_drawn_both_ways": 1, "road_cut_off": 1, "road_closed": 1, "road_not_in_use": 1,
        "way_without_points": 1, "boundary_not_closed": 1, "address_without_street": 1,
        "address_not_a_number": 1, "premises_without_name": 1,
    }  # fmt: skip
    assert set(report.skipped) <= set(api.SKIPPED)


def test_travel_times_follow_the_imported_streets(tmp_path: Path) -> None:
    """Over the bridge by car; the footpath is shorter and open to those on foot only."""
    api.import_osm(write(tmp_path))
    start, end = LonLat(*place(osm_town.NODES[3])), LonLat(*place(osm_town.NODES[6]))
    graph = api.street_graph()
    on_foot, by_car = (graph.metres(start, [end], mode)[0] for mode in (Mode.FOOT, Mode.CAR))
    assert on_foot == pytest.approx(593, abs=5)  # two pieces aslant
    assert by_car == pytest.approx(1431, abs=5)  # 493 west, 445 north, 493 east
    assert graph.seconds(start, [end], Mode.CAR)[0] == pytest.approx(by_car / 8.0)


def test_the_map_of_the_town_by_the_door_of_the_browser(tmp_path: Path, client: Client) -> None:
    api.import_osm(write(tmp_path), buildings=True)
    layers = json.loads(client.get("/map/base.json").content)
    count = {name: len(layer["features"]) for name, layer in layers.items()}
    assert count == {
        "sea": 1, "land": 1, "block": 0, "green": 1, "river": 0, "stream": 0, "boundary": 2,
        "building": 1, "rail": 0, "road": 6, "bridge": 1, "place_label": 1,
    }  # fmt: skip
    park = layers["green"]["features"][0]
    assert park["properties"]["name"] == "老城公园"
    assert len(park["geometry"]["coordinates"][0]) == 2  # the ring and the hole in it
    sea = layers["sea"]["features"][0]["geometry"]["coordinates"][0][0]
    assert max(lat for _lon, lat in sea) == pytest.approx(place((0, -2))[1])
    assert layers["place_label"]["attribution"] == "© OpenStreetMap contributors"


def test_a_coast_that_ends_inside_the_frame_floods_nothing(tmp_path: Path, client: Client) -> None:
    text = xml().replace("<nd ref='20'/><nd ref='21'/>", "<nd ref='1'/><nd ref='2'/>")
    report = api.import_osm(write(tmp_path, text=text))
    layers = json.loads(client.get("/map/base.json").content)
    assert layers["sea"]["features"] == []
    assert report.skipped["coast_not_closed"] == 1


def test_businesses_by_name_and_kind_and_nothing_of_persons(tmp_path: Path) -> None:
    api.import_osm(write(tmp_path))
    found = list(Premises.objects.values_list("name", "kind", "address"))
    assert found == [("老灶炒粉", "restaurant", "")]
    stored = json.dumps(list(BaseMapLayer.objects.values_list("geojson", flat=True)))
    assert "某人" not in stored and "0577" not in stored


def test_communities_come_from_boundaries_that_close(tmp_path: Path) -> None:
    api.import_osm(write(tmp_path))
    assert list(Division.objects.values_list("code", "level")) == [("osm-r201", "community")]


def test_repeating_it_changes_nothing(tmp_path: Path) -> None:
    file = write(tmp_path)
    api.import_osm(file)
    first = rows()
    api.import_osm(file)
    assert rows() == first


def test_what_is_gone_from_the_next_extract_goes_here_too(tmp_path: Path) -> None:
    api.import_osm(write(tmp_path))
    api.import_osm(write(tmp_path, text=xml(without=frozenset({61, 103}))))
    assert not Premises.objects.exists()
    assert not Street.objects.filter(name="市场街").exists()


def test_premises_that_somebody_stands_at_stay_when_the_map_drops_them(tmp_path: Path) -> None:
    api.import_osm(write(tmp_path))
    used = Premises.objects.get(name="老灶炒粉")
    lon, lat = used.lon, used.lat
    SentinelTeam.objects.create(code="T1", name="岗哨", premises=used, post_lon=lon, post_lat=lat)
    report = api.import_osm(write(tmp_path, text=xml(without=frozenset({61}))))
    assert Premises.objects.get() == used
    assert report.skipped["premises_in_use"] == 1


def test_packed_plain_and_binary_files_give_the_same_town(tmp_path: Path) -> None:
    osmium = pytest.importorskip("osmium", reason="osmium is not installed")
    plain = write(tmp_path, "town.osm")
    packed = tmp_path / "town.osm.bz2"
    packed.write_bytes(bz2.compress(plain.read_bytes()))
    binary = tmp_path / "town.osm.pbf"
    with osmium.SimpleWriter(str(binary)) as writer:
        for thing in osmium.FileProcessor(str(plain)):
            writer.add(thing)
    api.import_osm(plain)
    first = rows()
    for file in (packed, binary, write(tmp_path)):
        api.import_osm(file)
        assert rows() == first


def test_a_check_stores_nothing(tmp_path: Path) -> None:
    report = api.import_osm(write(tmp_path), check=True)
    assert (report.streets, report.stored_seconds) == (3, 0.0)
    assert not Street.objects.exists()


def test_only_what_lies_around_the_centre(tmp_path: Path) -> None:
    centre = place(osm_town.NODES[2])
    report = api.import_osm(write(tmp_path), centre=centre, radius_km=0.3)
    assert report.kilometres == pytest.approx(0.2, abs=0.05)  # the bridge alone
    assert dict(Street.objects.values_list("name", "kind")) == {"大桥街": "street"}


BAD_FILES = {
    "places.osm_broken": ("cut.osm", xml()[:900]),
    "places.osm_not_osm": ("list.osm", "<list><node/></list>"),
    "places.osm_empty": ("empty.osm", "<osm version='0.6'></osm>"),
    "places.osm_entities": ("bomb.osm", '<!DOCTYPE osm [<!ENTITY a "b">]><osm>&a;</osm>'),
}


@pytest.mark.parametrize("code", BAD_FILES)
def test_a_bad_file_says_so_and_leaves_the_town_as_it_was(tmp_path: Path, code: str) -> None:
    api.import_osm(write(tmp_path))
    before, entry = rows(), newest()
    name, text = BAD_FILES[code]
    with pytest.raises(BadInput) as refused:
        api.import_osm(write(tmp_path, name, text))
    assert refused.value.code == code
    assert name in refused.value.sentence()
    assert rows() == before
    assert written_since(entry) == []


def broken_files(folder: Path) -> dict[str, Path]:
    whole = write(folder).read_bytes()
    made = {
        "cut.osm.gz": whole[: len(whole) // 2],
        "flipped.osm.gz": whole[:200] + bytes([whole[200] ^ 0xFF]) + whole[201:],
        "cut.osm.bz2": bz2.compress(xml().encode())[:300],
        "place.osm": xml().replace("lat='27.58'", "lat='275.8'").encode(),
        "number.osm": xml().replace("<nd ref='2'/>", "<nd ref='two'/>").encode(),
        "none.osm": xml().replace("<nd ref='2'/>", "<nd/>").encode(),
        "huge.osm": xml().replace("<nd ref='2'/>", f"<nd ref='{10**30}'/>").encode(),
        "words.pbf": b"no such thing",
    }
    for name, data in made.items():
        (folder / name).write_bytes(data)
    return {name: folder / name for name in made}


def test_every_kind_of_damage_is_found_before_anything_is_written(tmp_path: Path) -> None:
    pytest.importorskip("osmium", reason="osmium is not installed")
    for file in broken_files(tmp_path).values():
        with pytest.raises(BadInput) as refused:
            api.import_osm(file)
        assert refused.value.code == "places.osm_broken", file.name
    assert not Street.objects.exists()


def test_a_file_that_is_not_there_and_one_that_is_elsewhere(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"nowhere\.osm"):
        api.import_osm(tmp_path / "nowhere.osm")
    with pytest.raises(BadInput) as refused:
        api.import_osm(write(tmp_path), centre=(116.4, 39.9))
    assert refused.value.code == "places.osm_outside"


def test_a_whole_province_is_asked_for_its_town(tmp_path: Path) -> None:
    head = "<osm><bounds minlat='27' minlon='118' maxlat='31' maxlon='123'/>"
    with pytest.raises(BadInput, match="--centre"):
        api.import_osm(write(tmp_path, text=xml(head=head)))


def test_another_towns_streets_are_replaced_only_when_asked(tmp_path: Path) -> None:
    factories.small_city()
    before = rows()
    with pytest.raises(Refused) as refused:
        api.import_osm(write(tmp_path))
    assert refused.value.code == "places.osm_other_town"
    assert rows() == before
    api.import_osm(write(tmp_path), replace=True)
    assert not Street.objects.exclude(code__startswith="osm-").exists()
    assert Premises.objects.filter(code="P1").exists()  # a station's own premises stay


def test_only_an_administrator_changes_the_map(tmp_path: Path) -> None:
    officer = Actor(kind=ActorKind.PERSON, role="duty_officer")
    with pytest.raises(NotAllowed):
        api.import_osm(write(tmp_path), actor=officer)


def test_it_is_recorded_once(tmp_path: Path) -> None:
    before = newest()
    api.import_osm(write(tmp_path))
    entries = written_since(before)
    assert [e.kind for e in entries] == ["places.town_imported"]


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("name", "town", "lon", "lat"),
    [
        ("krems", "Krems an der Donau", 15.61, 48.41),
        ("north-bayreuth", "Heinersreuth", 11.54, 49.99),
    ],
)
def test_real_towns(shared_data_dir: Path, name: str, town: str, lon: float, lat: float) -> None:
    file = shared_data_dir / "roads" / f"{name}.osm.gz"
    report = api.import_osm(file)
    assert report.kilometres > 100
    assert report.streets > 100
    assert report.drawn["road"] > 500
    network = shared_data_dir / "roads" / f"{name}_nodes.csv.gz"
    assert network.exists()
    graph = api.street_graph()
    there = LonLat(lon + 0.01, lat)
    metres = graph.metres(LonLat(lon, lat), [there], Mode.CAR)[0]
    assert 500 < metres < 5_000
    with pytest.raises(MapleError):
        api.import_osm(file, centre=(120.55, 27.58))
