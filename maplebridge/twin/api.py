"""The one door to the twin room."""

from __future__ import annotations

from maplebridge.twin.actions.pace import ask_anew, set_pace
from maplebridge.twin.policies import may_begin_anew, may_change_pace
from maplebridge.twin.progress import progress
from maplebridge.twin.queries.city import CityNow, city_now
from maplebridge.twin.states import Asked

__all__ = [
    "Asked",
    "CityNow",
    "ask_anew",
    "city_now",
    "may_begin_anew",
    "may_change_pace",
    "progress",
    "set_pace",
]
