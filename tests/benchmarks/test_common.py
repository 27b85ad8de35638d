"""The helpers of the benchmarks: fair turns, honest tables, readable JSON."""

from __future__ import annotations

import json
from itertools import count
from pathlib import Path

import pytest

from benchmarks.common import Rounds, Table, percentile, report


def test_contenders_take_turns_and_the_order_alternates() -> None:
    order: list[str] = []

    def contender(name: str, value: float) -> float:
        order.append(name)
        return value

    rounds = Rounds().run(
        {"ours": lambda: contender("ours", 2.0), "theirs": lambda: contender("theirs", 4.0)},
        rounds=3,
        budget_seconds=1000,
    )
    assert order == ["ours", "theirs", "theirs", "ours", "ours", "theirs"]
    assert (rounds.median("ours"), rounds.spread("theirs")) == (2.0, (4.0, 4.0))


def test_the_budget_ends_the_rounds_but_each_had_one() -> None:
    ticks = count()
    rounds = Rounds().run(
        {"ours": lambda: 1.0, "theirs": lambda: 1.0},
        rounds=100,
        budget_seconds=2,
        clock=lambda: float(next(ticks)),
    )
    assert len(rounds.samples["ours"]) == len(rounds.samples["theirs"]) == 2


def test_a_table_lines_up_and_keeps_numbers_in_its_records() -> None:
    table = Table("Rates", ["server", "events/s"], [["ours", 12345.6], ["none", None]])
    lines = table.text().splitlines()
    assert lines[0] == "Rates"
    assert len({len(line) for line in lines[1:]}) == 1
    assert lines[3].endswith("12,346")
    assert table.records()[0] == {"server": "ours", "events/s": 12345.6}


def test_the_report_is_json_a_machine_can_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "new" / "rates.json"
    report("rates", [Table("Rates", ["n"], [[1]])], {"whole": True}, out)
    said = json.loads(out.read_text("utf-8"))
    assert said["tables"] == {"Rates": [{"n": 1}]}
    assert said["facts"] == {"whole": True}
    assert said["machine"]["cores"]
    assert "whole: True" in capsys.readouterr().out


@pytest.mark.parametrize(("percent", "expected"), [(50, 5), (90, 9), (100, 10), (1, 1)])
def test_percentiles_are_nearest_rank(percent: float, expected: float) -> None:
    assert percentile([float(n) for n in range(10, 0, -1)], percent) == expected
