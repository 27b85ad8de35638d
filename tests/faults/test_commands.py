"""The commands an operator trusts, through the real command line."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest

from maplebridge.__main__ import main as command_line
from tests.faults.messages import csv_of
from tests.system.installation import Installation

CHECKS = {
    "versions", "mode", "disk", "time zone", "clock drift", "database", "journal", "queues",
    "adapters", "front end",
}  # fmt: skip
ROWS = 12


def test_the_doctor_finds_the_tiny_city_well(house: Installation) -> None:
    answer = house.json("doctor")
    states = {finding["what"]: finding["state"] for finding in answer["findings"]}
    assert states.keys() == CHECKS
    assert "failed" not in states.values()
    assert states["database"] == "ok"
    for finding in answer["findings"]:
        assert finding["said"]
        assert finding["state"] == "ok" or finding["fix"]


def test_the_doctor_fails_where_the_tables_are_missing(house: Installation) -> None:
    house.database.change("DELETE FROM django_migrations WHERE app = 'orders'")
    done = house.command("doctor", "--json")
    assert done.returncode == 1
    found = {f["what"]: f for f in json.loads(done.stdout)["findings"]}["database"]
    assert found["state"] == "failed"
    assert "maplebridge migrate" in found["fix"]


def test_replay_twice_stores_once_and_the_journal_names_what_was_altered(
    house: Installation, tmp_path: Path
) -> None:
    messages = csv_of(tmp_path / "messages.csv", ROWS)
    with messages.open("a", encoding="utf-8") as more:
        more.write("M9999,not a time,路灯坏了,,\n")
    first, second = (house.json("replay", str(messages)) for _run in range(2))
    keys = {"rows", "stored", "already_there", "refused", "merge_suggestions", "seconds"}
    assert first.keys() == second.keys() == keys
    assert (first["rows"], first["stored"], first["already_there"]) == (ROWS + 1, ROWS, 0)
    assert (second["rows"], second["stored"], second["already_there"]) == (ROWS + 1, 0, ROWS)
    assert first["refused"] == second["refused"] == {"replay.time": 1}
    assert house.database.count("SELECT count(*) FROM incidents_incident") == ROWS

    assert house.command("journal", "seal").returncode == 0
    assert house.json("journal", "verify")["whole"] is True
    altered = house.database.count(
        "SELECT min(id) FROM kernel_journalentry WHERE kind = 'incidents.report_received'"
    )
    house.database.change(
        "UPDATE kernel_journalentry SET actor_role = 'nobody' WHERE id = ?", altered
    )
    done = house.command("journal", "verify")
    assert done.returncode == 1
    assert f"entry {altered} was altered" in done.stdout


def test_a_kept_anchor_shows_that_everything_was_sealed_anew(
    house: Installation, tmp_path: Path
) -> None:
    kept = tmp_path / "anchors.jsonl"
    early = house.command("journal", "anchor", "--json")
    assert (early.returncode, json.loads(early.stdout)["code"]) == (1, "journal.nothing_sealed")
    assert house.json("journal", "seal")["sealed"] > 0
    assert house.command("journal", "anchor", "--out", str(kept)).returncode == 0
    printed = json.loads(house.command("journal", "anchor").stdout)
    line = json.loads(kept.read_text("utf-8"))
    assert line["chain"] == printed["chain"]
    for expected in (str(kept), printed["chain"]):
        assert house.json("journal", "verify", "--expect", expected)["whole"] is True

    house.database.change("DELETE FROM kernel_journalseal")
    house.database.change("DELETE FROM kernel_subscribercursor WHERE name = 'kernel.sealer'")
    house.database.change("UPDATE kernel_journalentry SET actor_role = 'nobody'")
    house.command("journal", "seal")
    assert house.json("journal", "verify")["whole"] is True  # the lie holds together
    done = house.command("journal", "verify", "--expect", str(kept))
    assert done.returncode == 1
    assert printed["chain"] in done.stdout
    assert line["at"] in done.stdout


@pytest.mark.parametrize("given", ["nowhere.jsonl", "abc", "/"])
def test_an_anchor_that_can_not_be_read_is_refused(house: Installation, given: str) -> None:
    done = house.command("journal", "verify", "--expect", given)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def every_command(
    command: click.Command, words: tuple[str, ...] = ()
) -> list[tuple[tuple[str, ...], click.Command]]:
    """Each command and each command below it, with its words."""
    found = [(words, command)]
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None, f"{name} is listed and does not exist"
            found += every_command(below, (*words, name))
    return found


COMMANDS = every_command(command_line)


@pytest.mark.parametrize(
    ("words", "command"), COMMANDS, ids=[" ".join(words) or "maplebridge" for words, _ in COMMANDS]
)
def test_the_help_of_every_command_is_complete(
    words: tuple[str, ...], command: click.Command
) -> None:
    assert command.help, "says nothing of what it does"
    assert command.help.strip()[-1] in ".)"
    context = click.Context(command, info_name=" ".join(("maplebridge", *words)))
    shown = command.get_help(context)
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{parameter.opts[0]} is not explained"
            assert parameter.opts[0] in shown
        elif isinstance(parameter, click.Argument):
            assert parameter.name
            named = parameter.name.upper()
            assert named in command.help, f"{named} is not explained"


def test_the_first_help_lists_every_command(house: Installation) -> None:
    done = house.command("--help")
    assert done.returncode == 0
    for words, _command in COMMANDS:
        if len(words) == 1:
            assert f"\n  {words[0]} " in done.stdout


def test_an_unknown_command_is_refused_with_a_hint(house: Installation) -> None:
    done = house.command("serv")
    assert done.returncode == 2
    assert "No such command" in done.stderr
