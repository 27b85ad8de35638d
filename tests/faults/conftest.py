"""The tiny city for every fault: built once a run, a copy for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.system import small
from tests.system.database import Database
from tests.system.installation import Installation


@pytest.fixture(scope="session")
def tiny_city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    with small.original(tmp_path_factory.mktemp("tiny-city")) as made:
        yield made


@pytest.fixture
def house(tiny_city: Database, tmp_path: Path) -> Iterator[Installation]:
    with small.copied(tiny_city, tmp_path) as made:
        yield made
