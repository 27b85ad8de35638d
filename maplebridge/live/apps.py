"""The live room as a Django app: the wall and the stream; no tables."""

from __future__ import annotations

from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "maplebridge.live"
    label = "live"

    def ready(self) -> None:
        from maplebridge.live.web import menu  # noqa: F401  registers its entry
