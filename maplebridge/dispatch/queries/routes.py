"""The way on the street network, for the responder's own map; kept in memory, no history."""

from __future__ import annotations

import heapq
import math
from dataclasses import dataclass, field
from itertools import pairwise
from threading import Lock

from maplebridge.dispatch.models import Offer, Position
from maplebridge.kernel.geo import Point, metres
from maplebridge.places.models import PlacesVersion, StreetEdge, StreetNode

CAR, FOOT = "car", "foot"
STREETS_NAMED = 3


@dataclass(slots=True)
class Net:
    """Neighbours of each crossing: (other, metres, street name zh, en), by what may pass."""

    points: dict[int, Point] = field(default_factory=dict)
    ways: dict[str, dict[int, list[tuple[int, float, str, str]]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Route:
    line: tuple[Point, ...]
    metres: float
    streets: tuple[tuple[str, str], ...]  # (zh, en), in order, each once

    def geojson(self) -> dict[str, object]:
        coordinates = [[p.lon, p.lat] for p in self.line]
        geometry = {"type": "LineString", "coordinates": coordinates}
        feature = {"type": "Feature", "geometry": geometry, "properties": {}}
        return {"type": "FeatureCollection", "features": [feature]}


_held: tuple[int, Net] | None = None
_lock = Lock()


def net() -> Net:
    """The network of the present streets; read again when the places have changed."""
    global _held
    version = PlacesVersion.objects.values_list("number", flat=True).first() or 0
    with _lock:
        if _held is None or _held[0] != version:
            _held = (version, _read())
        return _held[1]


def _read() -> Net:
    found = Net(ways={CAR: {}, FOOT: {}})
    for pk, lon, lat in StreetNode.objects.values_list("pk", "lon", "lat"):
        found.points[pk] = Point(lon, lat)
    rows = StreetEdge.objects.values_list(
        "a_id", "b_id", "metres", "street__name", "street__name_en", "foot", "car"
    )
    for a, b, length, name, name_en, foot, car in rows:
        for mode, open_to in ((FOOT, foot), (CAR, car)):
            if open_to:
                way = (length, name or "", name_en or "")
                found.ways[mode].setdefault(a, []).append((b, *way))
                found.ways[mode].setdefault(b, []).append((a, *way))
    return found


def route(start: Point, goal: Point, mode: str) -> Route:
    """The shortest way by street; a straight line where there is none."""
    streets = net()
    ways = streets.ways[mode]
    if not ways:
        return _straight(start, goal)
    first, last = (_nearest(streets, mode, p) for p in (start, goal))
    before = _search(streets, ways, first, last)
    if last not in before:
        return _straight(start, goal)
    nodes = [last]
    names: list[tuple[str, str]] = []
    while nodes[-1] != first:
        node, name = before[nodes[-1]]
        nodes.append(node)
        if name[0] and (not names or names[-1] != name):
            names.append(name)
    line = (start, *(streets.points[n] for n in reversed(nodes)), goal)
    length = sum(metres(a, b) for a, b in pairwise(line))
    return Route(line, length, tuple(dict.fromkeys(reversed(names)))[:STREETS_NAMED])


def _straight(start: Point, goal: Point) -> Route:
    return Route((start, goal), metres(start, goal), ())


def _nearest(streets: Net, mode: str, point: Point) -> int:
    shrink = math.cos(math.radians(point.lat))

    def away(node: int) -> float:
        at = streets.points[node]
        return ((at.lon - point.lon) * shrink) ** 2 + (at.lat - point.lat) ** 2

    return min(streets.ways[mode], key=away)


def _search(
    streets: Net, ways: dict[int, list[tuple[int, float, str, str]]], first: int, last: int
) -> dict[int, tuple[int, tuple[str, str]]]:
    """A* by straight distance: node → (node before, street name)."""
    goal = streets.points[last]
    best = {first: 0.0}
    before: dict[int, tuple[int, tuple[str, str]]] = {first: (first, ("", ""))}
    heap = [(0.0, first)]
    done: set[int] = set()
    while heap:
        _estimate, node = heapq.heappop(heap)
        if node == last:
            break
        if node in done:
            continue
        done.add(node)
        for other, length, name, name_en in ways[node]:
            reach = best[node] + length
            if reach < best.get(other, math.inf):
                best[other] = reach
                before[other] = (node, (name, name_en))
                heapq.heappush(heap, (reach + metres(streets.points[other], goal), other))
    return before


def route_of(offer: Offer) -> Route | None:
    """From where the responder shared, or the declared base, to the matter."""
    incident = offer.call.incident
    start = start_of(offer)
    if start is None or incident.lon is None or incident.lat is None:
        return None
    mode = CAR if offer.unit is not None and offer.unit.mode == "car" else FOOT
    return route(start, Point(incident.lon, incident.lat), mode)


def start_of(offer: Offer) -> Point | None:
    shared = Position.objects.filter(offer=offer).first()
    if shared is not None and shared.lon is not None and shared.lat is not None:
        return Point(shared.lon, shared.lat)
    if offer.volunteer is not None:
        lon, lat = offer.volunteer.base_lon, offer.volunteer.base_lat
        return None if lon is None or lat is None else Point(lon, lat)
    if offer.sentinel is not None:
        return Point(offer.sentinel.team.post_lon, offer.sentinel.team.post_lat)
    return None if offer.unit is None else Point(offer.unit.lon, offer.unit.lat)
