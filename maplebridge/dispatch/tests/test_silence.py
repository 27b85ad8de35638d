"""Phases: a no passes on at once, silence widens, at the end the desk decides."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta

import pytest

from maplebridge.dispatch import api
from maplebridge.dispatch.models import Call, Offer
from maplebridge.dispatch.states import CallState, OfferState
from maplebridge.dispatch.tasks import expire_offers
from maplebridge.dispatch.tests import given
from maplebridge.dispatch.weeks import loads
from maplebridge.kernel.clock import FixedClock, now, use_clock
from maplebridge.kernel.errors import Refused
from maplebridge.kernel.jobs import work_once
from maplebridge.kernel.jobs.models import Job
from maplebridge.kernel.journal.models import JournalEntry
from maplebridge.teams import api as teams_api

pytestmark = pytest.mark.django_db
Queries = Callable[[int], AbstractContextManager[object]]


@pytest.fixture
def clock() -> Iterator[FixedClock]:
    fixed = FixedClock(datetime(2026, 7, 14, 6, 0, tzinfo=UTC))  # 14:00 in Shanghai
    with use_clock(fixed):
        yield fixed


def tick() -> None:
    """What the worker does every five seconds."""
    expire_offers({})
    while work_once():
        pass


def test_silence_widens_three_times_and_then_the_desk_decides(clock: FixedClock) -> None:
    where = given.scene(urgency="P3")
    given.helpers(1, first_m=100)
    given.helpers(1, first_m=400)
    call = given.called(where)
    seen = [(call.phase, call.radius_m, call.offers.count())]
    for _minute in range(11):
        clock.move(minutes=1, seconds=1)
        tick()
        call.refresh_from_db()
        now_seen = (call.phase, call.radius_m, call.offers.count())
        if now_seen != seen[-1]:
            seen.append(now_seen)
    assert seen == [(1, 300, 1), (2, 800, 2)]
    assert call.state == CallState.ESCALATED
    assert set(call.offers.values_list("state", flat=True)) == {OfferState.EXPIRED}
    assert not Job.objects.exclude(failed_at=None).exists()


def test_minutes_decide_for_the_most_urgent(clock: FixedClock) -> None:
    where = given.scene(urgency="P1")
    given.helpers(1, first_m=100)
    (second,) = given.helpers(1, first_m=400)
    call = given.called(where)
    clock.move(seconds=21)
    tick()
    assert Offer.objects.filter(call=call, volunteer=second).exists()


def test_a_late_yes_still_counts_after_the_desk_was_told(clock: FixedClock) -> None:
    where = given.scene(urgency="P1")
    (person,) = given.helpers(1)
    call = given.called(where)
    clock.move(seconds=25)
    tick()
    call.refresh_from_db()
    assert call.state == CallState.ESCALATED
    offer = api.accept_offer(given.offer_to(person).pk, actor=given.me(person))
    assert offer.call.state == CallState.ACCEPTED


def test_an_expired_offer_can_not_be_accepted(clock: FixedClock) -> None:
    where = given.scene(urgency="P3")
    (person,) = given.helpers(1)
    given.called(where)
    clock.move(minutes=5, seconds=1)
    tick()
    with pytest.raises(Refused):
        api.accept_offer(given.offer_to(person).pk, actor=given.me(person))


def test_a_no_asks_the_next_at_once_and_costs_nothing(clock: FixedClock) -> None:
    where = given.scene(urgency="P3")
    people = given.helpers(5)
    call = given.called(where)
    asked = set(call.offers.values_list("volunteer_id", flat=True))
    assert len(asked) == 3
    first = next(v for v in people if v.pk in asked)
    rest = call.offers.count()
    api.decline_offer(given.offer_to(first).pk, actor=given.me(first))
    call.refresh_from_db()
    # Both others lie within the same radius, so the plan holds them in a later phase or not at all.
    assert call.offers.count() in (rest, rest + 1)
    assert teams_api.balance(first.pk) == 0
    entry = JournalEntry.objects.filter(kind="dispatch.offer_answered").get()
    assert entry.data["answer"] == "declined"


def test_the_last_no_goes_back_to_the_desk(clock: FixedClock) -> None:
    where = given.scene()
    people = given.helpers(2)
    call = given.called(where)
    for person in people:
        api.decline_offer(given.offer_to(person).pk, actor=given.me(person))
    call.refresh_from_db()
    assert call.state == CallState.ESCALATED
    last = JournalEntry.objects.filter(kind="dispatch.offer_answered").order_by("-pk").first()
    assert last is not None and last.data["call_state"] == "escalated"


def test_a_unit_that_does_not_sign_is_reported_and_may_still_go(clock: FixedClock) -> None:
    where = given.scene(urgency="P1")
    (call_id,) = api.send_units(where.incident_id, [where.unit_id], actor=where.desk)
    clock.move(seconds=61)
    tick()
    call = Call.objects.get(pk=call_id)
    assert call.state == CallState.ESCALATED
    entry = JournalEntry.objects.get(kind="dispatch.call_closed")
    assert entry.data["why"] == "silence" and "desk" in entry.topics
    offer = api.accept_offer(call.offers.get().pk, actor=where.officer)
    assert offer.state == OfferState.ACCEPTED


def test_a_tick_that_comes_twice_changes_nothing(clock: FixedClock) -> None:
    where = given.scene(urgency="P1")
    given.helpers(1, first_m=100)
    given.helpers(1, first_m=400)
    call = given.called(where)
    clock.move(seconds=21)
    assert api.advance_call(call.pk) == "next_phase"
    assert api.advance_call(call.pk) == "nothing"
    assert call.offers.count() == 2


def test_who_is_paused_meanwhile_is_not_asked(clock: FixedClock) -> None:
    where = given.scene(urgency="P1")
    given.helpers(1, first_m=100)
    (second,) = given.helpers(1, first_m=400)
    call = given.called(where)
    teams_api.set_availability(
        second.pk, teams_api.AvailabilityState.PAUSED, actor=given.me(second)
    )
    clock.move(seconds=21)
    tick()
    assert not call.offers.filter(volunteer=second).exists()


def test_giving_back_asks_those_who_were_ready(clock: FixedClock) -> None:
    where = given.scene()
    one, other = given.helpers(2)
    call = given.called(where)
    api.accept_offer(given.offer_to(one).pk, actor=given.me(one))
    call.refresh_from_db()
    promised = call.promised_at
    assert promised is not None and promised > now()
    clock.move(minutes=1)
    api.release_offer(given.offer_to(one).pk, reason="车坏了", actor=given.me(one))
    assert given.offer_to(other).state == OfferState.OFFERED
    api.accept_offer(given.offer_to(other).pk, actor=given.me(other))
    call.refresh_from_db()
    assert call.promised_at is not None and call.promised_at >= promised, "never earlier"
    assert call.winner == given.offer_to(other)


def test_five_alerts_and_a_duty_are_counted_for_seven_days(clock: FixedClock) -> None:
    where = given.scene()
    one, other = given.helpers(2)
    given.called(where)
    api.accept_offer(given.offer_to(one).pk, actor=given.me(one))
    week = loads(now())
    mine, theirs = week[f"volunteer:{one.pk}"], week[f"volunteer:{other.pk}"]
    assert (mine.alerts_7d, mine.duties_7d, mine.open_orders) == (1, 1, 1)
    assert (theirs.alerts_7d, theirs.duties_7d, theirs.open_orders) == (1, 0, 0)
    clock.move(days=7, seconds=1)
    later = loads(now())
    assert later[f"volunteer:{one.pk}"].alerts_7d == 0
    assert later[f"volunteer:{one.pk}"].open_orders == 1
    assert f"volunteer:{other.pk}" not in later


def test_an_order_older_than_the_week_still_keeps_somebody_busy(
    django_assert_num_queries: Queries,
) -> None:
    where = given.scene()
    (one,) = given.helpers(1)
    call = Call.objects.create(
        incident_id=where.incident_id, kind="volunteer", state="accepted", opened_at=now()
    )
    Offer.objects.create(
        call=call, volunteer=one, state="accepted", offered_at=now() - timedelta(days=9)
    )
    with django_assert_num_queries(2):
        week = loads(now())
    assert week == {f"volunteer:{one.pk}": teams_api.Load(alerts_7d=0, duties_7d=0, open_orders=1)}
