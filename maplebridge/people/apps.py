"""The people room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "maplebridge.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Each registers itself: the kinds of entries, the jobs, the system check, the menu.
        from maplebridge.people import checks, events, menu, tasks  # noqa: F401
