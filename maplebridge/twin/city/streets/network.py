"""Streets on the lattice: which lines are built, bridges, lanes, hill paths."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from shapely.geometry.base import BaseGeometry

from maplebridge.twin.city.geometry.lattice import MAIN, SECOND, Ints, Lattice
from maplebridge.twin.city.geometry.shape import Shape
from maplebridge.twin.city.records import EdgeKind

ROW, COL, LANE = 0, 1, 2
KINDS: tuple[EdgeKind, ...] = ("main", "street", "lane", "path")
Bools = npt.NDArray[np.bool_]
BUILT = {MAIN: 0.0, SECOND: 0.20, 2: 0.46}  # density from which a rank of line is built
SHORE = 34.0  # metres kept free along water


@dataclass(frozen=True, slots=True)
class Link:
    """One edge in lattice terms; `line` is the row or column it lies on."""

    a: int
    b: int
    axis: int  # ROW, COL or LANE
    line: int  # row, column, or running number of the lane
    order: float  # position along the line
    kind: EdgeKind
    block: tuple[int, int]  # block on its north or east side


@dataclass(slots=True)
class Network:
    """Nodes in metres and links; `parent_line` names the street a lane leaves from."""

    xy: list[tuple[float, float]] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    lane_parent: dict[int, tuple[int, int, float]] = field(default_factory=dict)


def build_network(shape: Shape, lattice: Lattice, rng: np.random.Generator) -> Network:
    """Build the connected street network."""
    inner = shape.territory.difference(shape.river).buffer(-SHORE)
    hills = shapely.union_all(list(shape.hills.values()))
    net = Network(xy=list(zip(lattice.x.ravel().tolist(), lattice.y.ravel().tolist(), strict=True)))
    cols = lattice.x.shape[1]
    for axis in (ROW, COL):
        kinds = _built(lattice, axis, inner, hills, rng)
        step = 1 if axis == ROW else cols
        for r, c in np.argwhere(kinds >= 0).tolist():
            at = r * cols + c
            line, order = (r, float(c)) if axis == ROW else (c, float(r))
            kind = KINDS[int(kinds[r, c])]
            net.links.append(Link(at, at + step, axis, line, order, kind, (r, c)))
    for c in lattice.bridges:
        a, b = lattice.south_quay * cols + c, lattice.north_quay * cols + c
        middle = float(lattice.river_row)
        net.links.append(Link(a, b, COL, c, middle, "bridge", (lattice.river_row, c)))
    _prune(net)
    _add_lanes(net, lattice, rng)
    return _largest(net)


def _built(
    lattice: Lattice,
    axis: int,
    inner: BaseGeometry,
    hills: BaseGeometry,
    rng: np.random.Generator,
) -> Ints:
    """Choose a kind for each possible edge of an axis; -1 is not built."""
    pts = np.stack([lattice.x, lattice.y], axis=-1)
    if axis == ROW:
        ends, dens = (pts[:, :-1], pts[:, 1:]), lattice.density
        level = np.broadcast_to(lattice.row_level[:, None], dens[:, :-1].shape)
        mean = (dens[:, :-1] + dens[:, 1:]) / 2
    else:
        ends, dens = (pts[:-1], pts[1:]), lattice.density
        level = np.broadcast_to(lattice.col_level[None, :], dens[:-1].shape)
        mean = (dens[:-1] + dens[1:]) / 2
    need = np.choose(level, [BUILT[0], BUILT[1], BUILT[2]])
    gap = rng.random(level.shape) < np.choose(level, [0.0, 0.02, 0.07])
    ok = (mean >= need) & ~gap
    kinds = np.where(level == MAIN, 0, 1)
    lines = np.asarray(shapely.linestrings(np.stack(ends, axis=-2)))
    wild = _inside(hills, lines, partly=True)
    path = wild & (level <= SECOND) & (rng.random(level.shape) < 0.55)
    kinds = np.where(path, 3, kinds)
    ok = (ok & ~wild) | path
    if axis == ROW:
        ok[lattice.river_row] = False
    else:
        ok[lattice.south_quay : lattice.north_quay] = False
    return np.where(ok & _inside(inner, lines, partly=False), kinds, -1)


def _inside(area: BaseGeometry, lines: npt.NDArray[np.object_], partly: bool) -> Bools:
    shapely.prepare(area)
    test = shapely.intersects if partly else shapely.contains
    return np.asarray(test(area, lines))


def _prune(net: Network) -> None:
    """Drop loose ends twice, so that few streets stop in a field."""
    for _ in range(2):
        degree = np.zeros(len(net.xy), dtype=np.int64)
        for link in net.links:
            degree[link.a] += 1
            degree[link.b] += 1
        net.links = [
            link
            for link in net.links
            if link.kind in ("main", "bridge") or (degree[link.a] > 1 and degree[link.b] > 1)
        ]


def _add_lanes(net: Network, lattice: Lattice, rng: np.random.Generator) -> None:
    """Cut dense blocks with a lane from street to street."""
    cols = lattice.x.shape[1]
    at = {(link.a, link.b): i for i, link in enumerate(net.links) if link.kind == "street"}
    middles: dict[int, int] = {}
    lanes: list[Link] = []
    dense = np.argwhere(lattice.block_density > 0.60)
    draws = rng.random((len(dense), 2))
    for (r, c), (chance, turn) in zip(dense.tolist(), draws.tolist(), strict=True):
        if chance > 0.25 + 0.55 * float(lattice.block_density[r, c]):
            continue
        sw = r * cols + c
        upright = turn < 0.5
        pair = (
            ((sw, sw + 1), (sw + cols, sw + cols + 1))
            if upright
            else ((sw, sw + cols), (sw + 1, sw + cols + 1))
        )
        ids = [at.get(p) for p in pair]
        if ids[0] is None or ids[1] is None:
            continue
        ends = [_middle(net, middles, i, rng) for i in (ids[0], ids[1])]
        parent = net.links[ids[0]]
        net.lane_parent[len(lanes)] = (parent.axis, parent.line, parent.order)
        lanes.append(Link(ends[0], ends[1], LANE, len(lanes), 0.0, "lane", (r, c)))
    net.links = [part for i, link in enumerate(net.links) for part in _split(link, middles.get(i))]
    net.links.extend(lanes)


def _middle(net: Network, middles: dict[int, int], link_id: int, rng: np.random.Generator) -> int:
    if link_id not in middles:
        link = net.links[link_id]
        share = float(rng.uniform(0.38, 0.62))
        (ax, ay), (bx, by) = net.xy[link.a], net.xy[link.b]
        net.xy.append((ax + (bx - ax) * share, ay + (by - ay) * share))
        middles[link_id] = len(net.xy) - 1
    return middles[link_id]


def _split(link: Link, middle: int | None) -> list[Link]:
    if middle is None:
        return [link]
    return [
        replace(link, b=middle),
        replace(link, a=middle, order=link.order + 0.5),
    ]


def _largest(net: Network) -> Network:
    """Keep the largest connected part and renumber its nodes."""
    a = np.array([link.a for link in net.links])
    b = np.array([link.b for link in net.links])
    n = len(net.xy)
    _, label = connected_components(coo_array((np.ones(len(a)), (a, b)), shape=(n, n)), False)
    used = np.zeros(n, dtype=bool)
    used[a] = used[b] = True
    keep = used & (label == np.bincount(label[used]).argmax())
    new = np.cumsum(keep) - 1
    xy = [net.xy[i] for i in np.nonzero(keep)[0].tolist()]
    links = [
        replace(link, a=int(new[link.a]), b=int(new[link.b])) for link in net.links if keep[link.a]
    ]
    return Network(xy, links, net.lane_parent)
