"""The one door to the inspections room."""

from __future__ import annotations

from maplebridge.inspections.actions.history import import_history
from maplebridge.inspections.actions.mending import (
    clear_hazard,
    dismiss_hazard,
    fail_recheck,
    follow_incident,
    hand_hazard,
    note_rectified,
    notify_place,
    recheck_hazard,
    urge_hazard,
)
from maplebridge.inspections.actions.visiting import store_visit
from maplebridge.inspections.checklists import points_for
from maplebridge.inspections.queries import busiest_grid_worker, open_hazards
from maplebridge.inspections.records import (
    Answer,
    PastHazard,
    PastHazardStep,
    PastVisit,
    Stored,
    VisitIn,
)
from maplebridge.inspections.states import FLOW, OPEN, Level, State, Verb, Verdict, Way

__all__ = [
    "FLOW",
    "OPEN",
    "Answer",
    "Level",
    "PastHazard",
    "PastHazardStep",
    "PastVisit",
    "State",
    "Stored",
    "Verb",
    "Verdict",
    "VisitIn",
    "Way",
    "busiest_grid_worker",
    "clear_hazard",
    "dismiss_hazard",
    "fail_recheck",
    "follow_incident",
    "hand_hazard",
    "import_history",
    "note_rectified",
    "notify_place",
    "open_hazards",
    "points_for",
    "recheck_hazard",
    "store_visit",
    "urge_hazard",
]
