"""When nobody goes any more, the matter is to be sent anew, and nobody is told that help comes."""

from __future__ import annotations

import pytest
from django.test import Client

from maplebridge.dispatch import api
from maplebridge.dispatch.models import Call, Offer
from maplebridge.dispatch.states import CallKind, CallState
from maplebridge.dispatch.tests import given
from maplebridge.incidents import api as incidents
from maplebridge.kernel.testing import deliver, frozen
from maplebridge.people.models import Unit

pytestmark = pytest.mark.django_db(transaction=True)  # subscribers read what is committed


def state(where: given.Scene) -> str:
    return incidents.brief(where.incident_id).state


def second_unit(code: str = "X02") -> Unit:
    first = Unit.objects.get(code="X01")
    return Unit.objects.create(
        code=code, name=f"巡逻组 {code}", name_en=f"Patrol {code}", kind="patrol",
        agency=first.agency,
        station=first.station, lon=first.lon + 0.002, lat=first.lat, mode="car",
        skills=first.skills, shifts=first.shifts,
    )  # fmt: skip


def test_standing_the_only_unit_down_puts_the_matter_back() -> None:
    where = given.scene()
    (call,) = api.send_units(where.incident_id, [where.unit_id], actor=where.desk)
    assert state(where) == "dispatched"
    api.stand_down(call, reason="另有任务", actor=where.desk)
    assert state(where) == "triaged"
    page = Client().get(f"/follow/{where.code}/").content.decode()
    assert "有人正在赶来" not in page and "原派人员不再前往" in page


def test_one_of_two_that_still_goes_keeps_it_on_the_way() -> None:
    where = given.scene()
    given.helpers(1)
    api.send(where.incident_id, unit_ids=[where.unit_id], volunteers=True, actor=where.desk)
    civil = Call.objects.get(kind=CallKind.VOLUNTEER)
    api.stand_down(civil.pk, actor=where.desk)
    assert state(where) == "dispatched"


def test_when_the_last_one_asked_says_no_it_is_to_be_sent_anew() -> None:
    where = given.scene()
    (helper,) = given.helpers(1)
    given.called(where)
    actor = given.sign_up(helper, "volunteer")
    api.decline_offer(given.offer_to(helper).pk, actor=actor)
    assert state(where) == "triaged"


def test_a_unit_that_does_not_sign_is_followed_by_the_next_where_minutes_count() -> None:
    with frozen() as clock:
        where = given.scene(urgency="P2")
        other = second_unit()
        (first,) = api.send_units(where.incident_id, [where.unit_id], actor=where.desk)
        clock.move(minutes=3)
        assert api.advance_call(first) == "escalated"
        assert api.advance_call(first) == "nothing", "a second tick orders nobody"
        fresh = Call.objects.exclude(pk=first).get()
        assert fresh.unit_id == other.pk and fresh.state == CallState.OFFERED
        assert state(where) == "dispatched"
        # The first signs after all: both go, and the desk sees both.
        api.accept_offer(Offer.objects.get(call_id=first).pk, actor=where.officer)
        assert Call.objects.get(pk=first).state == CallState.ACCEPTED


def test_without_another_unit_the_desk_sends_anew_and_a_late_yes_still_counts() -> None:
    with frozen() as clock:
        where = given.scene(urgency="P2")
        (call,) = api.send_units(where.incident_id, [where.unit_id], actor=where.desk)
        clock.move(minutes=3)
        api.advance_call(call)
        assert state(where) == "triaged"
        offer = Offer.objects.get(call_id=call)
        api.accept_offer(offer.pk, actor=where.officer)
        assert state(where) == "dispatched"
        api.arrive(offer.pk, actor=where.officer)
        assert state(where) == "arrived"


def test_an_ordinary_matter_orders_nobody_by_itself() -> None:
    with frozen() as clock:
        where = given.scene(urgency="P3")
        second_unit()
        (call,) = api.send_units(where.incident_id, [where.unit_id], actor=where.desk)
        clock.move(minutes=31)
        api.advance_call(call)
    assert Call.objects.count() == 1


def test_a_merge_undone_does_not_promise_help_that_was_stood_down() -> None:
    where = given.scene()
    api.send_units(where.incident_id, [where.unit_id], actor=where.desk)
    master = given.scene(load=False)
    incidents.merge_incidents(master.code, where.code, actor=where.desk)
    deliver()
    incidents.undo_merge(where.code, actor=where.desk)
    deliver()
    assert state(where) == "triaged"


def test_with_somebody_there_no_further_unit_is_ordered_by_rule() -> None:
    with frozen() as clock:
        where = given.scene(urgency="P1")
        late, spare = second_unit(), second_unit("X03")
        api.send_units(where.incident_id, [where.unit_id, late.pk], actor=where.desk)
        there = Offer.objects.get(unit_id=where.unit_id)
        api.accept_offer(there.pk, actor=where.officer)
        api.arrive(there.pk, actor=where.officer)
        clock.move(minutes=2)
        api.advance_call(Call.objects.get(unit=late).pk)
    assert not Call.objects.filter(unit=spare).exists()


def test_the_rule_ends_after_three_units() -> None:
    with frozen() as clock:
        where = given.scene(urgency="P1")
        for code in ("X02", "X03", "X04", "X05"):
            second_unit(code)
        api.send_units(where.incident_id, [where.unit_id], actor=where.desk)
        for _ in range(6):
            clock.move(minutes=2)
            for pk in api.due_calls(clock.now()):
                api.advance_call(pk)
    assert Call.objects.count() == 3
    assert state(where) == "triaged", "then the desk decides"


def test_a_matter_that_was_judged_critical_meanwhile_follows_the_rule_of_critical_ones() -> None:
    with frozen() as clock:
        where = given.scene(urgency="P3")
        other = second_unit()
        (call,) = api.send_units(where.incident_id, [where.unit_id], actor=where.desk)
        incidents.raise_urgency(where.incident_id, "P1", "alarm.need_help", actor=where.desk)
        clock.move(minutes=31)
        api.advance_call(call)
    assert Call.objects.filter(unit=other).exists()


def test_a_late_yes_does_not_take_a_matter_from_the_department_that_has_it() -> None:
    with frozen() as clock:
        where = given.scene(urgency="P3")
        (call,) = api.send_units(where.incident_id, [where.unit_id], actor=where.desk)
        clock.move(minutes=31)
        api.advance_call(call)
        incidents.note_transferred(where.incident_id, actor=where.desk)
        assert state(where) == "transferred"
        api.accept_offer(Offer.objects.get(call_id=call).pk, actor=where.officer)
    assert state(where) == "transferred"
