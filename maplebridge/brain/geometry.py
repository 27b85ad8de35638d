"""Distances on the ground for points a few kilometres apart."""

from __future__ import annotations

import math
from typing import NamedTuple

EARTH_RADIUS_M = 6_371_008.8  # mean radius


class LonLat(NamedTuple):
    """A point in CGCS2000 degrees; the order is longitude, latitude."""

    lon: float  # degrees east, CGCS2000
    lat: float  # degrees north, CGCS2000


def metres_between(a: LonLat, b: LonLat) -> float:
    """Great-circle metres between two points."""
    lat_a, lat_b = math.radians(a.lat), math.radians(b.lat)
    half_lat = math.sin((lat_b - lat_a) / 2.0)
    half_lon = math.sin(math.radians(b.lon - a.lon) / 2.0)
    h = half_lat * half_lat + math.cos(lat_a) * math.cos(lat_b) * half_lon * half_lon
    return 2.0 * EARTH_RADIUS_M * math.asin(min(1.0, math.sqrt(h)))
