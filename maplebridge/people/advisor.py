"""Rows of people → the records the brain reads: the competence table."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

from maplebridge.kernel.clock import local_day, now
from maplebridge.people.models import CompetenceRule

if TYPE_CHECKING:
    from maplebridge.brain.triage.records import CompetenceRule as BrainRule


def competence(on_day: date | None = None) -> list[BrainRule]:
    """The competence table in force on a day, in order of category and subtype."""
    # Here, not above: page processes never need the lexicons that come with it.
    from maplebridge.brain.triage.records import CompetenceRule as BrainRule

    day = on_day or local_day(now())
    rows = CompetenceRule.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=day), valid_from__lte=day
    ).order_by("category", "subtype", "id")
    return [
        BrainRule(
            rule_id=f"competence:{row.id}",
            category=row.category,
            subtype=row.subtype,
            lead=row.lead.code,
            co=tuple(row.co),
            police_label=row.police_label or None,
        )
        for row in rows.select_related("lead")
    ]
