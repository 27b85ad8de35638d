"""Named jobs of the room; each calls one action."""

from __future__ import annotations

from collections.abc import Mapping

from maplebridge.incidents.advisor import suggest_incident
from maplebridge.kernel.jobs import job

SUGGEST = "incidents.suggest"


@job(SUGGEST)
def suggest(payload: Mapping[str, object]) -> None:
    suggest_incident(int(str(payload["incident_id"])))
