"""What pages and other rooms read about orders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Case, Q, QuerySet, When

from maplebridge.incidents import api as incidents
from maplebridge.incidents.models import Incident
from maplebridge.kernel.actor import Actor
from maplebridge.orders.models import Order
from maplebridge.orders.policies import visible
from maplebridge.orders.states import OPEN, Part, State
from maplebridge.people import api as people

PAGE = 50
SLICE = 400  # names a query: below the parameter limit of either engine


def orders_of(incident_id: int) -> Sequence[Order]:
    """The lead first, then who assists, each as they were asked."""
    lead = Case(When(part=Part.LEAD, then=0), default=1)
    return list(Order.objects.filter(incident_id=incident_id).order_by(lead, "id"))


def open_orders(actor: Actor, page: int = 1) -> Sequence[Order]:
    """Open orders the actor may see, next due first.

    For the desk those that came back stand before all others: nobody works on them, and on their
    clock alone they would wait below everything that is in good hands.
    """
    rows = _owed(actor).select_related("incident")
    if people.role_may(actor, "incident.triage").allowed:
        ordered = rows.order_by(Case(When(state=State.RETURNED, then=0), default=1), "due_at", "id")
    else:
        ordered = rows.order_by("due_at", "id")
    return list(ordered[(page - 1) * PAGE : page * PAGE])


def returned_count(actor: Actor) -> int:
    """How many came back and wait for the desk to send them on."""
    return _owed(actor).filter(state=State.RETURNED).count()


def open_count(actor: Actor) -> int:
    return _owed(actor).count()


def _owed(actor: Actor) -> QuerySet[Order]:
    """Open orders; those of a merged matter wait until the merge is undone."""
    rows = Order.objects.filter(visible(actor), state__in=OPEN)
    return rows.exclude(incident__state=incidents.State.MERGED)


def clocks(at: datetime) -> tuple[int, int, int]:
    """(open, overdue, due within the hour) over the whole city."""
    rows = Order.objects.filter(state__in=(State.ISSUED, State.ACCEPTED)).exclude(
        incident__state=incidents.State.MERGED
    )
    soon = rows.filter(due_at__gte=at, due_at__lt=at + timedelta(hours=1)).count()
    return rows.count(), rows.filter(due_at__lt=at).count(), soon


def promise(incident_id: int) -> datetime | None:
    """By when the resident was promised an answer; None without open orders.

    The latest of all promises ever made on this matter, cancelled orders included: it can only
    move later.
    """
    rows = list(Order.objects.filter(incident_id=incident_id))
    if not any(order.state in OPEN for order in rows):
        return None
    return max(order.promised_at for order in rows)


@dataclass(frozen=True, slots=True)
class Matter:
    """What an order's clocks need to know of its incident."""

    pk: int
    urgency: str
    subtype: str


def matters_without_orders(names: Sequence[str]) -> dict[str, Matter]:
    """The incidents with these codes or import keys to which no order belongs yet."""
    found: dict[str, Matter] = {}
    for at in range(0, len(names), SLICE):
        some = names[at : at + SLICE]
        rows = Incident.objects.filter(Q(code__in=some) | Q(intake_key__in=some), orders=None)
        for pk, code, key, urgency, subtype in rows.values_list(
            "pk", "code", "intake_key", "urgency", "subtype"
        ):
            found[code] = found[key] = Matter(pk, urgency, subtype)
    return found
