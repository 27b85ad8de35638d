"""What is due: a pure answer to a state, at a pace."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from maplebridge.dispatch.states import AlarmState, CallState, OfferState
from maplebridge.incidents.states import State as S
from maplebridge.orders.states import State as OrderState
from maplebridge.twin.living.dice import Dice
from maplebridge.twin.living.paces import MOST_CHANGES, Paces
from maplebridge.twin.living.plan import plan
from maplebridge.twin.living.records import Act, Alarm, Errand, Matter, Owed, Settled, State, What

AT = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
DICE = Dice(5)
LONG_AGO = AT - timedelta(days=1)
REPORT = Matter(
    id=7, state=S.RECEIVED, since=AT, to_judge=True, urgency="P3", category="", police="", lead="",
    located=True, own=True, kind="traffic/parking", known=True, calls=0, helpers=0, owed=0,
)  # fmt: skip
ASKED = Errand(
    id=3, matter=7, kind="volunteer", state=OfferState.OFFERED, call_state=CallState.OFFERED,
    urgency="P2", offered_at=AT, answered_at=None, set_out_at=None, arrived_at=None,
    handed_at=None, expected_s=300.0,
)  # fmt: skip


def at(seconds: float, pace: int = 60, **parts: object) -> State:
    """The city so many true seconds after `AT`, at one pace all along."""
    paces = Paces().changed(LONG_AGO, pace)
    return State(at=AT + timedelta(seconds=seconds), paces=paces, **parts)  # type: ignore[arg-type]


def whats(acts: list[Act]) -> list[What]:
    return [act.what for act in acts]


def test_city_seconds_count_every_change_of_pace() -> None:
    paces = Paces().changed(AT, 10).changed(AT + timedelta(seconds=10), 0)
    paces = paces.changed(AT + timedelta(seconds=30), 60)
    assert paces.passed(AT, AT + timedelta(seconds=40)) == 10 * 10 + 0 + 10 * 60
    assert paces.passed(AT + timedelta(seconds=5), AT + timedelta(seconds=20)) == 50
    assert paces.passed(AT - timedelta(days=3), AT) == 0
    assert Paces().passed(AT, AT + timedelta(days=1)) == 0
    assert Paces.of(paces.stored()) == paces


def test_the_same_pace_is_no_change_and_old_changes_are_forgotten() -> None:
    paces = Paces()
    for minute in range(200):
        paces = paces.changed(AT + timedelta(minutes=minute), (1, 60)[minute % 2])
    assert len(paces.changes) == MOST_CHANGES
    assert paces.changed(AT + timedelta(days=1), paces.now()) is paces


def test_the_desk_waits_ninety_city_seconds_at_every_pace() -> None:
    for pace in (1, 10, 60):
        early = plan(at(60 / pace, pace, matters=(REPORT,)), DICE)
        late = plan(at(140 / pace, pace, matters=(REPORT,)), DICE)
        assert (whats(early), whats(late)) == ([], [What.JUDGE]), pace


def test_a_real_person_at_the_desk_has_two_true_minutes() -> None:
    assert not plan(at(119, matters=(REPORT,), desk_manned=True), DICE)
    assert whats(plan(at(121, matters=(REPORT,), desk_manned=True), DICE)) == [What.JUDGE]


def test_what_a_real_person_has_open_is_left_alone() -> None:
    mine = replace(REPORT, touched=True)
    assert not plan(at(3600, matters=(mine,)), DICE)


def test_in_a_pause_nothing_is_due() -> None:
    assert not plan(at(9999, 0, matters=(REPORT,), errands=(ASKED,)), DICE)


def test_volunteers_say_yes_or_no_or_nothing_and_do_not_change_their_mind() -> None:
    asked = tuple(replace(ASKED, id=n, matter=n) for n in range(1, 401))
    first = plan(at(120, errands=asked), DICE)
    assert sorted(first, key=lambda a: a.on) == sorted(
        plan(at(120, errands=asked), DICE), key=lambda a: a.on
    )
    yes, no = (whats(first).count(what) for what in (What.YES, What.NO))
    assert 160 < yes < 240 and 55 < no < 125 and yes + no < 320


@pytest.mark.parametrize("played", [True, False])
def test_nobody_answers_for_whom_a_real_person_plays(played: bool) -> None:
    crew = replace(ASKED, kind="police", played=played)
    assert whats(plan(at(60, errands=(crew,)), DICE)) == ([] if played else [What.YES])


def test_the_way_takes_its_time_and_is_told_on_the_way() -> None:
    gone = replace(ASKED, kind="police", state=OfferState.ACCEPTED, answered_at=AT, set_out_at=AT)
    told = plan(at(2.9, errands=(gone,)), DICE)  # 174 city seconds of 240 … 375
    assert whats(told) == [What.BE_AT] and 0 < told[0].share < 1
    again = replace(gone, told_at=AT + timedelta(seconds=2.9))
    assert not plan(at(2.9, errands=(again,)), DICE)
    assert whats(plan(at(6.5, errands=(gone,)), DICE)) == [What.ARRIVE]


def test_an_officer_reports_only_after_the_hand_over() -> None:
    there = replace(ASKED, kind="police", state=OfferState.ARRIVED, arrived_at=AT)
    helping = at(600, errands=(there,), there={7: ("police", "volunteer")})
    alone = replace(helping, there={7: ("police",)})
    assert whats(plan(helping, DICE)) == []
    assert whats(plan(alone, DICE)) == [What.REPORT]
    handed = replace(
        ASKED, state=OfferState.ARRIVED, call_state=CallState.HANDED_OVER, handed_at=AT, played=True
    )
    assert whats(plan(at(60, errands=(handed,)), DICE)) == [What.TAKE_OVER]


def test_agencies_accept_answer_and_sometimes_send_back() -> None:
    orders = tuple(
        Owed(id=n, matter=n, state=OrderState.ISSUED, since=AT, urgent=False, may_return=True)
        for n in range(1, 401)
    )
    found = whats(plan(at(300, owed=orders), DICE))
    assert len(found) == 400 and 4 <= found.count(What.RETURN_ORDER) <= 32
    played = tuple(replace(order, played=True) for order in orders)
    assert not plan(at(200, owed=played), DICE)  # a real clerk has four true minutes
    accepted = replace(orders[0], state=OrderState.ACCEPTED)
    assert whats(plan(at(900, owed=(accepted,)), DICE)) == [What.ANSWER_ORDER]


def test_the_half_minute_of_sentinels_is_true_at_every_pace() -> None:
    alarm = Alarm(9, 7, AlarmState.RAISED, AT, None, None, calm=False, police=False)
    for pace in (1, 10, 60):
        assert not plan(at(2, pace, alarms=(alarm,)), DICE), pace
        assert whats(plan(at(14, pace, alarms=(alarm,)), DICE)) == [What.ALARM_ACK], pace


def test_real_residents_are_never_answered_for() -> None:
    ended = tuple(
        Settled(n, AT, own, "", closed=True, answered=False) for n in range(80) for own in (True,)
    )
    real = tuple(replace(one, own=False) for one in ended)
    assert plan(at(3000, settled=ended), DICE)
    assert not plan(at(3000, settled=real), DICE)


def test_the_longest_waiting_comes_first() -> None:
    later = replace(REPORT, id=8, since=AT + timedelta(seconds=20))
    found = plan(at(60, matters=(later, REPORT)), DICE)
    assert [act.on for act in found] == [7, 8]
