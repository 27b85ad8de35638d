"""The incident's table: every allowed pair leads on, every other pair is refused."""

from __future__ import annotations

import pytest

from maplebridge.incidents.states import ENDED, FLOW, OPEN, State, Verb
from maplebridge.kernel.errors import Refused


def test_every_forbidden_pair_is_refused() -> None:
    assert len(FLOW.forbidden()) > 80
    for state, verb in FLOW.forbidden():
        with pytest.raises(Refused):
            FLOW.after(state, verb)


def test_nothing_leads_out_of_a_merge_but_its_undoing() -> None:
    assert FLOW.verbs(State.MERGED) == (Verb.UNDO_MERGE,)


def test_every_open_state_can_end_and_every_ended_one_can_come_back() -> None:
    for state in OPEN:
        assert FLOW.verbs(state)
    for state in ENDED:
        assert any(FLOW.after(state, verb) in (*OPEN, State.RECEIVED) for verb in FLOW.verbs(state))
