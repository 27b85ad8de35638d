"""Answers to events of the incidents: when a matter is settled or merged, the way has ended."""

from __future__ import annotations

from maplebridge.dispatch import api
from maplebridge.incidents.events import (
    IncidentsMerged,
    IncidentStateChanged,
    IncidentSupplemented,
    IncidentTriaged,
    MergeUndone,
    SurveyAnswered,
)
from maplebridge.kernel.actor import SYSTEM
from maplebridge.kernel.journal import Event, subscriber
from maplebridge.kernel.journal.reading import Entry

SETTLED = frozenset({"fed_back", "closed", "invalid"})


@subscriber("dispatch.end_with_incident", IncidentStateChanged, IncidentsMerged)
def end_calls(_entry: Entry, event: Event) -> None:
    """An event only wakes it up: who stands down follows from the incident as it is now."""
    if isinstance(event, IncidentsMerged):
        api.end_with_incident(event.duplicate_id, actor=SYSTEM("dispatch.end"))
    elif isinstance(event, IncidentStateChanged) and event.to_state in SETTLED:
        api.end_with_incident(event.incident_id, actor=SYSTEM("dispatch.end"))


@subscriber("dispatch.screen_again", IncidentTriaged, IncidentSupplemented, IncidentsMerged)
def screen_again(_entry: Entry, event: Event) -> None:
    """More was decided or said: may civilians still act?"""
    if isinstance(event, IncidentsMerged):
        api.screen_again(event.master_id, actor=SYSTEM("dispatch.screen"))
    elif isinstance(event, IncidentTriaged | IncidentSupplemented):
        api.screen_again(event.incident_id, actor=SYSTEM("dispatch.screen"))


@subscriber("dispatch.recall_after_undo", MergeUndone)
def recall_after_undo(_entry: Entry, event: Event) -> None:
    """A matter of its own again, whose helpers were stood down when it was merged."""
    if isinstance(event, MergeUndone):
        api.recall_if_nobody_goes(
            event.duplicate_id, actor=SYSTEM("dispatch.end"), reason="merge_undone"
        )


@subscriber("dispatch.thank_rated", SurveyAnswered)
def thank_who_helped(_entry: Entry, event: Event) -> None:
    """A satisfied resident is a thank-you; an answer changed later takes nothing away."""
    if isinstance(event, SurveyAnswered) and event.satisfied:
        api.thank_rated(event.incident_id, actor=SYSTEM("dispatch.rated"))
