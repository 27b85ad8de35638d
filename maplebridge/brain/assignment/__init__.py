"""Assignment: who should be offered an order, in which order, and why [派单优选]."""

from __future__ import annotations

from maplebridge.brain.assignment.plan import offer_plan
from maplebridge.brain.assignment.pre_handling import (
    Allowed,
    Blocked,
    judge_sentinels,
    judge_volunteers,
)
from maplebridge.brain.assignment.rank import MODEL_VERSION, rank
from maplebridge.brain.assignment.reasons import COUNTED, REASONS
from maplebridge.brain.assignment.streets import SPEED_MS, StreetEdge, StreetGraph

__all__ = [
    "COUNTED",
    "MODEL_VERSION",
    "REASONS",
    "SPEED_MS",
    "Allowed",
    "Blocked",
    "StreetEdge",
    "StreetGraph",
    "judge_sentinels",
    "judge_volunteers",
    "offer_plan",
    "rank",
]
