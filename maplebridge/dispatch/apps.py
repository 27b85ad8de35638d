"""The dispatch room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class DispatchConfig(AppConfig):
    name = "maplebridge.dispatch"
    label = "dispatch"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from maplebridge.dispatch import subscribers, tasks  # noqa: F401  register themselves
        from maplebridge.dispatch.policies import ordered_to
        from maplebridge.dispatch.web import faces
        from maplebridge.incidents.api import register_scope

        faces.register()
        register_scope(ordered_to)
