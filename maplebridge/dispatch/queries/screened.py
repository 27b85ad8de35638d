"""May civilians be asked about this matter, as it stands now?"""

from __future__ import annotations

from maplebridge.dispatch import advisor
from maplebridge.dispatch.queries.facts import heard
from maplebridge.incidents import api as incidents


def screened(incident_id: int) -> advisor.Screened:
    """Judged anew from what is decided and everything that was said; four small queries."""
    return advisor.screen(incidents.brief(incident_id), heard(incident_id))
