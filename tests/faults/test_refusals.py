"""Production refuses to start with what belongs to the demonstration, and says so."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

from tests.system.installation import ROOT, Installation

OWN = {
    "MAPLEBRIDGE_MODE": "production",
    "MAPLEBRIDGE_SECRET_KEY": "k" * 20 + "-secret-of-this-station",
    "MAPLEBRIDGE_DATA_KEY": "d" * 20 + "-secret-of-this-station",
    "MAPLEBRIDGE_ALLOWED_HOSTS": "station.example",
}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"MAPLEBRIDGE_SECRET_KEY": ""}, "MAPLEBRIDGE_SECRET_KEY"),
        ({"MAPLEBRIDGE_DATA_KEY": "short"}, "MAPLEBRIDGE_DATA_KEY"),
        ({"MAPLEBRIDGE_DEBUG": "1"}, "MAPLEBRIDGE_DEBUG"),
        ({"MAPLEBRIDGE_ALLOWED_HOSTS": ""}, "MAPLEBRIDGE_ALLOWED_HOSTS"),
    ],
    ids=["secret key", "data key", "debug", "hosts"],
)
def test_production_refuses_unsafe_settings(
    house: Installation, changed: dict[str, str], said: str
) -> None:
    done = house.command("serve", **{**OWN, **changed})
    assert done.returncode == 1
    assert said in done.stderr
    assert "production" in done.stderr or "ALLOWED_HOSTS" in done.stderr
    assert "Traceback" not in done.stderr


def test_production_refuses_the_default_secrets_all_at_once(house: Installation) -> None:
    done = house.command("serve", MAPLEBRIDGE_MODE="production")
    assert done.returncode == 1
    for name in ("SECRET_KEY", "DATA_KEY", "ALLOWED_HOSTS"):
        assert f"MAPLEBRIDGE_{name}" in done.stderr


# What serves people or answers events: a command, or the application by its name.
STARTS = {
    "serve": ("-m", "maplebridge", "serve", "--no-worker"),
    "pages": ("-m", "maplebridge", "serve", "--pages"),
    "stream": ("-m", "maplebridge", "serve", "--stream"),
    "work": ("-m", "maplebridge", "work"),
    "wsgi": ("-c", "import maplebridge.config.wsgi"),
    "asgi": ("-c", "import maplebridge.config.asgi"),
}
DEMO_CLIENT = "from maplebridge.commands.setup_commands import issue_demo_client as i; i()"
START = pytest.mark.parametrize("start", list(STARTS))
ONE_OF_EACH = pytest.mark.parametrize("start", ["serve", "work", "wsgi"])


def started(house: Installation, start: str, **env: str) -> str:
    """What it says when it refuses to start."""
    done = subprocess.run(
        [sys.executable, *STARTS[start]],
        cwd=ROOT,
        env=house.environment(**env),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert "-m" not in STARTS[start] or "Traceback" not in done.stderr
    return done.stderr


@START
def test_production_refuses_demo_accounts(house: Installation, start: str) -> None:
    present = house.database.count("SELECT count(*) FROM people_account WHERE is_demo")
    assert present > 0
    said = started(house, start, **OWN)
    assert str(present) in said
    assert "people.demo_accounts" in said
    assert "maplebridge demo drop-accounts" in said


@ONE_OF_EACH
def test_production_refuses_the_token_of_the_demonstration(house: Installation, start: str) -> None:
    assert house.json("demo", "drop-accounts")["dropped"] > 0
    prepare(house, DEMO_CLIENT)
    said = started(house, start, **OWN)
    assert "start.demo_token" in said
    assert "maplebridge client revoke demo" in said


@ONE_OF_EACH
def test_nothing_starts_on_a_schema_that_waits_for_migrations(
    house: Installation, start: str
) -> None:
    house.database.change("DELETE FROM django_migrations WHERE app = 'orders'")
    said = started(house, start)
    assert "start.migrations" in said
    assert "maplebridge migrate" in said


def test_the_remedies_work(house: Installation) -> None:
    """What the refusals tell an operator to do is done; then production starts."""
    prepare(house, DEMO_CLIENT)
    first = house.json("demo", "drop-accounts")
    assert first["dropped"] == house.database.count(
        "SELECT count(*) FROM people_account WHERE is_demo"
    )
    assert house.json("demo", "drop-accounts") == {"dropped": 0}
    assert house.json("client", "revoke", "demo") == {"name": "demo", "revoked": True}
    with replace(house, settings=OWN).serving() as server:
        assert server.alive


def prepare(house: Installation, code: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", f"from maplebridge.commands.base import setup; setup(); {code}"],
        cwd=ROOT,
        env=house.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
