"""The one door to the indicators room."""

from __future__ import annotations

from maplebridge.indicators.actions import rebuild
from maplebridge.indicators.definitions import DEFINITIONS, MetricDefinition
from maplebridge.indicators.figures import changes, figures
from maplebridge.indicators.policies import may_see_figures
from maplebridge.indicators.records import Figure, Figures

__all__ = [
    "DEFINITIONS",
    "Figure",
    "Figures",
    "MetricDefinition",
    "changes",
    "figures",
    "may_see_figures",
    "rebuild",
]
