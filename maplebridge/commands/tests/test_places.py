"""`maplebridge places` by the command line, and the doctor's look at the map."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.test import override_settings

from maplebridge.__main__ import main
from maplebridge.commands.ground import maps
from maplebridge.places.models import Street
from maplebridge.places.tests.osm_town import write, xml
from maplebridge.places.tests.test_tiles import TIANDITU, with_tiles

pytestmark = pytest.mark.django_db


def run(*words: str, lang: str = "en_GB.UTF-8") -> Result:
    env = {"LC_ALL": "", "LC_MESSAGES": "", "LANG": lang}
    return CliRunner().invoke(main, ["places", "import-osm", *words], env=env)


def test_it_says_what_was_read_what_was_left_out_and_that_it_is_in_use(tmp_path: Path) -> None:
    done = run(str(write(tmp_path)))
    assert done.exit_code == 0, done.output
    assert "Town              潮埠" in done.output
    assert "ways closed to everybody" in done.output
    assert "a second)" in done.output
    assert "© OpenStreetMap contributors" in done.output
    assert Street.objects.count() == 3


def test_json_is_one_object(tmp_path: Path) -> None:
    done = run(str(write(tmp_path)), "--check", "--json")
    said = json.loads(done.output)
    assert (said["streets"], said["stored"], said["skipped"]["road_closed"]) == (3, False, 1)
    assert said["memory_mb"] > 0
    assert not Street.objects.exists()


def test_a_refusal_is_said_in_the_language_of_the_terminal(tmp_path: Path) -> None:
    broken = str(write(tmp_path, "cut.osm", xml()[:900]))
    english, chinese = run(broken), run(broken, lang="zh_CN.UTF-8")
    assert (english.exit_code, chinese.exit_code) == (1, 1)
    assert "cut.osm is damaged or cut off" in english.output
    assert "cut.osm已损坏或不完整" in chinese.output
    assert "[places.osm_broken]" in chinese.output


@pytest.mark.parametrize("centre", ["here", "120.55", "120.55,27.58,3", "200,27", "nan,27"])
def test_a_centre_that_is_none(tmp_path: Path, centre: str) -> None:
    done = run(str(write(tmp_path)), "--centre", centre)
    assert done.exit_code == 1
    assert "[places.osm_centre]" in done.output


def test_the_doctor_looks_at_the_map(tmp_path: Path) -> None:
    empty = maps()
    assert (empty.state, "import-osm" in empty.fix) == ("warning", True)
    assert run(str(write(tmp_path))).exit_code == 0
    full = maps()
    assert full.state == "ok"
    assert full.said == "our own map; 6 roads drawn, © OpenStreetMap contributors"
    with override_settings(MAPLEBRIDGE=with_tiles(TIANDITU)):
        assert "cgcs2000 from https://t0.tianditu.gov.cn and 7 more hosts" in maps().said
