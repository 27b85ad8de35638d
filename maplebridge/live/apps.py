"""The live room as a Django app: the wall and the stream; no tables."""

from __future__ import annotations

from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "maplebridge.live"
    label = "live"
