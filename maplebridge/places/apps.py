"""The places room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "maplebridge.places"
    label = "places"
    default_auto_field = "django.db.models.BigAutoField"
