"""What “make run” calls: from nothing to a city one can look at, and away again."""

from __future__ import annotations

import re
import signal
import subprocess
from pathlib import Path

import httpx
import pytest

from tests.system import database
from tests.system.installation import Installation, Program, until
from tests.system.visitor import Visitor, filled_form
from tools.postgres import free_port

pytestmark = pytest.mark.slow

ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")
SUGGESTED = "SELECT count(*) FROM kernel_journalentry WHERE kind = 'incidents.suggested'"
PAGES = ("/", "/signin/", "/wall/", "/stations/", "/api/v1/docs")


def test_run_fills_serves_works_and_leaves_nothing_behind(tmp_path: Path) -> None:
    with database.empty(tmp_path) as made:
        house = Installation(tmp_path, made)
        with house.running("run", "--port", str(free_port()), "--days", "1") as program:
            look_around(address_of(program), made)
            (worker,) = workers_of(program)
            program.process.send_signal(signal.SIGINT)  # Ctrl+C
            program.process.wait(60)
        assert program.process.returncode == 0, program.said()
        until(lambda: not is_there(worker), "the worker's end")
        assert "Traceback" not in program.said()


def address_of(program: Program) -> str:
    """What it prints once everything is ready."""

    def ready() -> bool:
        assert program.alive, program.said()
        return "is ready after" in program.said() and "Ctrl+C" in program.said()

    until(ready, "the city", seconds=240)
    found = ADDRESS.search(program.said())
    assert found, program.said()
    until(lambda: answers(found[0]), "the first page")
    return found[0]


def answers(base: str) -> bool:
    try:
        return httpx.get(base, timeout=5, trust_env=False).status_code == 200
    except httpx.TransportError:
        return False


def look_around(base: str, made: database.Database) -> None:
    with Visitor(base) as person:
        for path in PAGES:
            assert person.page(path)
        before = made.count(SUGGESTED)  # the worker is at what goes on in the city already
        assert person.submit("/", filled_form()).status_code == 302
        person.sign_in("duty_desk")
        assert person.page("/desk/")
    assert made.count("SELECT count(*) FROM incidents_incident") > 10
    until(lambda: made.count(SUGGESTED) > before, "the worker's suggestion")


def workers_of(program: Program) -> list[int]:
    """Processes it started; asked of the system, because it is the system that must forget them."""
    listed = subprocess.run(
        ["ps", "-eo", "pid=,ppid=,args="], capture_output=True, text=True, check=True
    )
    rows = [line.split(None, 2) for line in listed.stdout.splitlines()]
    ours = str(program.process.pid)
    return [int(pid) for pid, parent, args in rows if parent == ours and "work" in args]


def is_there(pid: int) -> bool:
    listed = subprocess.run(["ps", "-p", str(pid)], capture_output=True, check=False)
    return listed.returncode == 0
