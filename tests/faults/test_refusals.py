"""Production refuses to start with what belongs to the demonstration, and says so."""

from __future__ import annotations

import pytest

from tests.system.installation import Installation

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


def test_production_refuses_demo_accounts(house: Installation) -> None:
    present = house.database.count("SELECT count(*) FROM people_account WHERE is_demo")
    assert present > 0
    done = house.command("serve", **OWN)
    assert done.returncode == 1
    assert str(present) in done.stderr
    assert "people.demo_accounts" in done.stderr
    assert "Traceback" not in done.stderr
