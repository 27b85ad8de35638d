"""Rings and lines to GeoJSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from maplebridge.places.city_shape import (
    Area,
    BaseMapLike,
    LabelLike,
    LonLat,
    NamedAreaLike,
    RoadLike,
)

DIGITS = 6  # about 0.1 m; more would only make the map heavier

GeoJSON = dict[str, Any]


def position(point: LonLat) -> list[float]:
    return [round(point[0], DIGITS), round(point[1], DIGITS)]


def multipolygon(area: Area) -> GeoJSON:
    """A GeoJSON geometry of an area given as polygons of rings."""
    rings = [[[position(p) for p in ring] for ring in polygon] for polygon in area]
    return {"type": "MultiPolygon", "coordinates": rings}


def feature(geometry: GeoJSON, **properties: object) -> GeoJSON:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def collection(features: Iterable[GeoJSON]) -> GeoJSON:
    return {"type": "FeatureCollection", "features": list(features)}


def base_layers(drawn: BaseMapLike) -> dict[str, GeoJSON]:
    """The layers of the base map in the order in which they are drawn."""
    return {
        "sea": _plain(drawn.sea),
        "land": _plain(drawn.land),
        "green": _areas(drawn.green),
        "block": _areas(drawn.blocks),
        "river": _plain(drawn.river),
        "road": _lines(drawn.roads),
        "bridge": _lines(drawn.bridges),
        "boundary": _plain(drawn.boundary),
        "place_label": collection(_label(label) for label in drawn.labels),
    }


def _plain(area: Area) -> GeoJSON:
    return collection([feature(multipolygon(area))] if area else [])


def _areas(areas: Sequence[NamedAreaLike]) -> GeoJSON:
    return collection(
        feature(multipolygon(a.area), name=a.name_zh, name_en=a.name_en, kind=a.kind) for a in areas
    )


def _lines(roads: Sequence[RoadLike]) -> GeoJSON:
    return collection(
        feature(
            {"type": "LineString", "coordinates": [position(p) for p in road.line]},
            name=road.name_zh,
            name_en=road.name_en,
            kind=road.kind,
        )
        for road in roads
    )


def _label(label: LabelLike) -> GeoJSON:
    return feature(
        {"type": "Point", "coordinates": position(label.point)},
        name=label.name_zh,
        name_en=label.name_en,
        kind=label.kind,
        rank=label.rank,
    )
