"""The orders room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "maplebridge.orders"
    label = "orders"

    def ready(self) -> None:
        from maplebridge.orders import subscribers  # noqa: F401  registers itself
        from maplebridge.orders.web import menu  # noqa: F401  registers entries and panels
