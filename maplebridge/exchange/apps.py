"""The exchange room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "maplebridge.exchange"
    label = "exchange"
