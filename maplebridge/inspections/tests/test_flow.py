"""The hazard's machine: what is not in the table is refused."""

from __future__ import annotations

import pytest

from maplebridge.inspections.states import FLOW, OPEN, State, Verb
from maplebridge.kernel.errors import Refused


def test_every_forbidden_pair_is_refused() -> None:
    assert len(FLOW.forbidden()) > 20
    for state, verb in FLOW.forbidden():
        with pytest.raises(Refused):
            FLOW.after(state, verb)


def test_only_what_was_re_checked_is_cleared_and_the_end_is_the_end() -> None:
    into = {state for (state, _v), to in FLOW.table.items() if to is State.CLEARED}
    assert into == {State.RECHECKED}
    assert {v for (_s, v), to in FLOW.table.items() if to is State.CLEARED} == {Verb.CLEAR}
    for ended in (State.CLEARED, State.DISMISSED):
        assert not FLOW.verbs(ended)
        assert ended not in OPEN
