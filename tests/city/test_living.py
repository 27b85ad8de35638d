"""The city lives on by itself: two workers, one city, and everybody keeps to the rules.

After the other tests of the filled city: here it changes.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.system.database import Database
from tests.system.installation import Installation, until

pytestmark = pytest.mark.slow
Filled = tuple[str, Database]
ENOUGH = 60  # acts


def test_invented_people_act_by_the_rules_and_two_workers_do_not_double(
    filled: Filled, tmp_path: Path
) -> None:
    made = filled[1]
    house = Installation(tmp_path, made, {"MAPLEBRIDGE_LIVING": "on"})
    made.change("UPDATE twin_livingcity SET pace = 60")
    before = int(made.rows("SELECT max(id) FROM kernel_journalentry")[0][0])
    with house.running("work") as one, house.running("work") as other:
        until(lambda: acts(made) >= ENOUGH and told(made) >= 2, "a living city", 240)
        holders = {str(row[0]) for row in made.rows("SELECT holder FROM twin_livingcity")}
        assert one.alive and other.alive and len(holders) == 1
        log = one.said() + other.said()
    assert "act_failed" not in log and "living_failed" not in log
    refused = made.rows("SELECT refused FROM twin_livingcity")[0][0]
    counted = json.loads(refused) if isinstance(refused, str) else refused
    assert not [code for code in counted if "failed." in code]
    rows = made.rows(
        "SELECT channel, count(*) FROM kernel_journalentry WHERE id > ? AND actor_kind = ?"
        " GROUP BY channel", before, "person",
    )  # fmt: skip
    assert {str(channel) for channel, _count in rows} == {"simulated"}
    words = [
        row[0]
        for row in made.rows(
            "SELECT report.narrative FROM incidents_report report JOIN incidents_incident matter"
            " ON matter.id = report.incident_id WHERE matter.intake_key LIKE ?", "living:%",
        )
    ]  # fmt: skip
    assert len(set(words)) == len(words)


def test_beginning_anew_is_whole_and_keeps_everybody(filled: Filled, tmp_path: Path) -> None:
    made = filled[1]
    house = Installation(tmp_path, made)
    people = made.rows("SELECT id, username FROM people_account ORDER BY id")
    house.json("demo", "empty", "--yes")
    for table in ("incidents_incident", "orders_order", "dispatch_call", "kernel_journalentry"):
        assert made.rows(f"SELECT count(*) FROM {table}")[0][0] == 0, table  # noqa: S608  ours
    assert bool(made.rows("SELECT paused FROM twin_livingcity")[0][0])
    house.json("demo", "reset", "--yes")
    assert int(made.rows("SELECT count(*) FROM incidents_incident")[0][0]) > 1000
    assert made.rows("SELECT id, username FROM people_account ORDER BY id") == people


def acts(made: Database) -> int:
    return int(made.rows("SELECT acts FROM twin_livingcity")[0][0])


def told(made: Database) -> int:
    return int(made.rows("SELECT matters FROM twin_livingcity")[0][0])
