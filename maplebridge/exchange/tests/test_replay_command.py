"""The command around a replay: what it prints, what it refuses, how it ends."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.utils import translation

from maplebridge.__main__ import main
from maplebridge.incidents.models import Incident
from maplebridge.incidents.tests import given

pytestmark = pytest.mark.django_db(transaction=True)
ROWS = "编号,留言\n1,望潮路的路灯坏了三天\n2,\n"
MAP = "id=编号,text=留言"


@pytest.fixture(autouse=True)
def small_city(db: None) -> Iterator[None]:
    given.city()
    with translation.override("en"):  # sentences are compared below
        yield


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "m.csv"
    made.write_text(ROWS, "utf-8")
    return made


def replay(*words: object) -> Result:
    return CliRunner().invoke(main, ["replay", *map(str, words)])


def test_the_summary_is_one_json_object(file: Path) -> None:
    done = replay(file, "--map", MAP, "--json", "--no-suggest")
    assert done.exit_code == 0, done.output
    said = json.loads(done.stdout)
    assert said.pop("seconds") >= 0
    assert said == {
        "rows": 2, "stored": 1, "already_there": 0, "refused": {"incident.empty": 1},
        "merge_suggestions": 0,
    }  # fmt: skip


def test_people_are_told_which_rows_were_refused(file: Path) -> None:
    done = replay(file, "--map", MAP)
    assert "incident.empty" in done.stdout
    assert "(row 2)" in done.stdout


def test_a_file_that_is_cut_off_ends_with_one_and_still_has_its_summary(tmp_path: Path) -> None:
    cut = tmp_path / "m.csv.gz"
    rows = "".join(f"{n},第{n}盏路灯坏了\n" for n in range(5_000))
    cut.write_bytes(gzip.compress(f"id,text\n{rows}".encode(), mtime=0)[:1_000])
    done = replay(cut, "--json", "--no-suggest")
    assert done.exit_code == 1
    said = json.loads(done.stdout)
    assert said["stored"] == said["rows"] == Incident.objects.count() > 0
    assert "cut off" in said["notes"][0]
    assert "cut off" in replay(cut).stdout


@pytest.mark.parametrize(
    ("mapping", "sentence"),
    [
        ("text", "“text” is not understood"),
        ("colour=留言", "not colour"),
        ("text=detail", "The file has no column detail; it has 编号, 留言."),
        ("", "The file has the columns 编号, 留言"),
    ],
)
def test_a_map_that_does_not_fit_stores_nothing(file: Path, mapping: str, sentence: str) -> None:
    done = replay(file, "--map", mapping)
    assert done.exit_code == 1
    assert sentence in done.output
    assert not Incident.objects.exists()


@pytest.mark.parametrize("speed", ["60", "0.5", "max"])
def test_a_speed_is_a_multiple(file: Path, speed: str) -> None:
    done = replay(file, "--map", MAP, "--speed", speed, "--no-suggest", "--json")
    assert json.loads(done.stdout)["stored"] == 1


@pytest.mark.parametrize("speed", ["0", "-1", "fast", "nan", "inf", ""])
def test_a_speed_that_is_none_is_refused(file: Path, speed: str) -> None:
    done = replay(file, "--map", MAP, "--speed", speed)
    assert done.exit_code == 2
    assert "a number above 0" in done.output
    assert not Incident.objects.exists()
