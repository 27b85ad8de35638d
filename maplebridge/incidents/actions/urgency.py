"""Raise the urgency of a matter because of what happened; a person judges it after that."""

from __future__ import annotations

from django.db import transaction

from maplebridge.incidents.actions.added_danger import Own, own_of, remember, settle
from maplebridge.incidents.clocks import most_urgent
from maplebridge.incidents.events import UrgencyRaised
from maplebridge.incidents.models import Incident, MergeLink
from maplebridge.incidents.states import OPEN
from maplebridge.kernel.actor import Actor
from maplebridge.kernel.clock import now
from maplebridge.kernel.journal import record


def raise_urgency(incident_id: int, urgency: str, why: str, *, actor: Actor) -> bool:
    """Put it to the desk anew as at least this urgent; False when it already is, or has ended.

    Only the queue and its clock change. The decision stays what it was until somebody judges.
    Of a matter that follows another the leading one is raised: that is the one the desk looks at.
    """
    with transaction.atomic():
        led = MergeLink.objects.filter(duplicate_id=incident_id, undone_at=None)
        lead = led.values_list("master_id", flat=True).first() or incident_id
        incident = Incident.objects.select_for_update(of=("self",)).get(pk=lead)
        own, links = own_of(incident)
        known = most_urgent(incident.urgency, own.floor)
        if incident.state not in OPEN or (known and known <= urgency):
            return False
        at = now()
        raised = Own(urgency, at, most_urgent(own.queue, urgency))
        remember(raised, links)
        settle(incident, raised, links)
        record(UrgencyRaised(incident.pk, incident.code, urgency, why), actor=actor, at=at)
    return True
