"""Street travel on a routable graph.

See docs/algorithms/dispatch.md, step 3. The graph is undirected: an e-bike may wheel a one-way
lane and a volunteer on foot does not care; for cars the error is small inside a town.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from maplebridge.brain.assignment.records import Mode
from maplebridge.brain.geometry import EARTH_RADIUS_M, LonLat

Floats = npt.NDArray[np.float64]

SPEED_MS: Mapping[Mode, float] = {Mode.FOOT: 1.4, Mode.EBIKE: 4.5, Mode.CAR: 8.0}  # metres/second
SNAP_LIMIT_M = 1_000.0  # farther from any street than this is not reachable
_CACHED_ORIGINS = 64  # distance fields kept; one per open order and mode


@dataclass(frozen=True, slots=True)
class StreetEdge:
    """One stretch of street between two nodes, open both ways."""

    a: int  # node position in the node arrays
    b: int
    metres: float
    foot: bool = True
    ebike: bool = True
    car: bool = True


class StreetGraph:
    """Shortest street paths from one origin to many targets; implements TravelTimes.

    One Dijkstra per origin and mode, kept for as long as the order is likely to be asked again.
    Keeps no positions of units. Not safe for several threads.
    """

    def __init__(
        self,
        nodes: Sequence[tuple[float, float]],
        edges: Sequence[StreetEdge],
        *,
        limit_m: float = 12_000.0,
    ) -> None:
        """``nodes`` are (lon, lat) in CGCS2000 degrees; paths beyond ``limit_m`` are infinite."""
        if not nodes:
            raise ValueError("a street graph needs nodes")
        self._limit_m = limit_m
        lonlat = np.asarray(nodes, dtype=np.float64)
        self._scale = _local_scale(float(lonlat[:, 1].mean()))
        self._xy: Floats = lonlat * self._scale
        self._nets = {mode: _Net(self._xy, edges, mode) for mode in Mode}
        self._fields: OrderedDict[tuple[LonLat, Mode], Floats] = OrderedDict()

    def metres(self, origin: LonLat, targets: Sequence[LonLat], mode: Mode) -> Sequence[float]:
        """Street metres, the walk from each point to its nearest street included."""
        if not targets:
            return []
        field = self._field(origin, mode)
        nodes, walks = self._nets[mode].snap(np.asarray(targets, dtype=np.float64) * self._scale)
        total: Floats = field[nodes] + walks
        total[walks > SNAP_LIMIT_M] = math.inf
        return [float(value) for value in total]

    def seconds(self, origin: LonLat, targets: Sequence[LonLat], mode: Mode) -> Sequence[float]:
        """Travel seconds at the steady speed of the mode."""
        return [value / SPEED_MS[mode] for value in self.metres(origin, targets, mode)]

    def _field(self, origin: LonLat, mode: Mode) -> Floats:
        """Metres from every node to ``origin``."""
        key = (origin, mode)
        known = self._fields.get(key)
        if known is not None:
            self._fields.move_to_end(key)
            return known
        field = self._nets[mode].field(np.asarray(origin) * self._scale, self._limit_m)
        self._fields[key] = field
        if len(self._fields) > _CACHED_ORIGINS:
            self._fields.popitem(last=False)
        return field


class _Net:
    """The part of the graph open to one mode.

    scipy is imported when a graph is built: every command and page process imports this file,
    few ever route, and the import takes longer than all the rest of a short command.
    """

    def __init__(self, xy: Floats, edges: Sequence[StreetEdge], mode: Mode) -> None:
        from scipy.sparse import csr_array
        from scipy.spatial import cKDTree

        open_edges = [edge for edge in edges if getattr(edge, mode.value)]
        count = len(xy)
        starts = np.array([e.a for e in open_edges], dtype=np.int32)
        ends = np.array([e.b for e in open_edges], dtype=np.int32)
        # A zero would vanish from a sparse matrix and cut the street.
        weights = np.array([max(e.metres, 0.01) for e in open_edges], dtype=np.float64)
        starts, ends, weights = _shortest_parallel(starts, ends, weights)
        self._matrix = csr_array((weights, (starts, ends)), shape=(count, count))
        self._nodes = np.unique(np.concatenate([starts, ends])) if open_edges else starts
        self._tree = cKDTree(xy[self._nodes]) if len(self._nodes) else None
        self._count = count

    def snap(self, points: Floats) -> tuple[npt.NDArray[np.int32], Floats]:
        """Nearest node and straight metres to it, for each point in local metres."""
        if self._tree is None:
            size = len(points)
            return np.zeros(size, dtype=np.int32), np.full(size, math.inf)
        walks, places = self._tree.query(points)
        return self._nodes[places], walks

    def field(self, origin: Floats, limit_m: float) -> Floats:
        """Metres from ``origin`` to every node, infinite beyond the limit."""
        from scipy.sparse.csgraph import dijkstra

        nodes, walks = self.snap(origin.reshape(1, 2))
        if walks[0] > SNAP_LIMIT_M:
            return np.full(self._count, math.inf)
        found: Floats = dijkstra(self._matrix, directed=False, indices=int(nodes[0]), limit=limit_m)
        return found + float(walks[0])


def _shortest_parallel(
    starts: npt.NDArray[np.int32], ends: npt.NDArray[np.int32], weights: Floats
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], Floats]:
    """One edge per pair of nodes, the shortest: a sparse matrix would add parallel ones up."""
    low, high = np.minimum(starts, ends), np.maximum(starts, ends)
    order = np.lexsort((weights, high, low))
    low, high, weights = low[order], high[order], weights[order]
    first = np.ones(len(low), dtype=bool)
    first[1:] = (low[1:] != low[:-1]) | (high[1:] != high[:-1])
    return low[first], high[first], weights[first]


def _local_scale(latitude: float) -> Floats:
    """Metres per degree of longitude and latitude around a latitude; true to 0.1 % in a city."""
    per_degree = math.radians(1.0) * EARTH_RADIUS_M
    return np.array([per_degree * math.cos(math.radians(latitude)), per_degree])
