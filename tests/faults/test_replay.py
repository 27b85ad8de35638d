"""A replay beside the desk: reports come in by the hundred and the pages go on answering."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.messages import csv_of
from tests.system.installation import Installation
from tests.system.visitor import Visitor

REPORTS = 150


@pytest.mark.slow
def test_the_desk_answers_while_a_file_is_replayed(house: Installation, tmp_path: Path) -> None:
    messages = csv_of(tmp_path / "messages.csv", REPORTS)
    shown = 0
    with house.serving() as server, Visitor(server.url) as lin:
        lin.sign_in("duty_desk")
        with house.running("replay", str(messages)) as replay:
            while replay.alive:
                lin.page("/desk/")  # anything but 200 ends the test
                shown += 1
            assert replay.process.returncode == 0, replay.said()
        stored = "SELECT count(*) FROM incidents_incident"
        assert house.database.count(stored) == REPORTS
        assert "井盖不见了" in lin.page("/desk/")
    assert shown > 3
