"""The incidents room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    name = "maplebridge.incidents"
    label = "incidents"

    def ready(self) -> None:
        from maplebridge.incidents import subscribers, tasks  # noqa: F401  register themselves
        from maplebridge.incidents.web import menu  # noqa: F401  registers its entries
