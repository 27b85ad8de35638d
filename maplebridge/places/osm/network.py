"""Ways to a street network: cut at crossings, measured, with what is cut off left out.

Travel times know no direction (docs/algorithms/dispatch.md, step 3): a one-way street is kept as
open both ways and counted, so that whoever imports knows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from maplebridge.kernel.geo import Point, metres
from maplebridge.places.osm.records import Box, Edge, Extract, Floats, Way
from maplebridge.places.osm.tags import Road, names_of, road_of

CUT_METRES = 150.0  # a longer piece is cut at the next bend: people start at nodes
SMALLEST_PART = 20  # nodes; a smaller island is a mapping gap, and would catch who stands near it
MODES = ("foot", "ebike", "car")


@dataclass(frozen=True, slots=True)
class RoadWay:
    """A way that somebody may use, inside the frame."""

    id: int
    road: Road
    name: str
    name_en: str
    nodes: tuple[int, ...]
    line: Floats  # (n, 2) degrees


def road_ways(extract: Extract, box: Box) -> list[RoadWay]:
    """Every usable way, clipped to the nodes inside the box, in order of id."""
    found = []
    for way in sorted(extract.ways.values(), key=lambda w: w.id):
        road = road_of(way.tags)
        if isinstance(road, str):
            if road:
                extract.skipped[road] += 1
            continue
        pieces = _inside(extract, way, box)
        if not pieces:
            extract.skipped["way_without_points"] += 1
            continue
        extract.skipped["oneway_drawn_both_ways"] += road.oneway
        name, name_en = names_of(way.tags)
        found += [RoadWay(way.id, road, name, name_en, nodes, line) for nodes, line in pieces]
    return found


def _inside(extract: Extract, way: Way, box: Box) -> list[tuple[tuple[int, ...], Floats]]:
    """The runs of a way's nodes that lie in the box."""
    ids, spots = extract.positions(way.refs)
    low, high = (box.west, box.south), (box.east, box.north)
    inside = np.logical_and(spots >= low, spots <= high).all(axis=1).reshape(-1)
    borders = np.flatnonzero(np.diff(inside)) + 1
    runs = np.split(np.arange(len(ids)), borders)
    return [
        (tuple(int(n) for n in ids[run]), spots[run])
        for run in runs
        if len(run) > 1 and inside[run[0]]
    ]


def build_network(
    ways: Sequence[RoadWay], street_of: dict[int, str], skipped: Counter[str]
) -> tuple[dict[int, tuple[float, float]], list[Edge]]:
    """Nodes by id and the edges between them; `street_of` gives a way's street code."""
    uses = Counter(node for way in ways for node in dict.fromkeys(way.nodes))
    edges: list[Edge] = []
    places: dict[int, tuple[float, float]] = {}
    for way in ways:
        for a, b, length in _pieces(way, uses):
            edges.append(
                Edge(
                    a, b, round(length, 1), way.road.kind, way.road.foot, way.road.ebike,
                    way.road.car, street_of.get(way.id, ""),
                )
            )  # fmt: skip
        places |= zip(way.nodes, map(tuple, way.line.tolist()), strict=True)
    kept = connected(edges)
    skipped["road_cut_off"] += len(edges) - len(kept)
    ends = {node for edge in kept for node in (edge.a, edge.b)}
    return {node: places[node] for node in sorted(ends)}, kept


def _pieces(way: RoadWay, uses: Counter[int]) -> list[tuple[int, int, float]]:
    """(from, to, metres) between crossings; a long piece is cut at its bends."""
    found = []
    start, length = way.nodes[0], 0.0
    last = len(way.nodes) - 1
    spots = [Point(lon, lat) for lon, lat in way.line.tolist()]
    for n in range(1, last + 1):
        length += metres(spots[n - 1], spots[n])
        here = way.nodes[n]
        if n == last or uses[here] > 1 or length >= CUT_METRES:
            if here != start:
                found.append((start, here, length))
            start, length = here, 0.0
    return found


def connected(edges: Sequence[Edge]) -> list[Edge]:
    """Edges with only those modes in which they reach a part of some size."""
    allowed = {mode: _large_parts(edges, mode) for mode in MODES}
    kept = []
    for edge in edges:
        foot, ebike, car = (getattr(edge, m) and edge.a in allowed[m] for m in MODES)
        if foot or ebike or car:
            kept.append(Edge(edge.a, edge.b, edge.metres, edge.kind, foot, ebike, car, edge.street))
    return kept


def _large_parts(edges: Sequence[Edge], mode: str) -> set[int]:
    """Nodes of the parts of one mode's network that are large, and of the largest in any case."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    pairs = np.array([(e.a, e.b) for e in edges if getattr(e, mode)], dtype=np.int64)
    if not len(pairs):
        return set()
    ids, flat = np.unique(pairs, return_inverse=True)
    ends = flat.reshape(-1, 2)
    ones = np.ones(len(ends), dtype=np.int8)
    matrix = csr_array((ones, (ends[:, 0], ends[:, 1])), shape=(len(ids), len(ids)))
    _count, part = connected_components(matrix, directed=False)
    sizes = np.bincount(part)
    large = sizes >= min(SMALLEST_PART, int(sizes.max()))
    return {int(n) for n in ids[large[part]]}
