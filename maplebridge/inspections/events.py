"""What happens on visits and to hazards, as other rooms hear it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from maplebridge.kernel.journal import Event, event


@event(
    "inspections.visit_stored",
    sentence=_("Visit {code} to {premises_code}: {points} points, {faults} hazards."),
)
@dataclass(frozen=True, slots=True)
class VisitStored(Event):
    """A visit with its hazards, whose codes are named; `handed` of them went to departments."""

    visit_id: int
    code: str
    premises_code: str
    cell_code: str
    points: int
    faults: int
    handed: int
    hazard_codes: list[str]
    visited_at: str  # ISO, UTC; by the device's clock

    def topics(self) -> tuple[str, ...]:
        return ("desk", "field")


@event("inspections.hazard_changed", sentence=_("Hazard {code}: {from_state} → {to_state}."))
@dataclass(frozen=True, slots=True)
class HazardChanged(Event):
    """Every step of a hazard after its finding."""

    hazard_id: int
    code: str
    premises_code: str
    point: str
    agency_code: str
    verb: str
    from_state: str
    to_state: str
    due_at: str  # ISO, UTC; empty when nothing is owed any more

    def topics(self) -> tuple[str, ...]:
        return ("desk", "field")


@event(
    "inspections.history_imported",
    sentence=_("{visits} past visits were imported, {still_open} of {hazards} hazards open."),
)
@dataclass(frozen=True, slots=True)
class VisitsImported(Event):
    visits: int
    hazards: int
    still_open: int
    first_at: str  # ISO, UTC
    last_at: str

    def topics(self) -> tuple[str, ...]:
        return ("desk",)
