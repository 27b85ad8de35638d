"""What is due now: state and chance → acts, the longest waiting first. Pure."""

from __future__ import annotations

from itertools import chain

from maplebridge.twin.living.dice import Dice
from maplebridge.twin.living.plan.agencies import agencies
from maplebridge.twin.living.plan.alarms import alarms
from maplebridge.twin.living.plan.desk import desk
from maplebridge.twin.living.plan.residents import residents
from maplebridge.twin.living.plan.street import street
from maplebridge.twin.living.records import Act, State

__all__ = ["plan"]


def plan(state: State, dice: Dice) -> list[Act]:
    """Everything that is due; whoever performs it takes as many from the front as fit.

    Each reason for an act is in the state, so an act that was left over is found again.
    """
    if state.paces.now() == 0:
        return []
    due = chain(
        alarms(state, dice),
        street(state, dice),
        desk(state, dice),
        agencies(state, dice),
        residents(state, dice),
    )
    return sorted(due, key=lambda act: -act.late)
