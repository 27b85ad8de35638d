"""When nobody goes any more, the matter waits to be sent anew and the resident is told so."""

from __future__ import annotations

from maplebridge.dispatch.models import Call
from maplebridge.dispatch.states import CALL_UNDER_WAY
from maplebridge.incidents import api as incidents
from maplebridge.kernel.actor import Actor


def recall_if_nobody_goes(incident_id: int, *, actor: Actor, reason: str) -> bool:
    """Whether the matter went back to "to be sent"; calls first and the incident last.

    A unit that has not signed counts as nobody: it may still come, and then it is on the way again.
    """
    if Call.objects.filter(incident_id=incident_id, state__in=CALL_UNDER_WAY).exists():
        return False
    return incidents.note_recalled(incident_id, actor=actor, reason=reason)
