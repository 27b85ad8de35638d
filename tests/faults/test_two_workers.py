"""Workers beside each other do nothing twice; on SQLite there is one worker."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest

from tests.faults.messages import csv_of
from tests.system.installation import Installation, until

pytestmark = pytest.mark.slow

REPORTS = 40


def test_workers_beside_each_other_do_nothing_twice(house: Installation, tmp_path: Path) -> None:
    count = house.database.count
    messages = csv_of(tmp_path / "messages.csv", REPORTS)
    with ExitStack() as stack:
        for _worker in range(2 if house.database.is_postgres else 1):
            stack.enter_context(house.working())
        assert house.json("replay", "--no-suggest", str(messages))["stored"] == REPORTS
        answered = "SELECT count(DISTINCT incident_id) FROM incidents_suggestion"
        until(lambda: count(answered) == REPORTS, "all suggestions")
        until(lambda: count("SELECT count(*) FROM kernel_journalseal") > 0, "a seal")
    told = "SELECT count(*) FROM kernel_journalentry WHERE kind = 'incidents.suggested'"
    assert count(told) == REPORTS
    assert count("SELECT count(*) FROM kernel_job WHERE name = 'incidents.suggest'") == REPORTS
    assert count("SELECT count(*) FROM kernel_job WHERE attempts > 1 OR error <> ''") == 0
    assert count("SELECT coalesce(sum(failures), 0) FROM kernel_subscribercursor") == 0
    assert count("SELECT count(*) FROM kernel_parkedentry") == 0
    assert house.json("journal", "verify")["whole"] is True


def test_sealers_that_meet_do_not_seal_the_same_entries(house: Installation) -> None:
    """Both wait for the sealers' lock; the second must look for the seal of the first."""
    if not house.database.is_postgres:
        pytest.skip("one writer at a time: nobody can wait inside a transaction")
    assert house.command("journal", "seal").returncode == 0
    house.command("client", "issue", "somebody")  # one entry that is not sealed yet
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    with ExitStack() as stack, psycopg.connect(house.database.url) as holder:
        holder.execute(
            "SELECT name FROM kernel_subscribercursor WHERE name = 'kernel.sealer' FOR UPDATE"
        )
        sealers = [stack.enter_context(house.running("journal", "seal")) for _n in range(2)]
        until(lambda: house.database.count(waiting) == len(sealers), "both sealers to wait")
        holder.rollback()
        for sealer in sealers:
            assert sealer.process.wait(60) == 0, sealer.said()
    verdict = house.json("journal", "verify")
    assert (verdict["whole"], verdict["unsealed"], verdict["seals"]) == (True, 0, 2)
