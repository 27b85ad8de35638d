"""The places room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PlacesConfig(AppConfig):
    name = "maplebridge.places"
    label = "places"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from maplebridge.places import events  # noqa: F401  registers the kinds

        post_migrate.connect(_look_again, dispatch_uid="places.look_again")


def _look_again(**_signal: object) -> None:
    """After tables were made or emptied, nothing that was held in memory is trusted."""
    from maplebridge.places.versions import WATCH

    WATCH.forget()
