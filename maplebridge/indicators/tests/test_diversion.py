"""Who diverted what effectively, and what the police really handled (M02 and M03)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from maplebridge.dispatch.models import Call, Offer
from maplebridge.incidents import api as incidents
from maplebridge.incidents.api import PastIncident, PastStep
from maplebridge.incidents.models import Incident
from maplebridge.indicators import actions, queries, subscribers, tasks
from maplebridge.indicators.facts import marks
from maplebridge.indicators.models import Counted, HourlyCount, Span
from maplebridge.indicators.periods import settled
from maplebridge.indicators.tests.factories import ACTOR, BEGIN, City, agencies, count
from maplebridge.kernel.journal import Cursor, read_after
from maplebridge.kernel.testing import deliver, frozen
from maplebridge.orders import api as orders
from maplebridge.orders.api import PastOrder, PastOrderStep
from maplebridge.people.models import Unit

# Readers of the journal see what is committed; so these stories really commit.
pytestmark = pytest.mark.django_db(transaction=True)
DAY = 86_400


@pytest.fixture
def city() -> City:
    agencies()
    return City()


def given_elsewhere(city: City, label: str = "non_police", lead: str = "UMLE") -> Incident:
    row = city.receive()
    city.judge(row, label, lead)
    return row


def counted(row: Incident) -> dict[str, str]:
    """The marks of one matter by their metric, as the worker keeps them."""
    count()
    kept = Counted.objects.get(pk=row.pk).marks
    return dict(mark.split("|") for mark in kept)


def test_taken_in_two_hours_and_answered_by_its_time_is_effective(city: City) -> None:
    row = given_elsewhere(city)
    order = city.order(row, "UMLE")
    city.wait(2 * 3600)
    city.step(order, "accept", "accepted")
    assert counted(row)["diversion"] == "other"  # not answered yet
    city.wait(6 * DAY)
    city.step(order, "answer", "answered")
    assert counted(row)["diversion"] == "effective"
    assert "police_handled" not in counted(row)


@pytest.mark.parametrize(
    ("until_taken", "until_answered"), [(2 * 3600 + 1, 60), (60, 7 * DAY)], ids=["taken", "answer"]
)
def test_late_is_not_effective(city: City, until_taken: float, until_answered: float) -> None:
    row = given_elsewhere(city)
    order = city.order(row, "UMLE")
    city.wait(until_taken)
    city.step(order, "accept", "accepted")
    city.wait(until_answered)
    city.step(order, "answer", "answered")
    assert counted(row)["diversion"] == "other"


def test_answered_at_once_is_taken_too(city: City) -> None:
    row = given_elsewhere(city)
    order = city.order(row, "UMLE")
    city.wait(600)
    city.step(order, "answer", "answered")
    assert counted(row)["diversion"] == "effective"


@pytest.mark.parametrize(("days", "said"), [(6, "other"), (8, "effective")])
def test_back_at_the_police_within_seven_days_is_not_effective(
    city: City, days: int, said: str
) -> None:
    row = given_elsewhere(city)
    order = city.order(row, "UMLE")
    city.step(order, "answer", "answered")
    city.wait(days * DAY)
    city.move(row, "dispatch", "dispatched")
    assert counted(row)["diversion"] == said


def test_calling_it_a_police_matter_afterwards_does_not_take_it_out(city: City) -> None:
    """The first decision stays in the denominator, or a bad month could be relabelled away."""
    row = given_elsewhere(city)
    city.step(city.order(row, "UMLE"), "answer", "answered")
    city.wait(3600)
    city.judge(row, "police", "PSB")
    assert counted(row)["diversion"] == "other"


def test_an_order_that_was_returned_is_not_effective(city: City) -> None:
    row = given_elsewhere(city)
    order = city.order(row, "UMLE")
    city.step(order, "return", "returned")
    city.step(order, "reissue", "issued")
    city.step(order, "answer", "answered")
    assert counted(row)["diversion"] == "other"


@pytest.mark.parametrize(
    ("label", "lead", "belongs"),
    [
        ("non_police", "UMLE", True), ("non_police", "", True), ("mixed", "COMM", True),
        ("mixed", "PSB", False), ("mixed", "", False), ("police", "PSB", False),
    ],
)  # fmt: skip
def test_only_what_belongs_elsewhere_is_in_the_base(
    city: City, label: str, lead: str, belongs: bool
) -> None:
    row = given_elsewhere(city, label, lead)
    assert ("diversion" in counted(row)) is belongs


def test_history_without_its_orders_is_in_no_base(city: City) -> None:
    row = city.receive()
    city.triage(row, "social_linkage")
    assert "diversion" not in counted(row)


def given_history(lead: str, *, taken: int = 600) -> Incident:
    """A matter and its order from an old system, brought in by the doors of their rooms."""
    steps = (
        PastStep("receive", "received", BEGIN),
        PastStep("triage", "triaged", BEGIN + timedelta(minutes=2)),
    )
    issued = BEGIN + timedelta(minutes=3)
    incidents.import_history(
        [
            PastIncident(
                key=f"old:{lead}", narrative="路灯坏了", channel="phone", urgency="P3",
                category="social_linkage", subtype="", police_label="non_police",
                lead_agency=lead, reported_at=BEGIN, steps=steps,
            )
        ],
        actor=ACTOR,
    )  # fmt: skip
    row = Incident.objects.get(intake_key=f"old:{lead}")
    order = PastOrder(
        f"old:{lead}",
        lead,
        "lead",
        (
            PastOrderStep("issue", issued),
            PastOrderStep("accept", issued + timedelta(seconds=taken)),
            PastOrderStep("answer", issued + timedelta(hours=3)),
        ),
    )
    count()  # the matter is counted before its order comes
    orders.import_history([order], actor=ACTOR)
    return row


def hear_again() -> None:
    for entry in read_after(Cursor()):
        event = entry.event()
        assert event is not None
        subscribers.count_what_changed(entry, event)


@pytest.mark.parametrize(("taken", "said"), [(600, "effective"), (2 * 3600 + 1, "other")])
def test_history_counts_by_the_orders_that_came_with_it(city: City, taken: int, said: str) -> None:
    row = given_history("UMLE", taken=taken)
    assert counted(row)["diversion"] == said
    whole = sorted(HourlyCount.objects.values_list("metric", "hour", "key", "n"))
    hear_again()  # an entry may come twice
    assert sorted(HourlyCount.objects.values_list("metric", "hour", "key", "n")) == whole
    actions.rebuild()
    assert sorted(HourlyCount.objects.values_list("metric", "hour", "key", "n")) == whole


def test_an_order_of_history_to_the_police_is_no_diversion(city: City) -> None:
    assert "diversion" not in counted(given_history("PSB"))


def test_a_decision_here_does_not_take_history_out_of_the_base(city: City) -> None:
    row = given_history("UMLE")
    city.wait(DAY)
    city.judge(row, "police", "PSB")
    assert counted(row)["diversion"] == "other"


def test_a_police_unit_that_came_second_counts_as_police_work(city: City) -> None:
    row = city.receive()
    city.triage(row)
    city.arrive(row, "volunteer", 200)
    assert "police_handled" not in counted(row)
    unit = Unit.objects.create(code="X1", name="巡逻组", kind="patrol", lon=120.5, lat=27.5)
    call = Call.objects.create(
        incident=row, kind="police", order_type="x", state="arrived", opened_at=BEGIN, unit=unit
    )
    Offer.objects.create(call=call, unit=unit, state="arrived", offered_at=BEGIN, arrived_at=BEGIN)
    city.arrive(row, "police", 400)  # told again; the first stays first
    assert counted(row)["police_handled"] == ""
    assert counted(row)["first_arrival"] == "volunteer"


@pytest.mark.parametrize(("lead", "handled"), [("PSB", True), ("UMLE", False)])
def test_settled_by_phone_is_police_work_when_the_police_lead(
    city: City, lead: str, handled: bool
) -> None:
    row = given_elsewhere(city, "mixed", lead)
    city.move(row, "feed_back", "fed_back", "dispatcher")
    assert ("police_handled" in counted(row)) is handled


def test_an_ambulance_is_no_police_unit(city: City) -> None:
    row = city.receive()
    city.move(row, "arrive", "arrived", "volunteer")
    unit = Unit.objects.create(code="A1", name="救护车", kind="ambulance", lon=120.5, lat=27.5)
    call = Call.objects.create(
        incident=row, kind="police", order_type="x", state="arrived", opened_at=BEGIN, unit=unit
    )
    Offer.objects.create(call=call, unit=unit, state="arrived", offered_at=BEGIN, arrived_at=BEGIN)
    [fact] = queries.facts([row.pk])
    assert not any(mark.startswith("police_handled") for mark in marks(fact))


def test_the_share_is_read_over_days_that_are_settled(city: City) -> None:
    rows = [given_elsewhere(city) for _ in range(3)]
    city.step(city.order(rows[0], "UMLE"), "answer", "answered")
    count()
    at = BEGIN + timedelta(days=20)
    period = settled(at)
    given = queries.counts(["diversion"], period.start, period.end)["diversion"]
    assert (given["effective"], given.total()) == (1, 3)


def test_older_matters_are_counted_for_a_new_figure_newest_first(city: City) -> None:
    """What a migration asks for, on rows that were counted before the figure was defined."""
    rows = [given_elsewhere(city) for _ in range(3)]
    count()
    whole = sorted(HourlyCount.objects.values_list("metric", "hour", "key", "n"))
    spans = sorted(Span.objects.values_list("metric", "source", "seconds"))
    HourlyCount.objects.filter(metric="diversion").delete()
    for row in Counted.objects.all():
        row.marks = [mark for mark in row.marks if not mark.startswith("diversion")]
        row.save()
    ended = actions.recount_before(rows[1].pk)
    assert ended == rows[0].pk
    with frozen(BEGIN):
        tasks.recount({"run": "test"})
        tasks.recount({"run": "test"})  # a job may run twice
        deliver()
    assert sorted(HourlyCount.objects.values_list("metric", "hour", "key", "n")) == whole
    assert sorted(Span.objects.values_list("metric", "source", "seconds")) == spans
