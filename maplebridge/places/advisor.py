"""Rows of places → the records the brain reads: the gazetteer and the street network."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maplebridge.kernel.clock import local_day, now
from maplebridge.kernel.errors import Unavailable
from maplebridge.kernel.geo import Point
from maplebridge.places.cells import cell_rows
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
from maplebridge.places.versions import Held

if TYPE_CHECKING:
    from maplebridge.brain.assignment import StreetEdge as Edge
    from maplebridge.brain.assignment import StreetGraph
    from maplebridge.brain.triage import Gazetteer

# Radius in metres within which the event very likely is when only this name was said.
PRECISION_M = {"community": 700.0, "street": 400.0, "cell": 350.0, "premises": 40.0}
LARGE_PREMISES_M = 150.0
LARGE_M2 = 5_000


def gazetteer() -> Gazetteer:
    """Every name a caller may say, with where it is; kept until the places change."""
    return _gazetteer.get()


def street_graph() -> StreetGraph:
    """The street network for travel times, one for each thread, kept until the places change."""
    from maplebridge.brain.assignment import StreetGraph

    network = _network.get()
    if not network.nodes:
        raise Unavailable("places.no_streets")
    if _graphs.graph is None or _graphs.of is not network:
        _graphs.of, _graphs.graph = network, StreetGraph(network.nodes, network.edges)
    return _graphs.graph


@dataclass(frozen=True, slots=True)
class _Name:
    """A name of the gazetteer, before the brain is loaded."""

    code: str
    name: str
    kind: str  # community | street | premises | landmark
    lon: float | None
    lat: float | None
    cell: str | None
    precision_m: float
    aliases: tuple[str, ...]
    numbers: tuple[tuple[int, float, float], ...] = ()  # street numbers: number, lon, lat


def _build_gazetteer() -> Gazetteer:
    # Here, not above: page processes never need the lexicons that come with it.
    from maplebridge.brain.triage import Gazetteer, PlaceEntry
    from maplebridge.brain.triage.records import PlaceKind

    return Gazetteer(
        PlaceEntry(
            code=n.code,
            name=n.name,
            kind=PlaceKind(n.kind),
            lon=n.lon,
            lat=n.lat,
            cell=n.cell,
            precision_m=n.precision_m,
            aliases=n.aliases,
            numbers=n.numbers,
        )
        for n in _entries()
    )


def _entries() -> Iterator[_Name]:
    cells = list(cell_rows(Network.GOVERNANCE, local_day(now())).defer("geometry"))
    code_of = {cell.id: cell.code for cell in cells}
    yield from _communities()
    yield from _cells(cells)
    yield from _streets()
    yield from _premises(code_of)
    yield from _stations()


def _communities() -> Iterator[_Name]:
    for row in Division.objects.filter(level=Level.COMMUNITY, valid_to=None).order_by("code"):
        short = row.name.removesuffix("社区").removesuffix("村")  # zh: callers leave it out
        aliases = tuple(a for a in (short, row.name_en) if len(a) >= 2 and a != row.name)
        yield _Name(
            code=row.code,
            name=row.name,
            kind="community",
            lon=row.lon,
            lat=row.lat,
            cell=_cell_at(row.lon, row.lat),
            precision_m=PRECISION_M["community"],
            aliases=aliases,
        )


def _cells(cells: list[GridCell]) -> Iterator[_Name]:
    for row in cells:
        yield _Name(
            code=row.code,
            name=row.name,
            kind="community",
            lon=row.centroid_lon,
            lat=row.centroid_lat,
            cell=row.code,
            precision_m=PRECISION_M["cell"],
            aliases=(row.name_en,) if row.name_en else (),
        )


def _streets() -> Iterator[_Name]:
    numbers: defaultdict[int, list[tuple[int, float, float]]] = defaultdict(list)
    rows = StreetAddress.objects.order_by("street_id", "number")
    for street, number, lon, lat in rows.values_list("street_id", "number", "lon", "lat"):
        numbers[street].append((number, lon, lat))
    middles = _street_middles()
    for row in Street.objects.order_by("code"):
        here = middles.get(row.id)
        yield _Name(
            code=row.code,
            name=row.name,
            kind="street",
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


def _premises(code_of: dict[int, str]) -> Iterator[_Name]:
    for row in Premises.objects.order_by("code"):
        large = row.floor_area_m2 >= LARGE_M2
        yield _Name(
            code=row.code,
            name=row.name,
            kind="premises",
            lon=row.lon,
            lat=row.lat,
            cell=code_of.get(row.cell_id or 0),
            precision_m=LARGE_PREMISES_M if large else PRECISION_M["premises"],
            aliases=(row.name_en,) if row.name_en else (),
        )


def _stations() -> Iterator[_Name]:
    for row in Station.objects.order_by("code"):
        yield _Name(
            code=row.code,
            name=row.name,
            kind="landmark",
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


@dataclass(frozen=True, slots=True)
class _Network:
    """The street network as the brain wants it: node positions and edges between them."""

    nodes: list[tuple[float, float]]
    edges: list[Edge]


def _read_network() -> _Network:
    # Here, not above: it pulls in scipy, which commands without a map need not wait for.
    from maplebridge.brain.assignment import StreetEdge as Edge

    nodes = list(StreetNode.objects.order_by("id").values_list("id", "lon", "lat"))
    place = {node[0]: n for n, node in enumerate(nodes)}
    rows = StreetEdge.objects.order_by("id").values_list(
        "a_id", "b_id", "metres", "foot", "ebike", "car"
    )
    edges = [Edge(place[a], place[b], m, foot, bike, car) for a, b, m, foot, bike, car in rows]
    return _Network([(lon, lat) for _id, lon, lat in nodes], edges)


class _Graphs(threading.local):
    """The graph of each thread: it remembers paths while it searches, so it is not shared."""

    of: _Network | None = None
    graph: StreetGraph | None = None


_gazetteer: Held[Gazetteer] = Held(_build_gazetteer)
_network: Held[_Network] = Held(_read_network)
_graphs = _Graphs()
