"""Named jobs of the room; each calls one action."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from maplebridge.incidents.actions.added_danger import hear_suggestion
from maplebridge.incidents.actions.closing import end_forgotten
from maplebridge.incidents.advisor import BRAIN, suggest_incident
from maplebridge.kernel.actor import SYSTEM
from maplebridge.kernel.jobs import job

SUGGEST = "incidents.suggest"
CARETAKER = SYSTEM("caretaker")


@job(SUGGEST)
def suggest(payload: Mapping[str, object]) -> None:
    incident_id = int(str(payload["incident_id"]))
    suggest_incident(incident_id)
    hear_suggestion(incident_id, actor=BRAIN)


@job("incidents.end_forgotten", every=timedelta(hours=1))
def end_what_nobody_ends(_payload: Mapping[str, object]) -> None:
    end_forgotten(actor=CARETAKER)
