"""The inspections room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    name = "maplebridge.inspections"
    label = "inspections"

    def ready(self) -> None:
        from maplebridge.inspections import subscribers  # noqa: F401  registers itself
        from maplebridge.inspections.web import menu  # noqa: F401  registers entries
