"""Sentinels after an alarm: go, be there, calm it, end it.

The first minute runs in true time whatever the pace: the half-minute circle measures it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from maplebridge.dispatch.states import AlarmState as A
from maplebridge.twin.living.dice import Dice
from maplebridge.twin.living.records import Act, Alarm, State, What

ACK_AFTER, THERE_AFTER = 7.0, 16.0  # true seconds, medians: since the alarm, since the yes
CALM_AFTER, END_AFTER = 150.0, 600.0  # city seconds since somebody is there


def alarms(state: State, dice: Dice) -> Iterator[Act]:
    for alarm in state.alarms:
        if not alarm.played:
            yield from _step(alarm, state, dice)


def _step(alarm: Alarm, state: State, dice: Dice) -> Iterator[Act]:
    if alarm.state == A.RAISED:
        yield from _true(state, alarm.raised_at, ACK_AFTER, What.ALARM_ACK, alarm, dice)
    elif alarm.state == A.ACKED:
        yield from _true(state, alarm.acked_at, THERE_AFTER, What.ALARM_THERE, alarm, dice)
    elif alarm.state == A.ON_SCENE and alarm.on_scene_at is not None:
        what, wait = (What.ALARM_END, END_AFTER) if alarm.calm else (What.ALARM_CALM, CALM_AFTER)
        if what is What.ALARM_END and alarm.police:
            return  # handed over to the crew that was called
        late = state.passed(alarm.on_scene_at) - dice.delay(wait, what, alarm.id)
        if late >= 0:
            yield Act(what, alarm.id, late, alarm.matter)


def _true(
    state: State, since: datetime | None, median: float, what: What, alarm: Alarm, dice: Dice
) -> Iterator[Act]:
    if since is None:
        return
    late = state.true_passed(since) - dice.delay(median, what, alarm.id, 0.3)
    if late >= 0:
        yield Act(what, alarm.id, late * max(1, state.paces.now()), alarm.matter)
