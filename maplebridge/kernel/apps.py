"""The kernel as a Django app: its tables and its system checks."""

from __future__ import annotations

from django.apps import AppConfig, apps
from django.apps.registry import Apps
from django.db.models.signals import post_migrate


class KernelConfig(AppConfig):
    name = "maplebridge.kernel"
    label = "kernel"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from maplebridge.kernel import checks  # noqa: F401  registers the system checks

        post_migrate.connect(_welcome_subscribers, sender=self)


def _welcome_subscribers(using: str, apps: Apps = apps, **_signal: object) -> None:
    """Places of new subscribers are taken while no worker of the new program runs yet."""
    from maplebridge.kernel.journal.models import SubscriberCursor
    from maplebridge.kernel.journal.subscribers import welcome_subscribers

    wanted = {field.column for field in SubscriberCursor._meta.concrete_fields}
    try:
        present = apps.get_model("kernel", "SubscriberCursor")._meta.concrete_fields
    except LookupError:
        return  # migrated back to before there was a journal
    if using == "default" and wanted <= {field.column for field in present}:
        welcome_subscribers()
