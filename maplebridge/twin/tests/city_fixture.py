"""One generated city for all tests of a run: it is frozen, so sharing it is safe."""

from __future__ import annotations

from datetime import date
from functools import cache

import numpy as np
import shapely
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

from maplebridge.twin.city import generate_city, history_seed
from maplebridge.twin.city.history_records import HistoryIncident
from maplebridge.twin.city.records import Area, City

TODAY = date(2026, 10, 12)
_PLANE = Transformer.from_crs(4490, 4549, always_xy=True)


@cache
def the_city() -> City:
    """The city of the default seed."""
    return generate_city()


@cache
def the_history() -> tuple[HistoryIncident, ...]:
    """Ninety days before a day with a typhoon season and feasts behind it."""
    return tuple(history_seed(the_city(), TODAY))


def plane(point: tuple[float, float]) -> tuple[float, float]:
    """One point in EPSG:4549 metres."""
    x, y = _PLANE.transform(*point)
    return (float(x), float(y))


def in_metres(area: Area) -> BaseGeometry:
    """Rings in degrees as a shape in EPSG:4549 metres."""
    polygons = []
    for outer, *holes in area:
        rings = [np.column_stack(_PLANE.transform(*np.array(r).T)) for r in (outer, *holes)]
        polygons.append(shapely.Polygon(rings[0], rings[1:]))
    return shapely.union_all(polygons)
