"""Map data by the doors a browser uses."""

from __future__ import annotations

import gzip
import json

from django.test import Client

from maplebridge.places.tests import factories as f


def test_base_map_has_its_layers_in_drawing_order(client: Client, db: None) -> None:
    f.small_city()
    layers = json.loads(client.get("/map/base.json").content)
    assert list(layers) == [
        "sea", "land", "green", "block", "river", "road", "bridge", "boundary", "place_label",
    ]  # fmt: skip
    assert layers["sea"]["features"] == []
    assert layers["road"]["features"][0]["properties"]["name"] == "潮平街"
    assert layers["place_label"]["features"][0]["geometry"]["coordinates"] == [120.55, 27.5822]


def test_unchanged_map_is_not_sent_twice(client: Client, db: None) -> None:
    f.small_city()
    first = client.get("/map/base.json")
    again = client.get("/map/base.json", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    f.small_city()
    after = client.get("/map/base.json", headers={"If-None-Match": first["ETag"]})
    assert after.status_code == 200


def test_packed_and_plain_are_the_same_map_under_different_tags(client: Client, db: None) -> None:
    f.small_city()
    plain = client.get("/map/base.json")
    packed = client.get("/map/base.json", headers={"Accept-Encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert packed["ETag"] != plain["ETag"]
    assert "Accept-Encoding" in packed["Vary"]


def test_cells_of_each_network(client: Client, db: None) -> None:
    f.small_city()
    cells = json.loads(client.get("/map/cells.json?network=governance").content)
    assert [c["properties"]["code"] for c in cells["features"]] == [f.A1, f.A2, f.B1, f.B2]
    beats = json.loads(client.get("/map/cells.json?network=police_beat").content)
    assert [c["properties"]["code"] for c in beats["features"]] == [f.BEAT_WEST, f.BEAT_EAST]
    assert client.get("/map/cells.json?network=people").status_code == 404


def test_what_is_here(client: Client, db: None) -> None:
    f.small_city()
    here = client.get("/map/place.json?lon=120.5480&lat=27.5823").json()
    assert here == {
        "inside": True,
        "cell_code": f.A1,
        "cell": "潮北01网格",
        "community": "潮北社区",
        "station": "潮埠站",
        "beside": "潮平小吃街",
    }
    lon, lat = f.AT_SEA
    away = client.get(f"/map/place.json?lon={lon}&lat={lat}").json()
    assert (away["inside"], away["cell"], away["beside"]) == (False, "", "")


def test_a_pin_that_is_no_point(client: Client, db: None) -> None:
    for query in ("", "?lon=120.5", "?lon=x&lat=27", "?lon=nan&lat=27", "?lon=999&lat=27"):
        assert client.get(f"/map/place.json{query}").status_code == 422


def test_maps_are_read_only(client: Client, db: None) -> None:
    assert client.post("/map/base.json").status_code == 405
