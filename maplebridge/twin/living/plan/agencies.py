"""Clerks of agencies: accept, send back what is not theirs, answer."""

from __future__ import annotations

from collections.abc import Iterator

from maplebridge.orders.states import State as O
from maplebridge.twin.living.dice import Dice
from maplebridge.twin.living.records import Act, Owed, State, What

ACCEPT_AFTER, ACCEPT_URGENT = 900.0, 200.0  # city seconds, medians
ANSWER_AFTER, ANSWER_URGENT = 9000.0, 1500.0
RETURNS = 0.04
TRUE_WAIT = 240.0  # true seconds that a real person who plays the clerk has for each order


def agencies(state: State, dice: Dice) -> Iterator[Act]:
    for order in state.owed:
        if order.played and state.true_passed(order.since) < TRUE_WAIT:
            continue
        what, wait = _step(order, dice)
        if what is None:
            continue
        late = state.passed(order.since) - dice.delay(wait, what, order.id, 0.5)
        if late >= 0:
            yield Act(what, order.id, late, order.matter)


def _step(order: Owed, dice: Dice) -> tuple[What | None, float]:
    if order.state == O.ISSUED:
        wait = ACCEPT_URGENT if order.urgent else ACCEPT_AFTER
        back = order.may_return and not order.urgent and dice.yes(RETURNS, "return", order.id)
        return (What.RETURN_ORDER if back else What.ACCEPT_ORDER), wait
    if order.state == O.ACCEPTED:
        return What.ANSWER_ORDER, ANSWER_URGENT if order.urgent else ANSWER_AFTER
    return None, 0.0
