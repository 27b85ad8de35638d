"""The indicators room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "maplebridge.indicators"
    label = "indicators"

    def ready(self) -> None:
        from maplebridge.indicators import subscribers, tasks  # noqa: F401  register themselves
        from maplebridge.indicators.web import menu  # noqa: F401  registers its entry
