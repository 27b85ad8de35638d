"""The commands an operator trusts, through the real command line."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import click
import pytest

from maplebridge.__main__ import main as command_line
from tests.faults.messages import csv_of
from tests.system import database
from tests.system.installation import ROOT, Installation
from tools.postgres import free_port

CHECKS = {
    "versions", "mode", "disk", "time zone", "clock drift", "database", "journal", "anchor",
    "queues", "adapters", "front end", "map",
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


def test_the_doctor_names_what_it_can_not_reach_and_says_what_to_do(house: Installation) -> None:
    away = f"postgres://nobody@127.0.0.1:{free_port()}/nothing"
    done = house.command("doctor", "--json", DATABASE_URL=away)
    assert done.returncode == 1
    findings = json.loads(done.stdout)["findings"]
    assert {f["what"] for f in findings} == CHECKS
    failed = [f for f in findings if f["state"] == "failed"]
    assert {f["what"] for f in failed} == {"clock drift", "database", "journal", "queues", "map"}
    assert all("DATABASE_URL" in f["fix"] for f in failed)
    shown = house.command("doctor", DATABASE_URL=away)
    assert shown.stdout.count("→") >= len(failed)


def test_the_doctor_sees_a_dead_worker_at_a_quiet_station(house: Installation) -> None:
    house.database.change("UPDATE kernel_journalentry SET at = CURRENT_TIMESTAMP")
    finding = doctor(house)["queues"]
    assert finding["state"] == "ok", finding  # nothing waits for long yet
    house.database.change("UPDATE kernel_journalentry SET at = '2026-01-01 00:00:00+00:00'")
    finding = doctor(house)["queues"]
    assert finding["state"] == "warning"
    assert "days" in finding["said"]
    assert "maplebridge work" in finding["fix"]


def test_the_doctor_looks_for_the_kept_anchors(house: Installation) -> None:
    kept = house.folder / "anchors.jsonl"
    own = replace(house, settings={"MAPLEBRIDGE_ANCHOR_FILE": str(kept)})
    assert doctor(own)["anchor"]["state"] == "warning"
    house.command("journal", "seal")
    house.command("journal", "anchor", "--out", str(kept))
    assert doctor(own)["anchor"]["state"] == "ok"
    house.database.change("DELETE FROM kernel_journalseal")
    done = own.command("doctor", "--json")
    assert done.returncode == 1
    found = {f["what"]: f for f in json.loads(done.stdout)["findings"]}["anchor"]
    assert (found["state"], "journal verify --expect" in found["fix"]) == ("failed", True)
    kept.write_text("nothing\n")
    found = {f["what"]: f for f in json.loads(own.command("doctor", "--json").stdout)["findings"]}
    assert found["anchor"]["state"] == "failed"
    assert "MAPLEBRIDGE_ANCHOR_FILE" in found["anchor"]["fix"]


def doctor(house: Installation) -> dict[str, dict[str, str]]:
    return {finding["what"]: finding for finding in house.json("doctor")["findings"]}


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


GO_ON = {"run", "serve", "work"}  # they end when they are stopped, and answer nothing
LEAVES = [
    (words, command) for words, command in COMMANDS
    if not isinstance(command, click.Group) and words[0] not in GO_ON
]  # fmt: skip


@pytest.mark.parametrize(("words", "command"), LEAVES, ids=[" ".join(w) for w, _ in LEAVES])
def test_every_command_answers_in_json_also_when_it_can_not(
    house: Installation, words: tuple[str, ...], command: click.Command
) -> None:
    assert "--json" in {name for option in command.params for name in option.opts}
    given = [word for held in command.params for word in usable(held, house.folder)]
    done = house.command(*words, *given, "--json", MAPLEBRIDGE_MODE="nonsense")
    assert done.returncode == 1
    if words in WITHOUT_SETTINGS:
        assert failure(done.stdout).startswith("brain.")
    else:
        assert failure(done.stdout) == "command.settings"
    done = house.command(*words, *given, "--json", "--no-such-option")
    assert done.returncode == 2
    assert failure(done.stdout) == "command.usage"


# They work on files alone, so settings that do not fit are none of their business.
WITHOUT_SETTINGS = {
    ("brain", "evaluate"), ("brain", "score"), ("brain", "train"), ("brain", "triage"),
}  # fmt: skip


def usable(held: click.Parameter, folder: Path) -> list[str]:
    """A value that the command line takes, for what can not be left out."""
    if not held.required:
        return []
    name = [held.opts[0]] if isinstance(held, click.Option) else []
    if isinstance(held.type, click.types.IntParamType):
        return [*name, "1"]
    if isinstance(held.type, click.Path) and not held.type.exists:
        return [*name, str(folder / "out.jsonl")]
    return [*name, str(csv_of(folder / "one.csv", 1))]


def test_a_missing_option_is_named_in_json_as_well(house: Installation) -> None:
    done = house.command("brain", "train", "--json")
    assert done.returncode == 2
    assert "--data" in json.loads(done.stdout)["message"]


def failure(said: str) -> str:
    """The code of a failure; it says why, and nothing stands beside it."""
    answer = json.loads(said)
    assert answer.keys() == {"code", "message"}
    assert answer["message"]
    return str(answer["code"])


def test_commands_that_change_something_answer_in_json(house: Installation) -> None:
    assert house.json("migrate") == {"applied": []}
    assert house.json("client", "issue", "camera")["token"]
    assert house.json("client", "revoke", "camera") == {"name": "camera", "revoked": True}
    again = house.command("client", "revoke", "camera", "--json")
    assert (again.returncode, failure(again.stdout)) == (1, "client.unknown")
    assert house.json("journal", "retry-parked") == {"digested": 0, "parked": 0}
    moved = house.json("journal", "rebase")["moved"]
    assert (moved > 0) == house.database.is_postgres
    asked = house.command("demo", "remove", "--json")
    assert (asked.returncode, failure(asked.stdout)) == (1, "command.not_confirmed")
    assert house.json("demo", "remove", "--yes") == {"empty": True}
    assert house.database.count("SELECT count(*) FROM kernel_journalentry") == 0


def test_migrating_shows_how_far_it_is(tmp_path: Path) -> None:
    with database.empty(tmp_path) as made:
        house = Installation(tmp_path, made)
        code, shown = on_a_terminal(house, "migrate")
        assert code == 0
        assert "Preparing the database" in shown
        assert "100%" in shown
        applied = made.count("SELECT count(*) FROM django_migrations")
        assert house.json("migrate") == {"applied": []}
        assert applied > 20
        code, shown = on_a_terminal(house, "journal", "seal")
        assert (code, "0 entries sealed" in shown) == (0, True)


def on_a_terminal(house: Installation, *words: str) -> tuple[int, str]:
    """Run a command as somebody sees it who sits before it."""
    near, far = os.openpty()
    with os.fdopen(near, "rb", closefd=True) as screen:
        process = subprocess.Popen(
            [sys.executable, "-m", "maplebridge", *words],
            cwd=ROOT, env=house.environment(TERM="xterm"), stdin=far, stdout=far, stderr=far,
        )  # fmt: skip
        os.close(far)
        shown = bytearray()
        # Reading ends with an error once nobody holds the other side any more.
        with contextlib.suppress(OSError):
            while part := screen.raw.read(4096):
                shown += part
        return process.wait(), shown.decode("utf-8", "replace")


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
