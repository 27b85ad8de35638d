"""The twin room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class TwinConfig(AppConfig):
    name = "maplebridge.twin"
    label = "twin"

    def ready(self) -> None:
        from maplebridge.twin.web import faces

        faces.register()
