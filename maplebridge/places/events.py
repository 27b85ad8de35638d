"""What happens to places."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from maplebridge.kernel.journal import Event, event


@event("places.grids_changed", version=1, sentence=_(
    "From {from_day} a new grid holds ({network}): {closed} cells closed, {opened} added."
))  # fmt: skip
@dataclass(frozen=True, slots=True)
class GridsChanged(Event):
    network: str
    from_day: str  # ISO date
    closed: int
    opened: int

    def topics(self) -> tuple[str, ...]:
        return ("desk", "wall", "field")


@event("places.city_loaded", version=1, sentence=_(
    "Places were loaded: {cells} cells, {stations} stations, {premises} premises."
))  # fmt: skip
@dataclass(frozen=True, slots=True)
class CityLoaded(Event):
    cells: int
    stations: int
    premises: int

    def topics(self) -> tuple[str, ...]:
        return ("desk", "wall", "field")


@event("places.town_imported", version=1, sentence=_(
    "The map of {town} was imported: {pieces} pieces of {streets} streets, {premises} premises."
))  # fmt: skip
@dataclass(frozen=True, slots=True)
class TownImported(Event):
    town: str
    pieces: int
    streets: int
    premises: int

    def topics(self) -> tuple[str, ...]:
        return ("desk", "wall", "field")


@event("places.zones_changed", version=1, sentence=_(
    "The zones of station {station_code} were changed; it has {studios} studios."
))  # fmt: skip
@dataclass(frozen=True, slots=True)
class ZonesChanged(Event):
    station_code: str
    studios: int
