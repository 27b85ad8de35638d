"""Matching: is this report about an event that is already open [并单]?"""

from __future__ import annotations

from maplebridge.brain.matching.index import MatchIndex, candidates
from maplebridge.brain.matching.presets import INCIDENTS, REQUESTS
from maplebridge.brain.matching.reasons import REASONS

MODEL_VERSION = "match-pairs-1"

__all__ = ["INCIDENTS", "MODEL_VERSION", "REASONS", "REQUESTS", "MatchIndex", "candidates"]
