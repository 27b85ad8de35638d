"""What was said of a matter before, to tell a repeat from something new."""

from __future__ import annotations

from maplebridge.incidents.api import FLOW, State, Verb
from maplebridge.incidents.models import Report, SceneReport

TO_REPORT_BACK = frozenset(state for state in State if FLOW.allows(state, Verb.FEED_BACK))


def first_words(incident_id: int) -> str:
    rows = Report.objects.filter(incident_id=incident_id).order_by("pk")
    return rows.values_list("narrative", flat=True).first() or ""


def reported_back(incident_id: int, account_id: int | None, measures: str) -> bool:
    """Whether this account has reported these very words on the matter already."""
    rows = SceneReport.objects.filter(incident_id=incident_id, account_id=account_id or 0)
    last = rows.order_by("-pk").first()
    return last is not None and last.measures == measures
