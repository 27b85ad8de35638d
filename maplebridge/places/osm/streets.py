"""Named streets and their house numbers.

A street is many ways in OpenStreetMap, and two villages may each have a 中街. Ways of one name
that lie near each other are one street; its code carries the lowest way id among them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
import shapely

from maplebridge.places.osm.network import RoadWay
from maplebridge.places.osm.records import METRES_A_DEGREE, Box, Extract, NamedStreet, Tags

NEAR_METRES = 300.0  # between two ways of one street: a bridge, a square
HOUSE_METRES = 200.0  # a house is not farther from its street
ORDER = ("main", "street", "lane", "path")
NUMBER = re.compile(r"\d{1,6}")


class Streets:
    """The streets of a town, and which way belongs to which."""

    def __init__(self, ways: Sequence[RoadWay], box: Box) -> None:
        self._scale = np.array([METRES_A_DEGREE * box.squeeze, METRES_A_DEGREE])
        self.code_of: dict[int, str] = {}
        self._by_name: dict[str, list[tuple[NamedStreet, shapely.MultiLineString]]] = {}
        named: defaultdict[str, list[RoadWay]] = defaultdict(list)
        for way in ways:
            if way.name:
                named[way.name].append(way)
        for name, members in named.items():
            self._by_name[name] = [self._street(group) for group in self._groups(members)]

    @property
    def all(self) -> list[NamedStreet]:
        found = [street for streets in self._by_name.values() for street, _line in streets]
        return sorted(found, key=lambda s: s.code)

    def _groups(self, ways: Sequence[RoadWay]) -> Iterator[list[RoadWay]]:
        from scipy.sparse import csr_array
        from scipy.sparse.csgraph import connected_components

        lines = [shapely.LineString(way.line * self._scale) for way in ways]
        near = shapely.STRtree(lines).query(lines, predicate="dwithin", distance=NEAR_METRES)
        ones = np.ones(near.shape[1], dtype=np.int8)
        matrix = csr_array((ones, (near[0], near[1])), shape=(len(ways), len(ways)))
        count, part = connected_components(matrix, directed=False)
        for n in range(count):
            yield [way for way, group in zip(ways, part, strict=True) if group == n]

    def _street(self, ways: Sequence[RoadWay]) -> tuple[NamedStreet, shapely.MultiLineString]:
        code = f"osm-w{min(way.id for way in ways)}"
        self.code_of |= {way.id: code for way in ways}
        kind = min((way.road.kind for way in ways), key=ORDER.index)
        name_en = next((way.name_en for way in ways if way.name_en), "")
        line = shapely.MultiLineString([way.line * self._scale for way in ways])
        return NamedStreet(code, ways[0].name, name_en, kind, {}), line

    def number(self, extract: Extract, box: Box) -> None:
        """Put the house numbers on their streets: places, nothing about who lives there."""
        for tags, lon, lat in _houses(extract, box):
            found = NUMBER.match(tags["addr:housenumber"].strip())
            if found is None:
                extract.skipped["address_not_a_number"] += 1
                continue
            street = self._nearest(tags.get("addr:street", "").strip(), lon, lat)
            if street is None:
                extract.skipped["address_without_street"] += 1
            else:
                street.numbers.setdefault(int(found[0]), (lon, lat))

    def _nearest(self, name: str, lon: float, lat: float) -> NamedStreet | None:
        here = shapely.Point(np.array([lon, lat]) * self._scale)
        away = [(line.distance(here), street) for street, line in self._by_name.get(name, ())]
        metres, street = min(away, key=lambda pair: pair[0], default=(np.inf, None))
        return street if metres <= HOUSE_METRES else None


def _houses(extract: Extract, box: Box) -> Iterator[tuple[Tags, float, float]]:
    """Tags and place of everything with a house number, in order of kind and id."""
    for spot in sorted(extract.spots, key=lambda s: s.id):
        if "addr:housenumber" in spot.tags and box.holds(spot.lon, spot.lat):
            yield spot.tags, spot.lon, spot.lat
    for way in sorted(extract.ways.values(), key=lambda w: w.id):
        if "addr:housenumber" in way.tags:
            _ids, line = extract.positions(way.refs)
            if len(line):
                lon, lat = line.mean(axis=0).tolist()
                if box.holds(lon, lat):
                    yield way.tags, lon, lat
