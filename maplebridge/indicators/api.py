"""The one door to the indicators room."""

from __future__ import annotations

from maplebridge.indicators.actions import rebuild, recount_before
from maplebridge.indicators.definitions import DEFINITIONS, PENDING, MetricDefinition
from maplebridge.indicators.figures import changes, figures, short_name
from maplebridge.indicators.measures import Change, Share, rounded
from maplebridge.indicators.policies import may_see_figures
from maplebridge.indicators.records import Figure, Figures
from maplebridge.indicators.words import lasting, signed

__all__ = [
    "DEFINITIONS",
    "PENDING",
    "Change",
    "Figure",
    "Figures",
    "MetricDefinition",
    "Share",
    "changes",
    "figures",
    "lasting",
    "may_see_figures",
    "rebuild",
    "recount_before",
    "rounded",
    "short_name",
    "signed",
]
