"""Past orders in bulk: the same machine and clocks as live ones, one entry, once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from maplebridge.incidents import api as incidents
from maplebridge.incidents.models import Incident
from maplebridge.incidents.tests import given
from maplebridge.kernel.actor import SYSTEM
from maplebridge.kernel.clock import now
from maplebridge.kernel.errors import Refused
from maplebridge.kernel.journal.models import JournalEntry
from maplebridge.kernel.testing import deliver
from maplebridge.orders import api
from maplebridge.orders.models import Order, OrderChange

pytestmark = pytest.mark.django_db(transaction=True)
JOB = SYSTEM("twin")


@pytest.fixture(autouse=True)
def small_city(db: None) -> None:
    given.city()


def reported() -> Incident:
    """A judged matter whose orders are not issued here: they come with the file."""
    return Incident.objects.get(code=given.report().code)


def steps(*named: tuple[str, float], agency: str = "", words: str = "") -> tuple[object, ...]:
    begin = now() - timedelta(days=3)
    return tuple(
        api.PastOrderStep(verb, begin + timedelta(hours=h), "agency_clerk", agency, words)
        for verb, h in named
    )


def past(row: Incident, *found: object, agency: str = "UMLE", part: str = "lead") -> api.PastOrder:
    return api.PastOrder(row.code, agency, part, found)  # type: ignore[arg-type]


def test_orders_of_the_past_are_stored_once_with_every_step() -> None:
    row = reported()
    Incident.objects.filter(pk=row.pk).update(urgency="P3", subtype="utility.power")
    answered = past(
        row, *steps(("issue", 0), ("accept", 1), ("urge", 20), ("answer", 22), words="修好了")
    )
    waiting = past(row, *steps(("issue", 0), ("accept", 3)), agency="COMM", part="assist")
    assert api.import_history([answered, waiting], actor=JOB) == 2
    assert api.import_history([answered, waiting], actor=JOB) == 0
    lead, assist = Order.objects.order_by("id")
    assert (lead.state, lead.answer, lead.urged) == ("answered", "修好了", 1)
    assert lead.due_at - lead.issued_at == timedelta(hours=24)  # power: the room's own clock
    assert assist.state == "accepted"
    assert api.clocks(now()) == (1, 1, 0)
    verbs = OrderChange.objects.filter(order=lead).order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["issue", "accept", "urge", "answer"]
    (entry,) = JournalEntry.objects.filter(kind__startswith="orders.")
    assert (entry.kind, entry.data["still_open"]) == ("orders.history_imported", 1)


def test_a_returned_order_goes_on_to_whom_the_desk_named() -> None:
    row = reported()
    returned = past(
        row,
        *steps(("issue", 0)),
        *steps(("return", 1), agency="HCD", words="道路由住建管养"),
        *steps(("reissue", 2), agency="HCD"),
    )
    api.import_history([returned], actor=JOB)
    order = Order.objects.get()
    assert (order.agency_code, order.state, order.returns) == ("HCD", "issued", 1)
    changes = OrderChange.objects.order_by("id").values_list("agency_code", "reason")
    assert list(changes) == [("UMLE", ""), ("UMLE", "道路由住建管养"), ("HCD", "")]


def test_a_file_cannot_take_a_step_the_flow_forbids() -> None:
    with pytest.raises(Refused):
        api.import_history([past(reported(), *steps(("issue", 0), ("reissue", 1)))], actor=JOB)
    assert not Order.objects.exists()


def test_a_live_step_of_an_imported_matter_issues_nothing_twice() -> None:
    row = reported()
    api.import_history([past(row, *steps(("issue", 0), ("accept", 1)))], actor=JOB)
    incidents.triage_incident(
        row.code, given.triage(lead_agency="UMLE", co_agencies=()), actor=given.desk()
    )
    deliver()
    assert Order.objects.filter(incident=row).count() == 1
