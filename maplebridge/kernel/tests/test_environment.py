"""Settings: typed, from files too, and what production refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from maplebridge.config.environment import SettingsError, database, read_settings

GOOD = {
    "MAPLEBRIDGE_MODE": "production",
    "MAPLEBRIDGE_SECRET_KEY": "a" * 40,
    "MAPLEBRIDGE_DATA_KEY": "b" * 40,
    "MAPLEBRIDGE_ALLOWED_HOSTS": "station.example",
}


def test_a_value_may_come_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "port").write_text("9001\n")
    assert read_settings({"MAPLEBRIDGE_PORT_FILE": str(tmp_path / "port")}).port == 9001


def test_production_starts_with_its_own_secrets() -> None:
    assert read_settings(GOOD).production


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"MAPLEBRIDGE_SECRET_KEY": ""}, "SECRET_KEY"),
        ({"MAPLEBRIDGE_DATA_KEY": "short"}, "DATA_KEY"),
        ({"MAPLEBRIDGE_DEBUG": "1"}, "DEBUG"),
        ({"MAPLEBRIDGE_ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS"),
        ({"MAPLEBRIDGE_WORKERS": "4"}, "WORKERS"),
        ({"MAPLEBRIDGE_PORT": "http"}, "PORT"),
        ({"MAPLEBRIDGE_MODE": "live"}, "MODE"),
    ],
)
def test_production_refuses_and_names_the_setting(change: dict[str, str], named: str) -> None:
    with pytest.raises(SettingsError, match=named):
        read_settings({**GOOD, **change})


def test_the_database_url_picks_the_engine(tmp_path: Path) -> None:
    lite = read_settings({"MAPLEBRIDGE_DATA_DIR": str(tmp_path)})
    assert str(database(lite)["NAME"]).startswith(str(tmp_path))
    big = read_settings({"DATABASE_URL": "postgres://u:p%40w@db.example:5433/city"})
    entry = database(big)
    assert (entry["USER"], entry["PASSWORD"], entry["PORT"]) == ("u", "p@w", "5433")
    with pytest.raises(SettingsError, match="mysql"):
        database(read_settings({"DATABASE_URL": "mysql://x/y"}))


@pytest.mark.parametrize("named", ["*", "proxy.example", "10.0.0.0/40", "10.0.0.1, x"])
def test_a_trusted_proxy_is_an_address(named: str) -> None:
    with pytest.raises(SettingsError, match="TRUSTED_PROXY"):
        read_settings({"MAPLEBRIDGE_TRUSTED_PROXY": named})
    assert read_settings({"MAPLEBRIDGE_TRUSTED_PROXY": "10.0.0.1, fd00::/8"}).trusted_proxy
