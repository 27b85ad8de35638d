"""The simulated duty officer: takes what nobody at the keyboard takes."""

from __future__ import annotations

from collections.abc import Iterator

from maplebridge.incidents.states import State as S
from maplebridge.orders.states import State as O
from maplebridge.twin.living.dice import Dice
from maplebridge.twin.living.records import Act, Matter, State, What

WAIT = 90.0  # city seconds until a report that nobody took is judged
TRUE_WAIT = 120.0  # true seconds that a real person at the desk has for each, whatever the pace
THINK = 600.0  # city seconds that a report without any suggestion may wait for one
SEND_AFTER, ADVISE_AFTER, REPORT_AFTER, CLOSE_AFTER = 40.0, 420.0, 900.0, 5400.0
CLOSE_ANSWERED, CLOSE_OWED = 600.0, 21_600.0
NO_ORDER_CAME = 3600.0  # the order of an agency is written a moment after the judgement
REISSUE_AFTER = 600.0
MOST_CALLS = 3  # then it is settled from the desk: a fourth sending mends nothing
TALKED_OVER = ("consultation", "other", "nuisance", "complaint_on_police", "tip_off")
NO_ORDERS = ("", "PSB", "STATION")  # these act through the desk itself
NEIGHBOURLY = (
    "social_linkage/facility.manhole",
    "social_linkage/facility.cable",
    "social_linkage/drain_blocked",
    "social_linkage/hazard.facade",
    "urgent_help/carry_help",
    "urgent_help/medical_help",
)  # fmt: skip  what neighbours are asked about although the police have no part in it


def desk(state: State, dice: Dice) -> Iterator[Act]:
    for matter in state.matters:
        if matter.touched:
            continue
        found = _next(matter, state, dice)
        if found is not None:
            yield found
    for order in state.owed:
        late = state.passed(order.since) - dice.delay(REISSUE_AFTER, "reissue", order.id)
        if order.state == O.RETURNED and late >= 0 and _free(state, order.since):
            yield Act(What.REISSUE, order.id, late, order.matter)
    for settled in state.settled:
        wait = CLOSE_ANSWERED if settled.answered else CLOSE_AFTER
        wait = CLOSE_OWED if settled.owed else wait  # closing would cancel what is still owed
        late = state.passed(settled.since) - dice.delay(wait, "close", settled.id)
        if not settled.closed and late >= 0:
            yield Act(What.CLOSE, settled.id, late, settled.id)


def _free(state: State, since: object) -> bool:
    """Whether a real person at the desk, if there is one, has had time enough."""
    return not state.desk_manned or state.true_passed(since) >= TRUE_WAIT  # type: ignore[arg-type]


def _next(matter: Matter, state: State, dice: Dice) -> Act | None:
    what, wait = _step(matter)
    if what is None or not _free(state, matter.since):
        return None
    late = state.passed(matter.since) - dice.delay(wait, what, matter.id, 0.2)
    return Act(what, matter.id, late, matter.id) if late >= 0 else None


def _step(matter: Matter) -> tuple[What | None, float]:
    """What the desk does next to this matter, and after how many city seconds."""
    if matter.to_judge:
        return What.JUDGE, WAIT if matter.known else THINK
    if matter.state == S.TRIAGED:
        if matter.helpers:
            return None, 0.0  # somebody is asked or ordered already
        if goes(matter) and matter.calls < MOST_CALLS:
            return What.SEND, SEND_AFTER
        wait = ADVISE_AFTER if matter.lead in NO_ORDERS else NO_ORDER_CAME
        return (None, 0.0) if matter.owed else (What.ADVISE, wait)
    if matter.state in (S.ARRIVED, S.HANDLING, S.DISPATCHED) and not matter.helpers:
        return (None, 0.0) if matter.owed else (What.REPORT, REPORT_AFTER)
    if matter.state == S.TRANSFERRED and not matter.owed:
        return What.REPORT, REPORT_AFTER  # the last order was cancelled: nobody else ends it
    return None, 0.0


def goes(matter: Matter) -> bool:
    """Whether somebody has to go there."""
    if matter.category in TALKED_OVER or not matter.located:
        return False
    if matter.kind in NEIGHBOURLY:
        return True
    if matter.urgency in ("P1", "P2"):
        return matter.police != "non_police"
    return matter.police == "police" or (matter.police == "mixed" and matter.lead in NO_ORDERS)
