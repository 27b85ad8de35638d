"""Who could go for an incident, as it stands now. Nothing is sent."""

from __future__ import annotations

from datetime import datetime

from maplebridge.dispatch import advisor
from maplebridge.dispatch.queries.facts import heard, labels
from maplebridge.dispatch.records import Proposal
from maplebridge.dispatch.weeks import loads
from maplebridge.incidents import api as incidents
from maplebridge.kernel.clock import now


def propose(
    incident_id: int,
    at: datetime | None = None,
    *,
    screened: bool = False,
    brief: incidents.IncidentBrief | None = None,
) -> Proposal:
    """Ranked units and helpers with reasons, and those left out with why.

    `screened`: a person lets helpers be asked for what is not on the list; dangers still block.
    `brief`: the matter where it is known already, also as it is only suggested: to show beside a
    decision that is still to be made. Sending asks again, by what was decided.
    """
    when = at or now()
    said = heard(incident_id)
    return advisor.propose(
        brief or incidents.brief(incident_id), said, loads(when), when, labels, screened=screened
    )


def propose_crews(incident_id: int) -> Proposal:
    """Crews alone, in the order of their arrival; quick, for what is decided under a lock."""
    when = now()
    brief = incidents.brief(incident_id)
    return advisor.propose_crews(brief, loads(when), when, labels)
