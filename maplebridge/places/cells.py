"""Which cells hold on a day."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from maplebridge.places.models import GridCell


def valid_on(day: date) -> Q:
    """Cells that hold on a day."""
    return Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gt=day))


def cell_rows(network: str, day: date) -> QuerySet[GridCell]:
    rows = GridCell.objects.filter(valid_on(day), network=network)
    return rows.select_related("division", "station_grid").order_by("code")
