"""Splitting, answering, returning: one thread for the resident, a clock for every agency."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection

from maplebridge.incidents import api as incidents
from maplebridge.incidents.models import Incident, SceneReport
from maplebridge.incidents.tests import given
from maplebridge.kernel.errors import BadInput, Conflict, NotAllowed, NotFound, Refused
from maplebridge.kernel.journal.models import JournalEntry, SubscriberCursor
from maplebridge.kernel.testing import deliver, frozen
from maplebridge.orders import api
from maplebridge.orders.models import Order, OrderChange
from maplebridge.orders.states import FLOW, Verb

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def small_city(db: None) -> None:
    given.city()


def triaged(**changed: object) -> Incident:
    code = given.report().code
    incidents.triage_incident(code, given.triage(**changed), actor=given.desk())
    deliver()
    return Incident.objects.get(code=code)


def order_of(incident: Incident, agency: str) -> Order:
    return Order.objects.get(incident=incident, agency_code=agency, state__in=api.OPEN)


def test_every_forbidden_pair_is_refused() -> None:
    for state, verb in FLOW.forbidden():
        with pytest.raises(Refused):
            FLOW.after(state, verb)


def test_one_incident_is_split_into_a_lead_and_assisting_agencies() -> None:
    incident = triaged(urgency="P3", co_agencies=("COMM", "FIRE"))
    parts = dict(Order.objects.filter(incident=incident).values_list("agency_code", "part"))
    assert parts == {"UMLE": "lead", "COMM": "assist", "FIRE": "assist"}
    assert JournalEntry.objects.filter(kind="orders.state_changed").count() == 3


def test_the_police_get_no_paper_order() -> None:
    incident = triaged(lead_agency="PSB", co_agencies=("COMM",))
    assert list(Order.objects.filter(incident=incident).values_list("agency_code", flat=True)) == [
        "COMM"
    ]


def test_splitting_twice_changes_nothing_and_a_correction_moves_only_what_changed() -> None:
    incident = triaged()
    api.split_incident(incident.pk, actor=given.desk())
    assert Order.objects.filter(incident=incident).count() == 2
    incidents.triage_incident(
        incident.code, replace(given.TRIAGE, lead_agency="HCD"), actor=given.desk()
    )
    deliver()
    states = dict(Order.objects.filter(incident=incident).values_list("agency_code", "state"))
    assert states == {"UMLE": "cancelled", "COMM": "issued", "HCD": "issued"}


def test_a_promise_to_the_resident_never_moves_earlier() -> None:
    with frozen() as clock:
        incident = triaged(urgency="P4", subtype="noise")
        before = api.promise(incident.pk)
        clock.move(minutes=10)
        incidents.triage_incident(
            incident.code, replace(given.TRIAGE, urgency="P1"), actor=given.desk()
        )
        deliver()
        assert before is not None
        after = api.promise(incident.pk)
        assert after is not None
        assert after >= before
        assert order_of(incident, "UMLE").due_at < before  # the agency's own clock did tighten


def test_when_all_have_answered_the_resident_hears_the_lead() -> None:
    incident = triaged()
    lead, assist = order_of(incident, "UMLE"), order_of(incident, "COMM")
    api.accept_order(lead.pk, actor=given.clerk("UMLE"))
    deliver()
    assert Incident.objects.get(pk=incident.pk).state == "transferred"
    api.answer_order(lead.pk, "井盖已装好。", actor=given.clerk("UMLE"))
    deliver()
    assert Incident.objects.get(pk=incident.pk).state == "transferred"
    api.answer_order(assist.pk, "已提醒居民。", actor=given.clerk("COMM"))
    deliver()
    assert Incident.objects.get(pk=incident.pk).state == "fed_back"
    assert SceneReport.objects.get(incident=incident).answer == "井盖已装好。"


def test_only_the_own_agency_answers_and_other_orders_look_absent() -> None:
    order = order_of(triaged(), "UMLE")
    with pytest.raises(NotFound):
        api.accept_order(order.pk, actor=given.clerk("COMM"))
    with pytest.raises(NotAllowed):
        api.accept_order(order.pk, actor=given.desk())
    with pytest.raises(NotFound):
        api.accept_order(999_999, actor=given.clerk("UMLE"))


def test_a_return_names_rule_and_agency_and_happens_once() -> None:
    incident = triaged()
    order = order_of(incident, "UMLE")
    with pytest.raises(BadInput) as refusal:
        api.return_order(order.pk, "", "UMLE", actor=given.clerk("UMLE"))
    assert set(refusal.value.fields) == {"reason", "names_agency"}
    api.return_order(order.pk, "道路属住建管养", "HCD", actor=given.clerk("UMLE"))
    api.reissue_order(order.pk, "HCD", actor=given.desk())
    with pytest.raises(Refused):
        api.return_order(order.pk, "也不是我们", "UMLE", actor=given.clerk("HCD"))
    changes = OrderChange.objects.filter(order=order).order_by("id")
    assert [change.verb for change in changes] == [Verb.ISSUE, Verb.RETURN, Verb.REISSUE]


def test_two_clerks_at_once_one_wins() -> None:
    order = order_of(triaged(), "UMLE")
    from maplebridge.orders.actions.working import _step

    stale = Order.objects.select_related("incident").get(pk=order.pk)
    api.accept_order(order.pk, actor=given.clerk("UMLE"))
    with pytest.raises(Conflict):
        _step(stale, Verb.ACCEPT, actor=given.clerk("UMLE"))


def test_split_at_once_by_several_processes_issues_each_order_once() -> None:
    """The subscriber and somebody at a desk can both hear of the same decision first."""
    for _round in range(3):
        code = given.report().code
        incidents.triage_incident(code, given.TRIAGE, actor=given.desk())
        incident = Incident.objects.get(code=code)
        start = threading.Barrier(4)

        def split(pk: int = incident.pk, start: threading.Barrier = start) -> list[int]:
            start.wait()
            try:
                return api.split_incident(pk, actor=given.desk())
            finally:
                connection.close()

        with ThreadPoolExecutor(4) as pool:
            issued = [one.result() for one in [pool.submit(split) for _ in range(4)]]
        orders = Order.objects.filter(incident=incident)
        assert sorted(order for one in issued for order in one) == sorted(
            orders.values_list("pk", flat=True)
        )
        assert sorted(orders.values_list("agency_code", flat=True)) == ["COMM", "UMLE"]
        assert orders.filter(changes__verb=Verb.ISSUE).count() == 2


def test_orders_end_with_their_incident_whoever_hears_of_it_first() -> None:
    code = given.report().code
    incidents.triage_incident(code, given.TRIAGE, actor=given.desk())
    incidents.mark_invalid(code, reason="误报", actor=given.desk())
    incidents.mark_invalid(code, reason="误报", actor=given.desk(name="wu"))
    deliver()  # the triage and the end arrive together
    assert not Order.objects.filter(incident__code=code, state__in=api.OPEN).exists()


def test_an_old_event_told_again_changes_nothing() -> None:
    incident = triaged()
    incidents.triage_incident(incident.code, given.triage(lead_agency="HCD"), actor=given.desk())
    deliver()
    before = list(Order.objects.filter(incident=incident).order_by("id").values())
    SubscriberCursor.objects.filter(name="orders.split").update(xact=0, entry=0)
    deliver()
    assert list(Order.objects.filter(incident=incident).order_by("id").values()) == before


def test_a_merge_holds_the_orders_and_its_undoing_gives_them_back() -> None:
    incident = triaged()
    before = list(Order.objects.filter(incident=incident).order_by("id").values())
    other = given.report().code
    incidents.merge_incidents(other, incident.code, actor=given.desk())
    deliver()
    assert api.open_count(given.clerk("UMLE")) == 0
    with pytest.raises(Refused):
        api.accept_order(order_of(incident, "UMLE").pk, actor=given.clerk("UMLE"))
    incidents.undo_merge(incident.code, actor=given.desk())
    deliver()
    assert list(Order.objects.filter(incident=incident).order_by("id").values()) == before
    assert api.open_count(given.clerk("UMLE")) == 1


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (
            {"co_agencies": ("COMM", "GAS")},
            {"lead_agency": "HCD", "co_agencies": (), "urgency": "P2"},
        ),
        ({"co_agencies": ()}, {"co_agencies": ("COMM", "GAS")}),
    ],
)
def test_no_correction_makes_the_promise_earlier(
    first: dict[str, object], then: dict[str, object]
) -> None:
    incident = triaged(urgency="P3", subtype="noise", **first)
    shown = [api.promise(incident.pk)]
    changed = given.triage(**{"urgency": "P3", "subtype": "noise", **first, **then})
    incidents.triage_incident(incident.code, changed, actor=given.desk())
    deliver()
    shown.append(api.promise(incident.pk))
    for order in Order.objects.filter(incident=incident, state__in=api.OPEN, part="assist"):
        api.answer_order(order.pk, "办好了", actor=given.clerk(order.agency_code))
        deliver()
        shown.append(api.promise(incident.pk))
    assert shown == sorted(shown)  # type: ignore[type-var]


def test_two_last_answers_at_once_are_both_taken_and_settle_it_once() -> None:
    incident = triaged()
    for agency in ("UMLE", "COMM"):
        api.answer_order(order_of(incident, agency).pk, f"{agency} 办好", actor=given.clerk(agency))
    api.settle(incident.pk)
    api.settle(incident.pk)
    deliver()
    assert SceneReport.objects.filter(incident=incident).count() == 1


def test_clocks_count_open_overdue_and_soon() -> None:
    with frozen() as clock:
        triaged(urgency="P2")
        assert api.clocks(clock.now()) == (2, 0, 0)
        assert api.clocks(clock.now() + timedelta(hours=1, minutes=30)) == (2, 0, 2)
        assert api.clocks(clock.now() + timedelta(hours=3)) == (2, 2, 0)
