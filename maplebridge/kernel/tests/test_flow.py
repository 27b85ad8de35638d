"""A transition table refuses what it does not hold, by name."""

from __future__ import annotations

from enum import StrEnum

import pytest

from maplebridge.kernel.errors import Refused
from maplebridge.kernel.flow import Flow


class Door(StrEnum):
    OPEN = "open"
    SHUT = "shut"


class Do(StrEnum):
    PUSH = "push"
    PULL = "pull"


FLOW = Flow("door", {(Door.OPEN, Do.PUSH): Door.SHUT, (Door.SHUT, Do.PULL): Door.OPEN})


def test_allowed_pairs_lead_on() -> None:
    assert FLOW.after("open", Do.PUSH) is Door.SHUT
    assert FLOW.verbs(Door.SHUT) == (Do.PULL,)


def test_every_other_pair_is_refused_with_its_name() -> None:
    assert FLOW.forbidden() == [(Door.OPEN, Do.PULL), (Door.SHUT, Do.PUSH)]
    for state, verb in FLOW.forbidden():
        with pytest.raises(Refused) as refusal:
            FLOW.after(state, verb)
        assert refusal.value.code == f"door.{verb}_from_{state}"
