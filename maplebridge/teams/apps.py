"""The teams room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class TeamsConfig(AppConfig):
    name = "maplebridge.teams"
    label = "teams"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from maplebridge.people.api import register_partner_force
        from maplebridge.teams.queries import teams_at_stations
        from maplebridge.teams.web import menu  # noqa: F401  registers its entries

        register_partner_force(teams_at_stations)
