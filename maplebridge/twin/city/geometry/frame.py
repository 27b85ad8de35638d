"""Between the local metre frame of the generator and CGCS2000 degrees."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from pyproj import Transformer
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from maplebridge.twin.city.records import Area, LonLat, PolygonRings, Ring

ORIGIN: LonLat = (120.62, 27.50)
DIGITS = 7  # degrees; about one centimetre

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Frame:
    """Metres east and north of the origin; areas are those of EPSG:4549."""

    forward: Transformer
    backward: Transformer
    x0: float
    y0: float

    def lonlat(self, xy: Floats) -> Floats:
        """Turn (n, 2) metres into (n, 2) degrees."""
        lon, lat = self.backward.transform(xy[:, 0] + self.x0, xy[:, 1] + self.y0)
        return np.round(np.column_stack([lon, lat]), DIGITS)

    def point(self, x: float, y: float) -> LonLat:
        """Turn one point of metres into degrees."""
        lon, lat = self.lonlat(np.array([[x, y]]))[0]
        return (float(lon), float(lat))

    def points(self, xy: Iterable[tuple[float, ...]]) -> tuple[LonLat, ...]:
        """Turn many points of metres into degrees."""
        rows = np.asarray(list(xy), dtype=np.float64).reshape(-1, 2)
        if not len(rows):
            return ()
        return tuple((float(lon), float(lat)) for lon, lat in self.lonlat(rows).tolist())

    def area(self, shape: BaseGeometry) -> Area:
        """Turn a polygon or multipolygon of metres into GeoJSON-ready rings."""
        return tuple(self._rings(part) for part in polygons_of(shape))

    def _rings(self, polygon: Polygon) -> PolygonRings:
        rings: list[Ring] = [self.points(polygon.exterior.coords)]
        rings.extend(self.points(hole.coords) for hole in polygon.interiors)
        return tuple(rings)


def polygons_of(shape: BaseGeometry) -> list[Polygon]:
    """List the polygons of any geometry, dropping lines, points and dust."""
    parts = getattr(shape, "geoms", [shape])
    return [p for p in parts if isinstance(p, Polygon) and p.area > 1.0]


def local_frame() -> Frame:
    """Build the frame around the origin."""
    forward = Transformer.from_crs(4490, 4549, always_xy=True)
    backward = Transformer.from_crs(4549, 4490, always_xy=True)
    x0, y0 = forward.transform(*ORIGIN)
    return Frame(forward, backward, x0, y0)
