"""What was committed is delivered, once, whoever dies in between."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.messages import csv_of
from tests.system.forms import values_of
from tests.system.installation import Installation, until
from tests.system.visitor import Visitor

pytestmark = pytest.mark.slow

REPORTS = 30


def suggested(house: Installation) -> int:
    """Incidents that have suggestions."""
    return house.database.count("SELECT count(DISTINCT incident_id) FROM incidents_suggestion")


def told(house: Installation, kind: str) -> int:
    return house.database.count("SELECT count(*) FROM kernel_journalentry WHERE kind = ?", kind)


def let_leases_run_out(house: Installation) -> None:
    """A minute passes: what the killed worker had taken may be taken by another."""
    house.database.change(
        "UPDATE kernel_job SET leased_until = run_at WHERE leased_until IS NOT NULL"
    )


def test_a_worker_killed_in_the_middle_leaves_nothing_undone_and_nothing_doubled(
    house: Installation, tmp_path: Path
) -> None:
    messages = csv_of(tmp_path / "messages.csv", REPORTS)
    assert house.json("replay", "--no-suggest", str(messages))["stored"] == REPORTS
    with house.working() as worker:
        until(lambda: suggested(house) >= 3, "the first suggestions")
        worker.kill()
    assert suggested(house) < REPORTS, "the worker was killed too late"
    let_leases_run_out(house)
    with house.working():
        until(lambda: suggested(house) == REPORTS, "all suggestions")
    assert told(house, "incidents.suggested") == REPORTS
    assert house.database.count("SELECT count(*) FROM kernel_job WHERE error <> ''") == 0


def test_orders_of_a_decision_made_while_the_worker_was_dead_are_issued_once(
    house: Installation,
) -> None:
    with house.serving() as server, Visitor(server.url) as desk:
        with house.working() as worker:
            code = desk.hand_in("dead-worker-1").json()["code"]
            until(lambda: suggested(house) == 1, "the suggestion")
            worker.kill()
        desk.sign_in("duty_desk")
        action = f"/desk/{code}/triage/"
        filled = values_of(desk.page(f"/desk/{code}/"), action)
        answer = desk.submit(action, {**filled, "lead_agency": "UMLE"}, on=f"/desk/{code}/")
        assert answer.status_code == 302, answer.text[-2000:]
        orders = "SELECT agency_code FROM orders_order ORDER BY agency_code"
        assert house.database.rows(orders) == []
        with house.working():
            until(lambda: delivered(house), "the delivery")
    issued = house.database.rows(orders)
    assert ("UMLE",) in issued
    assert len(set(issued)) == len(issued) == told(house, "orders.state_changed")


def delivered(house: Installation) -> bool:
    """Whether every subscriber has read the newest entry."""
    newest = house.database.count("SELECT max(id) FROM kernel_journalentry")
    behind = "SELECT count(*) FROM kernel_subscribercursor WHERE entry < ?"
    return house.database.count(behind, newest) == 0
