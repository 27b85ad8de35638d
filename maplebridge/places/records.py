"""Frozen records of places: what other rooms are handed, and what they hand in.

Coordinates are CGCS2000 degrees; geometries are GeoJSON in the same frame.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from maplebridge.places.names import in_language

__all__ = [
    "NOWHERE",
    "CellInfo",
    "CoverageGap",
    "Document",
    "Located",
    "NewCell",
    "StationInfo",
    "Zone",
    "in_language",
]


@dataclass(frozen=True, slots=True)
class Located:
    """Where a point lies on a day; None outside every cell of that network."""

    cell_id: int | None = None
    cell_code: str | None = None
    beat_id: int | None = None
    beat_code: str | None = None
    division_code: str | None = None
    station_id: int | None = None


NOWHERE = Located()


@dataclass(frozen=True, slots=True)
class CellInfo:
    """A cell without its shape."""

    id: int
    code: str
    network: str
    kind: str
    name: str
    name_en: str
    division_code: str | None
    division_name: str
    division_name_en: str
    lon: float  # centroid
    lat: float
    area_km2: float  # EPSG:4549
    is_key: bool
    station_id: int | None
    valid_from: date
    valid_to: date | None  # first day on which it no longer holds


@dataclass(frozen=True, slots=True)
class NewCell:
    """A cell of a new grid, as an authority draws it."""

    code: str
    name: str
    geometry: Mapping[str, Any] = field(hash=False)
    name_en: str = ""
    kind: str = "basic"
    community_code: str | None = None  # required in the governance network
    station_code: str | None = None
    is_key: bool = False


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone of a station, for reading and for saving."""

    code: str
    kind: str  # core | functional | studio
    name: str
    name_en: str = ""
    theme: str = ""
    capacity: int = 0  # persons; 0 is not stated
    opens_minute: int = 0  # since local midnight
    closes_minute: int = 1440


@dataclass(frozen=True, slots=True)
class StationInfo:
    """A station with its zones and the codes of its cells on the day it was read."""

    id: int
    code: str
    name: str
    name_en: str
    short_name: str
    police_unit: str
    police_unit_name: str
    police_unit_name_en: str
    lon: float
    lat: float
    address: str
    address_en: str
    hours: tuple[Mapping[str, Any], ...] = field(hash=False)
    zones: tuple[Zone, ...]
    cell_codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CoverageGap:
    """A governance cell that no station serves."""

    cell_code: str
    name: str
    name_en: str
    nearest_station: str  # code
    nearest_metres: float


@dataclass(frozen=True, slots=True)
class Document:
    """A JSON answer kept ready in both forms."""

    tag: str  # version token for the ETag
    plain: bytes
    packed: bytes  # gzip
