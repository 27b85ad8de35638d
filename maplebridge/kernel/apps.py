"""The kernel as a Django app: its tables and its system checks."""

from __future__ import annotations

from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "maplebridge.kernel"
    label = "kernel"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from maplebridge.kernel import checks  # noqa: F401  registers the system checks
