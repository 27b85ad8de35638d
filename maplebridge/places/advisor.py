"""Rows of places → the records the brain reads: the gazetteer and the street network."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from maplebridge.brain.triage.gazetteer import Gazetteer, PlaceEntry
from maplebridge.brain.triage.records import PlaceKind
from maplebridge.kernel.clock import local_day, now
from maplebridge.kernel.geo import Point
from maplebridge.places.locating import locate
from maplebridge.places.models import (
    Division,
    GridCell,
    Level,
    Network,
    Premises,
    Station,
    Street,
    StreetAddress,
    StreetEdge,
    StreetNode,
)
from maplebridge.places.queries import cell_rows
from maplebridge.places.versions import Held

if TYPE_CHECKING:
    from maplebridge.brain.assignment import StreetGraph

# Radius in metres within which the event very likely is when only this name was said.
PRECISION_M = {"community": 700.0, "street": 400.0, "cell": 350.0, "premises": 40.0}
LARGE_PREMISES_M = 150.0
LARGE_M2 = 5_000


def gazetteer() -> Gazetteer:
    """Every name a caller may say, with where it is; kept until the places change."""
    return _gazetteer.get()


def street_graph() -> StreetGraph:
    """The street network for travel times; kept until the places change."""
    return _graph.get()


def _build_gazetteer() -> Gazetteer:
    return Gazetteer(_entries())


def _entries() -> Iterator[PlaceEntry]:
    cells = list(cell_rows(Network.GOVERNANCE, local_day(now())).defer("geometry"))
    code_of = {cell.id: cell.code for cell in cells}
    yield from _communities()
    yield from _cells(cells)
    yield from _streets()
    yield from _premises(code_of)
    yield from _stations()


def _communities() -> Iterator[PlaceEntry]:
    for row in Division.objects.filter(level=Level.COMMUNITY, valid_to=None).order_by("code"):
        short = row.name.removesuffix("社区").removesuffix("村")  # zh: callers leave it out
        aliases = tuple(a for a in (short, row.name_en) if len(a) >= 2 and a != row.name)
        yield PlaceEntry(
            code=row.code,
            name=row.name,
            kind=PlaceKind.COMMUNITY,
            lon=row.lon,
            lat=row.lat,
            cell=_cell_at(row.lon, row.lat),
            precision_m=PRECISION_M["community"],
            aliases=aliases,
        )


def _cells(cells: list[GridCell]) -> Iterator[PlaceEntry]:
    for row in cells:
        yield PlaceEntry(
            code=row.code,
            name=row.name,
            kind=PlaceKind.COMMUNITY,
            lon=row.centroid_lon,
            lat=row.centroid_lat,
            cell=row.code,
            precision_m=PRECISION_M["cell"],
            aliases=(row.name_en,) if row.name_en else (),
        )


def _streets() -> Iterator[PlaceEntry]:
    numbers: defaultdict[int, list[tuple[int, float, float]]] = defaultdict(list)
    rows = StreetAddress.objects.order_by("street_id", "number")
    for street, number, lon, lat in rows.values_list("street_id", "number", "lon", "lat"):
        numbers[street].append((number, lon, lat))
    middles = _street_middles()
    for row in Street.objects.order_by("code"):
        here = middles.get(row.id)
        yield PlaceEntry(
            code=row.code,
            name=row.name,
            kind=PlaceKind.STREET,
            lon=here[0] if here else None,
            lat=here[1] if here else None,
            cell=_cell_at(*here) if here else None,
            precision_m=PRECISION_M["street"],
            aliases=(row.name_en,) if row.name_en else (),
            numbers=tuple(numbers[row.id]),
        )


def _street_middles() -> dict[int, tuple[float, float]]:
    """A node of each street near its middle: a mean of nodes may lie in the river."""
    nodes = {n: (lon, lat) for n, lon, lat in StreetNode.objects.values_list("id", "lon", "lat")}
    along: defaultdict[int, list[tuple[float, float]]] = defaultdict(list)
    edges = StreetEdge.objects.exclude(street=None).order_by("id")
    for street, a, b in edges.values_list("street_id", "a_id", "b_id"):
        along[street] += [nodes[a], nodes[b]]
    middles = {}
    for street, spots in along.items():
        lon = sum(s[0] for s in spots) / len(spots)
        lat = sum(s[1] for s in spots) / len(spots)
        nearest = min(spots, key=lambda s: ((s[0] - lon) ** 2 + (s[1] - lat) ** 2, s))
        middles[street] = nearest
    return middles


def _premises(code_of: dict[int, str]) -> Iterator[PlaceEntry]:
    for row in Premises.objects.order_by("code"):
        large = row.floor_area_m2 >= LARGE_M2
        yield PlaceEntry(
            code=row.code,
            name=row.name,
            kind=PlaceKind.PREMISES,
            lon=row.lon,
            lat=row.lat,
            cell=code_of.get(row.cell_id or 0),
            precision_m=LARGE_PREMISES_M if large else PRECISION_M["premises"],
            aliases=(row.name_en,) if row.name_en else (),
        )


def _stations() -> Iterator[PlaceEntry]:
    for row in Station.objects.order_by("code"):
        yield PlaceEntry(
            code=row.code,
            name=row.name,
            kind=PlaceKind.LANDMARK,
            lon=row.lon,
            lat=row.lat,
            cell=_cell_at(row.lon, row.lat),
            precision_m=PRECISION_M["premises"],
            aliases=tuple(a for a in (row.short_name, row.name_en) if a),
        )


def _cell_at(lon: float | None, lat: float | None) -> str | None:
    if lon is None or lat is None:
        return None
    return locate(Point(lon, lat), now()).cell_code


def _build_graph() -> StreetGraph:
    # Here, not above: it pulls in scipy, which commands without a map need not wait for.
    from maplebridge.brain.assignment import StreetGraph

    nodes = list(StreetNode.objects.order_by("id").values_list("id", "lon", "lat"))
    place = {node[0]: n for n, node in enumerate(nodes)}
    edges = StreetEdge.objects.order_by("id").values_list(
        "a_id", "b_id", "metres", "foot", "ebike", "car"
    )
    return StreetGraph(
        nodes=[(lon, lat) for _id, lon, lat in nodes],
        edges=[(place[a], place[b], m, foot, ebike, car) for a, b, m, foot, ebike, car in edges],
    )


_gazetteer: Held[Gazetteer] = Held(_build_gazetteer)
_graph: Held[StreetGraph] = Held(_build_graph)
