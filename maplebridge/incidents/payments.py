"""When the card for stopping a payment is wanted, and how far it is, without what is on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maplebridge.incidents.actions.payments import PARTS
from maplebridge.incidents.codes import Aspect
from maplebridge.incidents.models import StopPayment
from maplebridge.incidents.states import OPEN

if TYPE_CHECKING:
    from datetime import datetime

    from maplebridge.incidents.models import Incident
    from maplebridge.incidents.queries import IncidentPage

FRAUD = "fraud."
MONEY_GOES = "safety.money_transfer"


@dataclass(frozen=True, slots=True)
class Outline:
    """What may be shown without opening it."""

    known: frozenset[str]  # names of parts
    parts: int
    paid_at: datetime | None
    bank_told_at: datetime | None
    centre_told_at: datetime | None
    version: int


def outline_of(incident: Incident) -> Outline | None:
    row = StopPayment.objects.filter(incident=incident).first()
    if row is None:
        return None
    return Outline(
        known=frozenset(part for part in PARTS if getattr(row, part)),
        parts=len(PARTS),
        paid_at=row.paid_at,
        bank_told_at=row.bank_told_at,
        centre_told_at=row.centre_told_at,
        version=row.version,
    )


def wanted(page: IncidentPage) -> bool:
    """Whether money may be on its way out: decided as a fraud, or suggested so, or heard so."""
    incident = page.incident
    if incident.state not in OPEN:
        return False
    if incident.category:
        return incident.subtype.startswith(FRAUD)
    subtype = page.suggested.get(Aspect.SUBTYPE)
    if subtype is not None and str(subtype.value or "").startswith(FRAUD):
        return True
    urgency = page.suggested.get(Aspect.URGENCY)
    heard = urgency.evidence if urgency is not None else []
    return any(reason.get("code") == MONEY_GOES for reason in heard)
