"""What was said first of a matter, to tell a repeat from another report under the same key."""

from __future__ import annotations

from maplebridge.incidents.models import Report


def first_words(incident_id: int) -> str:
    rows = Report.objects.filter(incident_id=incident_id).order_by("pk")
    return rows.values_list("narrative", flat=True).first() or ""
