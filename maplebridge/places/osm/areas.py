"""Areas and lines of the base map: water, green, built-up land, rails, the coast, boundaries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import shapely
from shapely import LineString, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import polygonize

from maplebridge.places.osm.records import METRES_A_DEGREE, Boundary, Box, Extract, Relation, Way
from maplebridge.places.osm.tags import LEVELS, area_of, line_of, names_of
from maplebridge.places.shapes import GeoJSON, feature, position

SOFT_METRES = 2.0  # what an outline may be off; half a pixel where the map is nearest
SMALLEST_M2 = {"green": 300.0, "block": 400.0, "river": 150.0, "building": 25.0}
STEP_ASIDE = 2.0  # metres to the side of a coast, to ask which side is water


class Areas:
    """Collects shapes layer by layer, clipped to the frame."""

    def __init__(self, extract: Extract, box: Box, *, buildings: bool) -> None:
        self._extract, self._box = extract, box
        self._soft = SOFT_METRES / METRES_A_DEGREE
        self._buildings = buildings
        self._frame = shapely.box(box.west, box.south, box.east, box.north)
        self.layers: defaultdict[str, list[GeoJSON]] = defaultdict(list)

    def collect(self) -> dict[str, list[GeoJSON]]:
        """Features by layer; the larger first, so that a pond lies on its park."""
        found: list[tuple[float, str, GeoJSON]] = []
        for way in sorted(self._extract.ways.values(), key=lambda w: w.id):
            if line := self._line(way):
                self.layers[line[0]].append(line[1])
            if shape := self._of_way(way):
                found += self._area(shape, way.tags)
        for relation in self._extract.relations:
            if relation.tags.get("type") == "multipolygon" and self._wanted(relation.tags):
                if (shape := self.assemble(relation)) is not None:
                    found += self._area(shape, relation.tags)
                else:
                    self._extract.skipped["area_not_closed"] += 1
        for _size, layer, drawn in sorted(found, key=lambda f: -f[0]):
            self.layers[layer].append(drawn)
        return self.layers

    def _wanted(self, tags: object) -> bool:
        found = area_of(tags)  # type: ignore[arg-type]  # tags of a way or a relation
        return found is not None and (self._buildings or found[0] != "building")

    def _line(self, way: Way) -> tuple[str, GeoJSON] | None:
        kind = line_of(way.tags)
        if kind is None or (shape := self._string(way)) is None:
            return None
        drawn = self._drawn(shape.intersection(self._frame))
        return (kind[0], self._feature(drawn, way.tags, kind[1])) if drawn is not None else None

    def _of_way(self, way: Way) -> BaseGeometry | None:
        closed = len(way.refs) > 3 and way.refs[0] == way.refs[-1]
        if not closed or not self._wanted(way.tags):
            return None
        _ids, line = self._extract.positions(way.refs)
        return shapely.make_valid(Polygon(line)) if len(line) > 3 else None

    def _area(self, shape: BaseGeometry, tags: object) -> Iterator[tuple[float, str, GeoJSON]]:
        layer, kind = area_of(tags) or ("", "")  # type: ignore[arg-type]
        clipped = shape.intersection(self._frame)
        size = clipped.area * METRES_A_DEGREE**2 * self._box.squeeze
        if size >= SMALLEST_M2[layer] and (drawn := self._drawn(clipped)) is not None:
            yield size, layer, self._feature(drawn, tags, kind)

    def _feature(self, shape: BaseGeometry, tags: object, kind: str) -> GeoJSON:
        name, name_en = names_of(tags)  # type: ignore[arg-type]
        return feature(geometry(shape), name=name, name_en=name_en, kind=kind)

    def _drawn(self, shape: BaseGeometry) -> BaseGeometry | None:
        soft = shapely.simplify(shape, self._soft)
        return soft if not soft.is_empty and soft.geom_type in DRAWN else None

    def _string(self, way: Way) -> LineString | None:
        _ids, line = self._extract.positions(way.refs)
        return LineString(line) if len(line) > 1 else None

    def assemble(self, relation: Relation) -> BaseGeometry | None:
        """Outer rings without inner ones; None where the rings do not close."""
        rings: dict[bool, list[LineString]] = {True: [], False: []}
        for role, ref in relation.members:
            way = self._extract.ways.get(ref)
            line = self._string(way) if way is not None else None
            if line is not None and role in ("outer", "inner", ""):
                rings[role == "inner"].append(line)
        outer = _filled(rings[False])
        if outer.is_empty:
            return None
        return outer.difference(_filled(rings[True])) if rings[True] else outer

    def boundaries(self) -> list[Boundary]:
        """Administrative boundaries that close, the largest level first, each with its parent."""
        found: list[tuple[Boundary, BaseGeometry]] = []
        ranks = list(LEVELS.values())
        relations = [r for r in self._extract.relations if _is_boundary(r)]
        for relation in sorted(relations, key=lambda r: (ranks.index(_level(r)), r.id)):
            shape = self.assemble(relation)
            name, name_en = names_of(relation.tags)
            if shape is None or not name:
                self._extract.skipped["boundary_not_closed"] += 1
                continue
            middle = shape.representative_point()
            if not self._box.holds(middle.x, middle.y):
                continue
            above = [b.code for b, s in found if s.contains(middle) and b.level != _level(relation)]
            drawn = geometry(shapely.simplify(shape, self._soft))
            found.append(
                (
                    Boundary(
                        f"osm-r{relation.id}", name, name_en, _level(relation),
                        above[-1] if above else "", drawn, middle.x, middle.y,
                    ),
                    shape,
                )
            )  # fmt: skip
        return [boundary for boundary, _shape in found]

    def sea_and_land(self) -> tuple[list[GeoJSON], list[GeoJSON]]:
        """The frame, divided along the coast; on OpenStreetMap water lies on its right."""
        coast = [
            line
            for way in sorted(self._extract.ways.values(), key=lambda w: w.id)
            if way.tags.get("natural") == "coastline" and (line := self._string(way)) is not None
        ]
        if not coast:
            return [], [feature(geometry(self._frame))]
        faces = list(polygonize(shapely.union_all([self._frame.exterior, *coast])))
        tree = shapely.STRtree(faces)
        wet, dry = (_beside(tree, coast, side) for side in (1, -1))
        # A coast that ends inside the frame divides nothing: the face on both sides stays land.
        self._extract.skipped["coast_not_closed"] += len(wet & dry)
        sea = [faces[n] for n in sorted(wet - dry)]
        water = shapely.union_all(sea).intersection(self._frame) if sea else Polygon()
        land = self._frame.difference(water)
        return self._plain(water), self._plain(land)

    def _plain(self, shape: BaseGeometry) -> list[GeoJSON]:
        drawn = self._drawn(shape)
        return [feature(geometry(drawn))] if drawn is not None else []


DRAWN = {"Polygon", "MultiPolygon", "LineString", "MultiLineString"}


def _is_boundary(relation: Relation) -> bool:
    return relation.tags.get("boundary") == "administrative" and _level(relation) != ""


def _level(relation: Relation) -> str:
    return LEVELS.get(relation.tags.get("admin_level", ""), "")


def _filled(lines: Sequence[LineString]) -> BaseGeometry:
    faces = list(polygonize(shapely.union_all(lines))) if lines else []
    return shapely.union_all(faces) if faces else MultiPolygon()


def _beside(tree: shapely.STRtree, coast: Sequence[LineString], side: int) -> set[int]:
    """Faces that lie to the right (1) or to the left (-1) of some stretch of coast."""
    return {
        int(n) for line in coast for spot in _aside(line, side) for n in tree.query(spot, "within")
    }


def _aside(line: LineString, side: int) -> list[shapely.Point]:
    """A point beside the middle of each stretch of a line."""
    spots = np.asarray(line.coords)
    ahead = np.diff(spots, axis=0)
    length = np.hypot(ahead[:, 0], ahead[:, 1])
    long_enough = length > 0
    aside = np.column_stack((ahead[:, 1], -ahead[:, 0]))[long_enough] * side
    aside *= (STEP_ASIDE / METRES_A_DEGREE / length[long_enough])[:, None]
    middles = ((spots[1:] + spots[:-1]) / 2)[long_enough]
    return [shapely.Point(spot) for spot in middles + aside]


def geometry(shape: BaseGeometry) -> GeoJSON:
    """GeoJSON with six digits; a single area is written as several, as everywhere here."""
    if isinstance(shape, Polygon):
        shape = MultiPolygon([shape])
    drawn: GeoJSON = shapely.geometry.mapping(shape)
    return {"type": drawn["type"], "coordinates": _rounded(drawn["coordinates"])}


def _rounded(coordinates: Any) -> Any:
    if isinstance(coordinates[0], float):
        return position(coordinates)
    return [_rounded(inner) for inner in coordinates]
