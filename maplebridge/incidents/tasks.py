"""Named jobs of the room; each calls one action."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from datetime import timedelta

from django.conf import settings

from maplebridge.incidents.actions.added_danger import hear_suggestion
from maplebridge.incidents.actions.brain_versions import is_worth_learning
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


@job("incidents.learn", every=timedelta(days=1))
def learn(_payload: Mapping[str, object]) -> None:
    """In a process of its own: it takes minutes, and reports are waiting here."""
    if settings.MAPLEBRIDGE.brain and settings.MAPLEBRIDGE.brain_learns and is_worth_learning():
        subprocess.Popen(
            [sys.executable, "-m", "maplebridge", "brain", "learn", "--if-due", "--json"],
            stdin=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip


@job("incidents.end_forgotten", every=timedelta(hours=1))
def end_what_nobody_ends(_payload: Mapping[str, object]) -> None:
    end_forgotten(actor=CARETAKER)
