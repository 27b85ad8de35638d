"""Triage: from a resident's words to category, urgency, place and competent agencies [研判分流]."""

from __future__ import annotations

from maplebridge.brain.triage.competence import DEFAULT_COMPETENCE
from maplebridge.brain.triage.gazetteer import Gazetteer, PlaceEntry
from maplebridge.brain.triage.reasons import REASONS
from maplebridge.brain.triage.suggest import MODEL_VERSION, suggest

__all__ = [
    "DEFAULT_COMPETENCE",
    "MODEL_VERSION",
    "REASONS",
    "Gazetteer",
    "PlaceEntry",
    "suggest",
]
