"""The demonstration city behind a real server and a real worker, once a run."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from maplebridge.shell import assets
from tests.browser.people import Crowd
from tests.system import database
from tests.system.database import Database
from tests.system.installation import Installation

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HISTORY_DAYS = "3"


@dataclass(frozen=True, slots=True)
class City:
    """Where the demonstration is served, and what it stores for a second pair of eyes."""

    url: str
    database: Database
    folder: Path  # its own, with the uploads


def absent(reason: str) -> None:
    """Skip where something is missing; a green run in CI must mean that everything ran."""
    if os.environ.get("CI", "").lower() in {"1", "true"}:
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def demo_city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """The city with three days of history, served and worked on."""
    if not assets.is_built():
        absent("the front end is not built; run `make setup`")
    folder = tmp_path_factory.mktemp("demo-city")
    with database.empty(folder) as made:
        house = Installation(folder, made)
        for words in (("migrate",), ("demo", "fill", "--days", HISTORY_DAYS)):
            done = house.command(*words)
            assert done.returncode == 0, done.stdout + done.stderr
        with house.serving() as server, house.working():
            yield City(server.url, made, folder)


@pytest.fixture
def crowd(chromium: Browser, demo_city: City) -> Iterator[Crowd]:
    """Opens browsers of as many people as a test needs."""
    opened = Crowd(chromium, demo_city.url)
    yield opened
    opened.leave()
