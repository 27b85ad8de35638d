"""The privacy room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "maplebridge.privacy"
    label = "privacy"

    def ready(self) -> None:
        from maplebridge.privacy import subscribers, tasks  # noqa: F401  register themselves
        from maplebridge.privacy.web import menu, panels  # noqa: F401  the same
