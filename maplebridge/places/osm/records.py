"""What is read from a file, and what a town is made of.

Coordinates are degrees, WGS 84 as OpenStreetMap gives them, which here is CGCS2000.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from maplebridge.kernel.geo import EARTH_RADIUS_M
from maplebridge.places.shapes import GeoJSON

Tags = Mapping[str, str]
Floats = npt.NDArray[np.float64]
METRES_A_DEGREE = math.radians(1.0) * EARTH_RADIUS_M  # along a meridian


@dataclass(frozen=True, slots=True)
class Box:
    """The frame of a town, in degrees."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def around(cls, lon: float, lat: float, km: float) -> Box:
        up = km * 1000 / METRES_A_DEGREE
        across = up / max(0.01, math.cos(math.radians(lat)))
        return cls(lon - across, lat - up, lon + across, lat + up)

    def holds(self, lon: float, lat: float) -> bool:
        return self.west <= lon <= self.east and self.south <= lat <= self.north

    @property
    def squeeze(self) -> float:
        """How much shorter a degree of longitude is than one of latitude."""
        return math.cos(math.radians((self.south + self.north) / 2))

    @property
    def km(self) -> float:
        """The longer side."""
        up, across = self.north - self.south, (self.east - self.west) * self.squeeze
        return max(up, across) * METRES_A_DEGREE / 1000


@dataclass(frozen=True, slots=True)
class Spot:
    """A node with tags of its own."""

    id: int
    lon: float
    lat: float
    tags: Tags


@dataclass(frozen=True, slots=True)
class Way:
    id: int
    refs: array[int]  # ids of nodes, in order
    tags: Tags


@dataclass(frozen=True, slots=True)
class Relation:
    id: int
    members: tuple[tuple[str, int], ...]  # role, id of a way
    tags: Tags


@dataclass(slots=True)
class Extract:
    """What is needed of a file; nodes as three arrays in order of id."""

    node_ids: npt.NDArray[np.int64]
    lon: Floats
    lat: Floats
    spots: list[Spot]
    ways: dict[int, Way]
    relations: list[Relation]
    nodes_read: int
    bounds: Box | None  # as the file declares them
    skipped: Counter[str] = field(default_factory=Counter)

    def positions(self, refs: array[int]) -> tuple[npt.NDArray[np.int64], Floats]:
        """Ids and (n, 2) degrees of those nodes that are in the extract, in order."""
        wanted = np.frombuffer(refs, dtype=np.int64) if refs else np.empty(0, dtype=np.int64)
        if not len(self.node_ids):
            return wanted[:0], np.empty((0, 2))
        at = np.searchsorted(self.node_ids, wanted)
        at[at == len(self.node_ids)] = 0
        known = self.node_ids[at] == wanted
        at = at[known]
        return wanted[known], np.column_stack((self.lon[at], self.lat[at]))


@dataclass(frozen=True, slots=True)
class Edge:
    a: int  # node id
    b: int
    metres: float
    kind: str  # main | street | lane | path
    foot: bool
    ebike: bool
    car: bool
    street: str  # code, or empty


@dataclass(frozen=True, slots=True)
class NamedStreet:
    code: str  # osm-w and the lowest id among its ways
    name: str
    name_en: str
    kind: str
    numbers: dict[int, tuple[float, float]] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Boundary:
    """An administrative boundary that closes inside the extract."""

    code: str  # osm-r and the relation's id
    name: str
    name_en: str
    level: str  # as in places.models.Level
    parent: str  # code, or empty
    geometry: GeoJSON = field(hash=False)
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class Business:
    """A place of business or public use: name and kind, nothing else is taken."""

    code: str
    name: str
    name_en: str
    kind: str
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class Town:
    name: str
    name_en: str
    box: Box
    nodes: dict[int, tuple[float, float]] = field(hash=False)
    edges: list[Edge] = field(hash=False)
    streets: list[NamedStreet] = field(hash=False)
    boundaries: list[Boundary] = field(hash=False)
    premises: list[Business] = field(hash=False)
    layers: dict[str, GeoJSON] = field(hash=False)
    skipped: Counter[str] = field(hash=False)
