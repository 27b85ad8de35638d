"""Who could go for an incident, as it stands now. Nothing is sent."""

from __future__ import annotations

from datetime import datetime

from maplebridge.dispatch import advisor
from maplebridge.dispatch.queries.facts import heard, labels
from maplebridge.dispatch.records import Proposal
from maplebridge.dispatch.weeks import loads
from maplebridge.incidents import api as incidents
from maplebridge.kernel.clock import now


def propose(incident_id: int, at: datetime | None = None) -> Proposal:
    """Ranked units and helpers with reasons, and those left out with why."""
    when = at or now()
    brief = incidents.brief(incident_id)
    return advisor.propose(brief, heard(incident_id), loads(when), when, labels)
