"""What pages and other rooms read about orders."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from maplebridge.kernel.actor import Actor
from maplebridge.orders.models import Order
from maplebridge.orders.policies import visible
from maplebridge.orders.states import OPEN, State

PAGE = 50


def orders_of(incident_id: int) -> Sequence[Order]:
    return list(Order.objects.filter(incident_id=incident_id).order_by("part", "id"))


def open_orders(actor: Actor, page: int = 1) -> Sequence[Order]:
    """Open orders the actor may see, next due first."""
    rows = Order.objects.filter(visible(actor), state__in=OPEN).select_related("incident")
    return list(rows.order_by("due_at", "id")[(page - 1) * PAGE : page * PAGE])


def open_count(actor: Actor) -> int:
    return Order.objects.filter(visible(actor), state__in=OPEN).count()


def clocks(at: datetime) -> tuple[int, int, int]:
    """(open, overdue, due within the hour) over the whole city."""
    rows = Order.objects.filter(state__in=(State.ISSUED, State.ACCEPTED))
    soon = rows.filter(due_at__gte=at, due_at__lt=at + timedelta(hours=1)).count()
    return rows.count(), rows.filter(due_at__lt=at).count(), soon


def promise(incident_id: int) -> datetime | None:
    """The latest time the resident was promised an answer by; None without open orders."""
    rows = Order.objects.filter(incident_id=incident_id, state__in=OPEN)
    return max((o.promised_at for o in rows), default=None)
