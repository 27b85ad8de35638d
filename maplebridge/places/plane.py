"""Shapes on the metre plane EPSG:4549, where overlaps and unions are measured."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry


@lru_cache(maxsize=1)
def _transformer() -> Transformer:
    return Transformer.from_crs("EPSG:4490", "EPSG:4549", always_xy=True)


def flat(drawn: BaseGeometry) -> BaseGeometry:
    """A shape in CGCS2000 degrees, laid on the plane; its coordinates are metres."""

    def project(spots: NDArray[np.float64]) -> NDArray[np.float64]:
        east, north = _transformer().transform(spots[:, 0], spots[:, 1])
        return np.column_stack((east, north))

    laid: BaseGeometry = shapely.transform(drawn, project)
    return laid


def flat_geojson(geometry: Mapping[str, Any]) -> BaseGeometry:
    return flat(shape(dict(geometry)))
