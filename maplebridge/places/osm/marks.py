"""Names on the map, and premises: from nodes and from outlines alike."""

from __future__ import annotations

from collections.abc import Iterator

from maplebridge.places.osm.network import RoadWay
from maplebridge.places.osm.records import Box, Business, Extract, Tags
from maplebridge.places.osm.tags import PLACES, names_of, premises_kind
from maplebridge.places.shapes import GeoJSON, feature, position

Found = tuple[str, Tags, float, float]  # code, tags, lon, lat


def tagged(extract: Extract, box: Box) -> Iterator[Found]:
    """Everything with tags that is a point or an outline inside the frame, in order of id."""
    for spot in sorted(extract.spots, key=lambda s: s.id):
        if box.holds(spot.lon, spot.lat):
            yield f"osm-n{spot.id}", spot.tags, spot.lon, spot.lat
    for way in sorted(extract.ways.values(), key=lambda w: w.id):
        if not way.tags or "highway" in way.tags:
            continue
        _ids, line = extract.positions(way.refs)
        if len(line):
            lon, lat = ((line.min(axis=0) + line.max(axis=0)) / 2).tolist()
            if box.holds(lon, lat):
                yield f"osm-w{way.id}", way.tags, lon, lat


def labels(extract: Extract, box: Box) -> list[GeoJSON]:
    """Places by name, the most important first."""
    found = []
    for _code, tags, lon, lat in tagged(extract, box):
        rank, (name, name_en) = PLACES.get(tags.get("place", "")), names_of(tags)
        if rank and name:
            point = {"type": "Point", "coordinates": position((lon, lat))}
            found.append(feature(point, name=name, name_en=name_en, kind=tags["place"], rank=rank))
    return sorted(found, key=lambda f: f["properties"]["rank"])


def premises(extract: Extract, box: Box) -> list[Business]:
    found = []
    for code, tags, lon, lat in tagged(extract, box):
        if not (kind := premises_kind(tags)):
            continue
        name, name_en = names_of(tags)
        if name:
            found.append(Business(code, name, name_en, kind, lon, lat))
        else:
            extract.skipped["premises_without_name"] += 1
    return found


def roads(ways: list[RoadWay]) -> tuple[list[GeoJSON], list[GeoJSON]]:
    """Roads and bridges as lines; a bridge is drawn as a road as well."""
    drawn, bridges = [], []
    for way in ways:
        line = {"type": "LineString", "coordinates": [position(p) for p in way.line.tolist()]}
        named = {"name": way.name, "name_en": way.name_en, "kind": way.road.kind}
        drawn.append(feature(line, **named))
        if way.road.bridge and way.road.kind != "path":
            bridges.append(feature(line, **named))
    return drawn, bridges
