"""Who is on it: a lease that is renewed while a page is open. It informs and never blocks."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from maplebridge.incidents.models import Claim
from maplebridge.incidents.policies import access_incident
from maplebridge.kernel.actor import Actor
from maplebridge.kernel.clock import now
from maplebridge.kernel.errors import NotAllowed
from maplebridge.kernel.policy import require
from maplebridge.people import api as people

LEASE = timedelta(seconds=90)  # three renewals; a closed lid frees the matter by itself


def claim_incident(code: str, *, actor: Actor) -> None:
    """Say that this person works on it, or still does. Leases that ran out are swept."""
    incident = access_incident(actor, code)
    require(people.role_may(actor, "incident.triage"))
    if actor.account_id is None:
        raise NotAllowed("incident.staff_only")
    at = now()
    with transaction.atomic():
        Claim.objects.filter(at__lt=at - LEASE).delete()
        Claim.objects.update_or_create(
            incident=incident, account_id=actor.account_id, defaults={"at": at}
        )


def release_incident(code: str, *, actor: Actor) -> None:
    """The page was left; twice is harmless."""
    incident = access_incident(actor, code)
    require(people.role_may(actor, "incident.triage"))
    if actor.account_id is not None:
        Claim.objects.filter(incident=incident, account_id=actor.account_id).delete()
