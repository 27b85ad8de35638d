"""Those who are asked or ordered: say yes or no or nothing, go, arrive, hand over, report."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from maplebridge.dispatch.states import CallState, OfferState
from maplebridge.twin.living.dice import Dice
from maplebridge.twin.living.records import Act, Errand, State, What

YES, NO = 0.5, 0.22  # shares of those asked; the rest stays silent
ANSWER_AFTER, SIGN_AFTER, SET_OUT_AFTER = 22.0, 14.0, 9.0  # city seconds, medians
GIVES_BACK, GIVE_BACK_AFTER = 0.03, 70.0
WAY_OTHERWISE, SHORTEST_WAY = 300.0, 40.0
HELP_FOR, TAKE_AFTER, WORK_FOR = 320.0, 80.0, 800.0
TOLD_AT = (0.25, 0.5, 0.75)  # shares of the way at which a position is told
OPEN_FOR_YES = (CallState.OFFERED, CallState.ESCALATED)


def street(state: State, dice: Dice) -> Iterator[Act]:
    for errand in state.errands:
        if errand.handed_at is not None:
            # The helper has done the part; taking it over is the officer's.
            yield from _taken_over(errand, state, dice)
        elif not errand.played:
            yield from _step(errand, state, dice)


def _due(
    state: State, since: datetime | None, wait: float, what: What, errand: Errand
) -> Iterator[Act]:
    if since is not None and (late := state.passed(since) - wait) >= 0:
        on = errand.matter if what is What.REPORT else errand.id
        yield Act(what, on, late, errand.matter)


def _step(errand: Errand, state: State, dice: Dice) -> Iterator[Act]:
    match errand.state:
        case OfferState.OFFERED if errand.call_state in OPEN_FOR_YES:
            yield from _answers(errand, state, dice)
        case OfferState.ACCEPTED if errand.set_out_at is None:
            wait = dice.delay(SET_OUT_AFTER, "set_out", errand.id)
            yield from _due(state, errand.answered_at, wait, What.SET_OUT, errand)
        case OfferState.ACCEPTED:
            yield from _on_the_way(errand, state, dice)
        case OfferState.ARRIVED if errand.kind == "police":
            yield from _works(errand, state, dice)
        case OfferState.ARRIVED:
            wait = dice.delay(HELP_FOR, "help", errand.id)
            yield from _due(state, errand.arrived_at, wait, What.HAND_OVER, errand)


def _answers(errand: Errand, state: State, dice: Dice) -> Iterator[Act]:
    if errand.kind == "police":
        wait = dice.delay(SIGN_AFTER, "sign", errand.id)
        yield from _due(state, errand.offered_at, wait, What.YES, errand)
        return
    mind = dice.of("mind", errand.id).random()
    if mind < YES + NO:
        what = What.YES if mind < YES else What.NO
        wait = dice.delay(ANSWER_AFTER, "answer", errand.id, 0.5)
        yield from _due(state, errand.offered_at, wait, what, errand)


def way_of(errand: Errand, dice: Dice) -> float:
    """City seconds from setting out to arriving."""
    expected = errand.expected_s or WAY_OTHERWISE
    return max(SHORTEST_WAY, expected * dice.of("way", errand.id).uniform(0.8, 1.25))


def _on_the_way(errand: Errand, state: State, dice: Dice) -> Iterator[Act]:
    if errand.kind == "volunteer" and dice.yes(GIVES_BACK, "gives back", errand.id):
        yield from _due(state, errand.set_out_at, GIVE_BACK_AFTER, What.GIVE_BACK, errand)
        return
    whole = way_of(errand, dice)
    since = errand.set_out_at
    assert since is not None  # the caller matched it
    gone = state.passed(since) / whole
    if gone >= 1.0:
        yield Act(What.ARRIVE, errand.id, state.passed(since) - whole, errand.matter)
        return
    reached = max((share for share in TOLD_AT if share <= gone), default=0.0)
    told = state.paces.passed(since, errand.told_at) / whole if errand.told_at else 0.0
    if reached > told:
        # A share of what is left since the last telling: the way is asked for from there.
        yield Act(
            What.BE_AT,
            errand.id,
            (gone - reached) * whole,
            errand.matter,
            share=(reached - told) / (1.0 - told),
        )


def _works(errand: Errand, state: State, dice: Dice) -> Iterator[Act]:
    """An officer on the spot; first what a helper hands over, then the report."""
    if errand.crewed and errand.matter_open and not _waits_for_hand_over(errand, state):
        wait = dice.delay(WORK_FOR, "work", errand.id)
        yield from _due(state, errand.arrived_at, wait, What.REPORT, errand)


def _waits_for_hand_over(errand: Errand, state: State) -> bool:
    others = state.there.get(errand.matter, ())
    return any(kind != "police" for kind in others)


def _taken_over(errand: Errand, state: State, dice: Dice) -> Iterator[Act]:
    if errand.call_state == CallState.HANDED_OVER:
        wait = dice.delay(TAKE_AFTER, "take", errand.id)
        yield from _due(state, errand.handed_at, wait, What.TAKE_OVER, errand)
