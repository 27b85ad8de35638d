"""The demonstration city with its usual history, served and worked on, once a run."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.system import database
from tests.system.database import Database
from tests.system.installation import Installation, until

# Enough for figures that look at what was settled weeks ago; ninety days take four times as long.
HISTORY_DAYS = "30"


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Database]]:
    """(address, database) of the filled city, when everything recorded has been heard."""
    folder = tmp_path_factory.mktemp("filled-city")
    with database.empty(folder) as made:
        house = Installation(folder, made)
        for words in (("migrate",), ("demo", "fill", "--days", HISTORY_DAYS)):
            done = house.command(*words)
            assert done.returncode == 0, done.stdout + done.stderr
        with house.serving() as server, house.working():
            until(lambda: heard(made), "the figures", 300)
            yield server.url, made


def heard(made: Database) -> bool:
    """Whether the figures have counted every entry that was there after the filling."""
    newest = made.rows(
        "SELECT max(id) FROM kernel_journalentry WHERE kind LIKE ?", "%.history_imported"
    )
    cursor = made.rows(
        "SELECT entry FROM kernel_subscribercursor WHERE name = ?", "indicators.count"
    )
    return bool(cursor) and int(cursor[0][0]) >= int(newest[0][0])
