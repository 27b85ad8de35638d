"""Coordinates: CGCS2000 inside, GCJ-02 and BD-09 only at the edge, metres on the plane.

CGCS2000 (EPSG:4490) and WGS 84 agree to centimetres and are treated as one. Areas and plane
coordinates use EPSG:4549 (3° Gauss–Krüger zone, central meridian 120° E).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import shapely
from pyproj import Transformer
from shapely.geometry import shape

EARTH_RADIUS_M = 6_371_008.8  # mean radius
_KRASOVSKY_A = 6_378_245.0  # the ellipsoid the GCJ-02 offset is defined on
_KRASOVSKY_EE = 0.006_693_421_622_965_943
_BD_PI = math.pi * 3000.0 / 180.0


@dataclass(frozen=True, slots=True)
class Point:
    lon: float  # degrees east, CGCS2000
    lat: float  # degrees north, CGCS2000


def metres(a: Point, b: Point) -> float:
    """Great-circle distance."""
    half_lat = math.radians(b.lat - a.lat) / 2
    half_lon = math.radians(b.lon - a.lon) / 2
    h = math.sin(half_lat) ** 2 + (
        math.cos(math.radians(a.lat)) * math.cos(math.radians(b.lat)) * math.sin(half_lon) ** 2
    )
    return 2 * EARTH_RADIUS_M * math.asin(min(1.0, math.sqrt(h)))


@lru_cache(maxsize=2)
def _plane(inverse: bool) -> Transformer:
    frames = ("EPSG:4549", "EPSG:4490") if inverse else ("EPSG:4490", "EPSG:4549")
    return Transformer.from_crs(*frames, always_xy=True)


def to_plane(point: Point) -> tuple[float, float]:
    """(easting, northing) in metres, EPSG:4549."""
    x, y = _plane(False).transform(point.lon, point.lat)
    return float(x), float(y)


def from_plane(x: float, y: float) -> Point:
    lon, lat = _plane(True).transform(x, y)
    return Point(float(lon), float(lat))


def area_km2(geometry: Mapping[str, Any]) -> float:
    """Area of a GeoJSON (multi)polygon in CGCS2000 degrees, measured on the plane."""
    flat = shapely.transform(shape(dict(geometry)), _columns_to_plane)
    return float(flat.area) / 1e6


def _columns_to_plane(lon_lat: np.ndarray[Any, np.dtype[np.float64]]) -> Any:
    """(n, 2) degrees → (n, 2) metres."""
    return np.column_stack(_plane(False).transform(lon_lat[:, 0], lon_lat[:, 1]))


def in_china_box(point: Point) -> bool:
    """The box outside which the GCJ-02 offset is not applied."""
    return 72.004 <= point.lon <= 137.8347 and 0.8293 <= point.lat <= 55.8271


def _offset(point: Point) -> tuple[float, float]:
    x, y = point.lon - 105.0, point.lat - 35.0
    wave = (20.0 * math.sin(6.0 * x * math.pi) + 20.0 * math.sin(2.0 * x * math.pi)) * 2.0 / 3.0
    d_lat = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * math.sqrt(abs(x)) + wave
    d_lat += (20.0 * math.sin(y * math.pi) + 40.0 * math.sin(y / 3.0 * math.pi)) * 2.0 / 3.0
    d_lat += (160.0 * math.sin(y / 12.0 * math.pi) + 320.0 * math.sin(y * math.pi / 30.0)) * 2 / 3
    d_lon = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * math.sqrt(abs(x)) + wave
    d_lon += (20.0 * math.sin(x * math.pi) + 40.0 * math.sin(x / 3.0 * math.pi)) * 2.0 / 3.0
    d_lon += (150.0 * math.sin(x / 12.0 * math.pi) + 300.0 * math.sin(x / 30.0 * math.pi)) * 2 / 3
    rad = math.radians(point.lat)
    magic = 1 - _KRASOVSKY_EE * math.sin(rad) ** 2
    root = math.sqrt(magic)
    lat_scale = (_KRASOVSKY_A * (1 - _KRASOVSKY_EE)) / (magic * root) * math.pi / 180.0
    lon_scale = _KRASOVSKY_A / root * math.cos(rad) * math.pi / 180.0
    return d_lon / lon_scale, d_lat / lat_scale


def to_gcj02(point: Point) -> Point:
    if not in_china_box(point):
        return point
    d_lon, d_lat = _offset(point)
    return Point(point.lon + d_lon, point.lat + d_lat)


def from_gcj02(point: Point) -> Point:
    """Inverse by fixed-point iteration; better than 1 mm after a few rounds."""
    if not in_china_box(point):
        return point
    guess = point
    for _ in range(8):
        there = to_gcj02(guess)
        guess = Point(guess.lon + point.lon - there.lon, guess.lat + point.lat - there.lat)
    return guess


def _gcj_to_bd(point: Point) -> Point:
    z = math.hypot(point.lon, point.lat) + 0.00002 * math.sin(point.lat * _BD_PI)
    theta = math.atan2(point.lat, point.lon) + 0.000003 * math.cos(point.lon * _BD_PI)
    return Point(z * math.cos(theta) + 0.0065, z * math.sin(theta) + 0.006)


def to_bd09(point: Point) -> Point:
    return _gcj_to_bd(to_gcj02(point)) if in_china_box(point) else point


def from_bd09(point: Point) -> Point:
    if not in_china_box(point):
        return point
    guess = Point(point.lon - 0.0065, point.lat - 0.006)
    for _ in range(8):
        there = _gcj_to_bd(guess)
        guess = Point(guess.lon + point.lon - there.lon, guess.lat + point.lat - there.lat)
    return from_gcj02(guess)
