"""Residents after their report: rate, thank, complain, say that it is not settled."""

from __future__ import annotations

from collections.abc import Iterator

from maplebridge.twin.living.dice import Dice
from maplebridge.twin.living.records import Act, Settled, State, What

ANSWERS, RATE_AFTER = 0.55, 1500.0  # share of residents; city seconds after the answer
REOPENS, REOPEN_AFTER = 0.3, 900.0  # of those who are not satisfied
ADDS, ADD_AFTER = 0.07, 420.0
SATISFIED = 0.84


def residents(state: State, dice: Dice) -> Iterator[Act]:
    for settled in state.settled:
        if settled.own:
            yield from _afterwards(settled, state, dice)
    for matter in state.matters:
        under_way = bool(matter.owed or matter.helpers) and not matter.added
        if matter.own and under_way and dice.yes(ADDS, "adds", matter.id):
            late = state.passed(matter.since) - dice.delay(ADD_AFTER, "adds", matter.id)
            if 0 <= late < ADD_AFTER:
                yield Act(What.ADD, matter.id, late, matter.id)


def _afterwards(settled: Settled, state: State, dice: Dice) -> Iterator[Act]:
    if not settled.answered:
        late = state.passed(settled.since) - dice.delay(RATE_AFTER, "rate", settled.id, 0.6)
        if late >= 0 and dice.yes(ANSWERS, "answers", settled.id):
            yield Act(What.RATE, settled.id, late, settled.id)
    elif settled.satisfied is False and dice.yes(REOPENS, "reopens", settled.id):
        late = state.passed(settled.since) - dice.delay(REOPEN_AFTER + RATE_AFTER, "re", settled.id)
        if 0 <= late < RATE_AFTER:
            yield Act(What.REOPEN, settled.id, late, settled.id)
