"""What happens to orders, as other rooms hear it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from maplebridge.kernel.journal import Event, event


@event("orders.state_changed", sentence=_("{incident_code}: {agency_code}, {to_state}."))
@dataclass(frozen=True, slots=True)
class OrderStateChanged(Event):
    """Every step of an order, its issue included (`from_state` is empty then)."""

    order_id: int
    incident_id: int
    incident_code: str
    agency_code: str
    part: str
    verb: str
    from_state: str
    to_state: str
    due_at: str  # ISO, UTC

    def topics(self) -> tuple[str, ...]:
        return ("desk", "wall", f"follow:{self.incident_code}")


@event(
    "orders.history_imported",
    sentence=_("{count} past orders were imported, {still_open} of them still open."),
)
@dataclass(frozen=True, slots=True)
class OrdersImported(Event):
    count: int
    still_open: int
    first_at: str  # ISO, UTC: when the first of them was issued
    last_at: str

    def topics(self) -> tuple[str, ...]:
        return ("desk", "wall")
