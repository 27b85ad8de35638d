"""Single rows that an act is about, as small values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from maplebridge.incidents.models import Incident, Suggestion
from maplebridge.orders.models import Order
from maplebridge.orders.states import OPEN as ORDER_OPEN
from maplebridge.twin.queries.living import kind_of


@dataclass(frozen=True, slots=True)
class Case:
    """What the desk looks at before it decides."""

    id: int
    code: str
    kind: str  # as told; empty for a real person's report
    category: str
    subtype: str
    urgency: str  # decided
    floor: str
    queue_urgency: str
    police: str
    lead: str
    co: tuple[str, ...]
    judged: bool
    station: int | None
    suggested: dict[str, Any]  # aspect → newest value


def case(matter: int) -> Case:
    row = Incident.objects.get(pk=matter)
    found = Suggestion.objects.filter(incident=row).order_by("id")
    return Case(
        row.pk, row.code, kind_of(row.intake_key), row.category, row.subtype, row.urgency,
        row.urgency_floor, row.queue_urgency, row.police_label, row.lead_agency,
        tuple(row.co_agencies), bool(row.initial_category), row.station_id,
        {suggestion.aspect: suggestion.value for suggestion in found},
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class OrderCase:
    agency: str
    names: str  # whom it named when it sent the order back
    others: frozenset[str]  # agencies with an open order of the same matter
    category: str


def order_case(order: int) -> OrderCase:
    row = Order.objects.select_related("incident").get(pk=order)
    others = Order.objects.filter(incident_id=row.incident_id, state__in=ORDER_OPEN)
    codes = others.exclude(pk=order).values_list("agency_code", flat=True)
    return OrderCase(row.agency_code, row.names_agency, frozenset(codes), row.incident.category)
