"""The machines: every pair that is not in the table is refused."""

from __future__ import annotations

import pytest

from maplebridge.dispatch.states import (
    ALARM_FLOW,
    CALL_FLOW,
    CALL_OPEN,
    OFFER_FLOW,
    OFFER_OPEN,
    AlarmState,
    CallState,
    OfferState,
    Verb,
)
from maplebridge.kernel.errors import Refused
from maplebridge.kernel.flow import Flow


@pytest.mark.parametrize("flow", [CALL_FLOW, OFFER_FLOW, ALARM_FLOW], ids=lambda f: f.name)
def test_forbidden_pairs_are_refused(flow: Flow) -> None:  # type: ignore[type-arg]
    assert flow.forbidden(), "a table that forbids nothing decides nothing"
    for state, verb in flow.forbidden():
        with pytest.raises(Refused):
            flow.after(state, verb)


@pytest.mark.parametrize(
    ("flow", "ends"),
    [
        (CALL_FLOW, {CallState.CONFIRMED, CallState.CANCELLED}),
        (
            OFFER_FLOW,
            {
                OfferState.DECLINED, OfferState.EXPIRED, OfferState.STOOD_DOWN,
                OfferState.RELEASED, OfferState.DONE,
            },
        ),
        (ALARM_FLOW, {AlarmState.CLOSED}),
    ],
    ids=["call", "offer", "alarm"],
)  # fmt: skip
def test_ends_lead_nowhere_and_everything_else_leads_on(flow: Flow, ends: set[object]) -> None:  # type: ignore[type-arg]
    leading_on = {state for state, _verb in flow.table}
    reached = set(flow.table.values())
    assert reached - leading_on == ends


def test_open_means_that_something_can_still_happen() -> None:
    assert {s for s in CallState if CALL_FLOW.allows(s, Verb.STAND_DOWN)} < set(CALL_OPEN)
    assert {s for s in OfferState if OFFER_FLOW.allows(s, Verb.STAND_DOWN)} < set(OFFER_OPEN)


def test_a_yes_is_possible_only_where_somebody_was_asked() -> None:
    assert [s for s in OfferState if OFFER_FLOW.allows(s, Verb.ACCEPT)] == [OfferState.OFFERED]
    assert [s for s in CallState if CALL_FLOW.allows(s, Verb.ACCEPT)] == [
        CallState.OFFERED, CallState.ESCALATED,
    ]  # fmt: skip
