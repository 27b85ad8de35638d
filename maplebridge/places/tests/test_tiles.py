"""A map service under our data: what may be set, and what that opens in the content policy."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings

from maplebridge.config.environment import Settings, SettingsError, read_settings
from maplebridge.config.tiles import PRESETS
from maplebridge.kernel.geo import Point, to_bd09, to_gcj02
from maplebridge.shell.middleware import POLICY, ContentPolicy

TIANDITU = {"MAPLEBRIDGE_TILES_URL": "tianditu", "MAPLEBRIDGE_TILES_KEY": "0123abcd"}
OWN = {
    "MAPLEBRIDGE_TILES_URL": "https://tiles.station.example/{z}/{x}/{y}.png",
    "MAPLEBRIDGE_TILES_FRAME": "wgs84",
    "MAPLEBRIDGE_TILES_CREDIT": "© 测试 审图号 GS(2026)0000号",
}


def with_tiles(given: dict[str, str]) -> Settings:
    """The settings of the test run with this map service."""
    read = read_settings(given)
    names = ("tiles_url", "tiles_key", "tiles_frame", "tiles_credit")
    chosen = {name: getattr(read, name) for name in names}
    return dataclasses.replace(django_settings.MAPLEBRIDGE, **chosen)


def directive(policy: str, name: str) -> list[str]:
    found = next(part for part in policy.split("; ") if part.startswith(f"{name} "))
    return found.split()[1:]


def test_without_a_service_nothing_opens(client: Client) -> None:
    answer = client.get("/map/tiles.json")
    assert answer.json() == {"layers": [], "frame": "cgcs2000", "credit": ""}
    assert answer["Content-Security-Policy"] == POLICY


def test_tianditu_is_two_layers_in_our_own_frame_in_web_mercator(client: Client) -> None:
    with override_settings(MAPLEBRIDGE=with_tiles(TIANDITU)):
        said = client.get("/map/tiles.json").json()
    ground, names = said["layers"]
    assert said["frame"] == "cgcs2000"
    assert (len(ground), len(names)) == (8, 8)
    assert "/vec_w/" in ground[3] and "/cva_w/" in names[3]
    assert ground[3].startswith("https://t3.tianditu.gov.cn/")
    assert ground[3].endswith("&tk=0123abcd")
    assert all(part in address for address in (*ground, *names) for part in ("{z}", "{x}", "{y}"))


def test_the_policy_opens_for_exactly_the_hosts_of_the_service() -> None:
    with override_settings(MAPLEBRIDGE=with_tiles(TIANDITU)):
        answer = ContentPolicy(lambda _r: HttpResponse())(RequestFactory().get("/"))
    policy = answer["Content-Security-Policy"]
    hosts = [f"https://t{n}.tianditu.gov.cn" for n in range(8)]
    assert directive(policy, "img-src") == ["'self'", "data:", "blob:", *hosts]
    assert directive(policy, "connect-src") == ["'self'", *hosts]
    shut = policy.replace("".join(f" {host}" for host in hosts), "")
    assert shut == POLICY


def test_amap_is_drawn_in_its_own_frame() -> None:
    tiles = read_settings({"MAPLEBRIDGE_TILES_URL": "amap"}).tiles
    assert tiles is not None
    assert (tiles.frame, tiles.credit) == ("gcj02", "© 高德地图")
    assert len(tiles.hosts) == 4


def test_a_service_of_ones_own_and_its_key_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("k-1\n", "utf-8")
    url = OWN["MAPLEBRIDGE_TILES_URL"] + "?key={key} https://names.station.example/{z}/{x}/{y}"
    given = OWN | {
        "MAPLEBRIDGE_TILES_URL": url,
        "MAPLEBRIDGE_TILES_KEY_FILE": str(tmp_path / "key"),
    }
    tiles = read_settings(given).tiles
    assert tiles is not None
    assert tiles.layers[0] == ("https://tiles.station.example/{z}/{x}/{y}.png?key=k-1",)
    assert tiles.hosts == ("https://tiles.station.example", "https://names.station.example")


WRONG = {
    "MAPLEBRIDGE_TILES_KEY: this service wants a key": {"MAPLEBRIDGE_TILES_URL": "tianditu"},
    "MAPLEBRIDGE_TILES_KEY: a key is": TIANDITU | {"MAPLEBRIDGE_TILES_KEY": "a; script-src *"},
    "MAPLEBRIDGE_TILES_URL: 'tiandi' is no address": {"MAPLEBRIDGE_TILES_URL": "tiandi"},
    "MAPLEBRIDGE_TILES_FRAME: 'gcj-02'": OWN | {"MAPLEBRIDGE_TILES_FRAME": "gcj-02"},
    "MAPLEBRIDGE_TILES_FRAME: ''": OWN | {"MAPLEBRIDGE_TILES_FRAME": ""},
    "MAPLEBRIDGE_TILES_CREDIT": OWN | {"MAPLEBRIDGE_TILES_CREDIT": ""},
    "MAPLEBRIDGE_TILES_URL: tiles come by https": OWN
    | {"MAPLEBRIDGE_TILES_URL": "http://tiles.example/{z}/{x}/{y}"},
    "MAPLEBRIDGE_TILES_URL: {y} missing": OWN
    | {"MAPLEBRIDGE_TILES_URL": "https://tiles.example/{z}/{x}"},
    "MAPLEBRIDGE_TILES_URL: these tiles are laid out in degrees": OWN
    | {"MAPLEBRIDGE_TILES_URL": "https://t0.tianditu.gov.cn/vec_c/wmts?{z}{x}{y}"},
    "MAPLEBRIDGE_TILES_URL: 'tiles.example;*' is no host": OWN
    | {"MAPLEBRIDGE_TILES_URL": "https://tiles.example;*/{z}/{x}/{y}"},
}


@pytest.mark.parametrize("sentence", WRONG)
def test_a_wrong_setting_is_named_at_the_start(sentence: str) -> None:
    with pytest.raises(SettingsError) as refused:
        read_settings(WRONG[sentence])
    assert sentence in str(refused.value)


def test_every_preset_is_a_setting_that_fits() -> None:
    for name in PRESETS:
        given = {"MAPLEBRIDGE_TILES_URL": name, "MAPLEBRIDGE_TILES_KEY": "k"}
        assert read_settings(given).tiles is not None


def test_the_browser_converts_by_the_same_figures() -> None:
    """frontend/tests/frames.test.ts holds the island to these numbers."""
    here = Point(120.55, 27.58)
    gcj, bd = to_gcj02(here), to_bd09(here)
    assert (round(gcj.lon, 7), round(gcj.lat, 7)) == (120.5539567, 27.5766753)
    assert (round(bd.lon, 7), round(bd.lat, 7)) == (120.5604999, 27.5824018)
