"""The privacy room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "maplebridge.privacy"
    label = "privacy"

    def ready(self) -> None:
        from maplebridge.privacy import tasks  # noqa: F401  registers itself
