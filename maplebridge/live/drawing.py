"""The wall's map as one drawing: base map and grids as SVG paths, made once per map and language.

No tiles and no script: the drawing is part of the page, so the wall works without either.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from maplebridge.kernel.geo import Point
from maplebridge.live import queries
from maplebridge.live.placing import spots
from maplebridge.places import api as places

WIDTH, HEIGHT = 1192, 844  # units of the drawing; a unit is a pixel on a full-size wall
MARGIN = 22
LEGEND = 210  # units kept free of the city at the right, for the legend
REACH_M = 75.0  # metres a guard runs in half a minute, at 2.5 metres a second
DEGREE_M = 110_860.0  # metres of a degree of latitude, about 28 degrees north
Feature = dict[str, Any]
AREAS = (("land", "m-land"), ("block", "m-block"), ("green", "m-green"), ("river", "m-sea"))
ROADS = {"street": "m-street", "main": "m-road"}  # lanes and paths are noise at five metres
WATERS = {"bay", "river", "harbour"}


@dataclass(frozen=True, slots=True)
class Frame:
    """From CGCS2000 degrees to units of the drawing; true to scale at the city's latitude."""

    lon: float  # middle
    lat: float
    scale: float  # units a degree of latitude
    squeeze: float  # cosine of the latitude

    def put(self, point: Point) -> tuple[int, int]:
        x = (WIDTH - LEGEND) / 2 + (point.lon - self.lon) * self.squeeze * self.scale
        y = HEIGHT / 2 - (point.lat - self.lat) * self.scale
        return round(x), round(y)


@dataclass(frozen=True, slots=True)
class Shape:
    css: str
    path: str


@dataclass(frozen=True, slots=True)
class Water:
    """The name of a water, wanted near a point."""

    x: int
    y: int
    text: str


@dataclass(frozen=True, slots=True)
class Drawing:
    frame: Frame
    shapes: tuple[Shape, ...]
    cells: dict[str, str]  # the outline of each grid cell, to be tinted
    spots: dict[str, tuple[int, int]]  # where the marker of each cell stands
    waters: tuple[Water, ...]
    rings: tuple[tuple[int, int], ...]  # posts of guards, for the half-minute circle
    ring: float  # units, the reach of half a minute
    credit: str  # whom the map is owed to; empty for a generated city


def drawing(language: str) -> Drawing:
    """The map in a language; drawn again only when the places have changed."""
    base, cells = places.base_map_document(), places.cells_document(places.Network.GOVERNANCE)
    posts = tuple(queries.guard_posts())
    stations = tuple((station.lon, station.lat) for station in places.stations())
    return _drawn(base.tag, cells.tag, posts, stations, language)


@lru_cache(maxsize=8)
def _drawn(
    _base_tag: str, _cells_tag: str, posts: tuple[Point, ...],
    stations: tuple[tuple[float, float], ...], language: str,
) -> Drawing:  # fmt: skip
    base = json.loads(places.base_map_document().plain)
    cells = json.loads(places.cells_document(places.Network.GOVERNANCE).plain)
    english = language.startswith("en")
    frame = frame_around(_points(cells["features"]) or _points(_of(base, "boundary")))
    shapes = [Shape(css, _areas(frame, _of(base, layer))) for layer, css in AREAS]
    for kind, css in ROADS.items():
        lines = [f for f in _of(base, "road") if f["properties"].get("kind") == kind]
        shapes.append(Shape(css, _lines(frame, lines)))
    shapes.append(Shape("m-cell", _areas(frame, cells["features"])))
    shapes.append(Shape("m-shore", _areas(frame, _of(base, "land"))))
    shapes.append(Shape("m-bridge", _lines(frame, _of(base, "bridge"))))
    centres = {
        f["properties"]["code"]: frame.put(Point(f["properties"]["lon"], f["properties"]["lat"]))
        for f in cells["features"]
    }
    return Drawing(
        frame=frame,
        shapes=tuple(s for s in shapes if s.path),
        cells={f["properties"]["code"]: _areas(frame, [f]) for f in cells["features"]},
        spots=spots(centres, [frame.put(Point(*at)) for at in stations]),
        waters=tuple(_waters(frame, _of(base, "place_label"), english=english)),
        rings=tuple(dict.fromkeys(frame.put(post) for post in posts)),
        ring=max(6.0, round(REACH_M / DEGREE_M * frame.scale, 1)),
        credit=str(base.get("place_label", {}).get("attribution", "")),
    )


def frame_around(points: Sequence[Point]) -> Frame:
    """The frame that shows all points as large as possible."""
    if not points:
        return Frame(0.0, 0.0, 1.0, 1.0)
    west, east = min(p.lon for p in points), max(p.lon for p in points)
    south, north = min(p.lat for p in points), max(p.lat for p in points)
    lat = (south + north) / 2
    squeeze = math.cos(math.radians(lat))
    across, up = max((east - west) * squeeze, 1e-6), max(north - south, 1e-6)
    scale = min((WIDTH - LEGEND - 2 * MARGIN) / across, (HEIGHT - 2 * MARGIN) / up)
    return Frame((west + east) / 2, lat, scale, squeeze)


def _of(base: dict[str, Any], layer: str) -> list[Feature]:
    return list(base.get(layer, {}).get("features", ()))


def _points(features: Iterable[Feature]) -> list[Point]:
    return [
        Point(lon, lat) for feature in features for ring in _rings(feature) for lon, lat in ring
    ]


def _rings(feature: Feature) -> Iterator[Sequence[Sequence[float]]]:
    geometry = feature["geometry"]
    match geometry["type"]:
        case "MultiPolygon":
            for polygon in geometry["coordinates"]:
                yield from polygon
        case "Polygon" | "MultiLineString":
            yield from geometry["coordinates"]
        case "LineString":
            yield geometry["coordinates"]


def _areas(frame: Frame, features: Iterable[Feature]) -> str:
    drawn = (f for f in features if f["geometry"]["type"].endswith("Polygon"))
    return "".join(_trace(frame, ring, close=True) for f in drawn for ring in _rings(f))


def _lines(frame: Frame, features: Iterable[Feature]) -> str:
    return "".join(_trace(frame, line, close=False) for f in features for line in _rings(f))


def _trace(frame: Frame, ring: Sequence[Sequence[float]], *, close: bool) -> str:
    """One line in whole units, without points that fall on the one before."""
    spots = [frame.put(Point(lon, lat)) for lon, lat in ring]
    kept = [spot for n, spot in enumerate(spots) if n == 0 or spot != spots[n - 1]]
    if len(kept) < (3 if close else 2):
        return ""
    steps = " ".join(f"{x} {y}" for x, y in kept)
    return f"M{steps}Z" if close else f"M{steps}"


def _waters(frame: Frame, features: Iterable[Feature], *, english: bool) -> Iterator[Water]:
    for feature in features:
        said = feature["properties"]
        if said.get("kind") not in WATERS:
            continue
        lon, lat = feature["geometry"]["coordinates"]
        x, y = frame.put(Point(lon, lat))
        if 0 < x < WIDTH and 0 < y < HEIGHT:
            text = said.get("name_en") if english else said.get("name")
            yield Water(x, y, str(text or said.get("name", "")))
