"""`maplebridge brain group`, as it is typed."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from maplebridge.__main__ import main

CSV = "编号,主题,内容,时间\n" + "".join(
    f"{n},临江花苑工地夜间施工噪音,第{n}次反映：临江花苑旁边的工地半夜打桩。,2026/5/{n} 8:00:00\n"
    for n in range(1, 5)
)
OTHERS = "90,社保卡,社保卡什么时候可以领取。,\n91,路灯,路灯坏了三个月没人修。,不久前\n"
MAP = "text=内容,title=主题,time=时间,id=编号"


def group(file: Path, *options: str) -> tuple[int, str, list[dict[str, str | None]]]:
    out = file.with_name("out.jsonl")
    said = CliRunner().invoke(main, ["brain", "group", str(file), "--out", str(out), *options])
    rows = out.read_text("utf-8").splitlines() if out.exists() else []
    return said.exit_code, said.output, [json.loads(row) for row in rows]


@pytest.mark.parametrize("zipped", [False, True])
def test_each_message_has_its_line_in_the_order_of_the_file(tmp_path: Path, zipped: bool) -> None:
    file = tmp_path / ("messages.csv.gz" if zipped else "messages.csv")
    words = (CSV + OTHERS).encode()
    file.write_bytes(gzip.compress(words) if zipped else words)
    code, said, rows = group(file, "--map", MAP)
    assert code == 0, said
    assert [row["id"] for row in rows] == ["1", "2", "3", "4", "90", "91"]
    assert [row["group"] for row in rows] == ["g1"] * 4 + [None] * 2


def test_json_lines_with_usual_names(tmp_path: Path) -> None:
    file = tmp_path / "messages.jsonl"
    lines = [{"id": f"m{n}", "text": "临江花苑旁边的工地半夜打桩"} for n in range(3)]
    lines += [{"id": "x", "text": "社保卡什么时候可以领取"}, {"id": "y", "text": ""}]
    file.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8")
    code, said, rows = group(file, "--json")
    assert code == 0, said
    assert json.loads(said) | {"seconds": 0} == {
        "messages": 5, "refused": 0, "issues": 1, "grouped": 3, "seconds": 0,
    }  # fmt: skip
    assert rows[-1] == {"id": "y", "group": None}


def test_a_column_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "messages.csv"
    file.write_text(CSV, "utf-8")
    code, said, rows = group(file, "--map", "text=正文")
    assert code == 1 and "[replay.map]" in said and "正文" in said
    assert rows == []


def test_how_many_make_an_issue_can_be_said(tmp_path: Path) -> None:
    file = tmp_path / "messages.csv"
    file.write_text(CSV + OTHERS, "utf-8")
    _, _, rows = group(file, "--map", MAP, "--least", "5")
    assert {row["group"] for row in rows} == {None}


def test_each_issue_is_told_in_its_writers_words(tmp_path: Path) -> None:
    file, issues = tmp_path / "messages.csv", tmp_path / "issues.jsonl"
    file.write_text(CSV + OTHERS, "utf-8")
    code, said, _ = group(file, "--map", MAP, "--issues", str(issues))
    assert code == 0, said
    (issue,) = [json.loads(line) for line in issues.read_text("utf-8").splitlines()]
    assert issue["group"] == "g1" and issue["line"] == "临江花苑工地夜间施工噪音"
    assert (issue["number"], issue["trend"]) == (4, "new")
    assert issue["first"].startswith("2026-05-01") and issue["last"].startswith("2026-05-04")
    assert "临江花苑" in issue["place"]


def test_a_place_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "messages.csv"
    file.write_text(CSV, "utf-8")
    code, said, _ = group(file, "--map", MAP, "--issues", str(tmp_path))
    assert code == 2 and "directory" in said.lower()
