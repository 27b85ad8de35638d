"""The one door to the indicators room."""

from __future__ import annotations

from maplebridge.indicators.actions import rebuild
from maplebridge.indicators.definitions import DEFINITIONS, MetricDefinition
from maplebridge.indicators.figures import changes, figures, short_name
from maplebridge.indicators.measures import Change, Share, rounded
from maplebridge.indicators.policies import may_see_figures
from maplebridge.indicators.records import Figure, Figures

__all__ = [
    "DEFINITIONS",
    "Change",
    "Figure",
    "Figures",
    "MetricDefinition",
    "Share",
    "changes",
    "figures",
    "may_see_figures",
    "rebuild",
    "rounded",
    "short_name",
]
