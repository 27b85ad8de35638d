"""Runs of links become named streets; lanes take the name of the street they leave."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace

import numpy as np

from maplebridge.twin.city import names
from maplebridge.twin.city.geometry.lattice import MAIN, Lattice
from maplebridge.twin.city.geometry.quarters import quarter_named
from maplebridge.twin.city.records import EdgeKind
from maplebridge.twin.city.streets.network import COL, LANE, ROW, Link, Network

CHUNK = 17  # lattice steps after which a side street takes a new name
GAP = 4.0  # lattice steps of interruption that a street survives


@dataclass(frozen=True, slots=True)
class Run:
    """Links of one named street in walking order."""

    name_zh: str
    name_en: str
    kind: EdgeKind
    links: tuple[Link, ...]


def name_streets(net: Network, lattice: Lattice) -> list[Run]:
    """Name every link; the order of the result is stable."""
    lines: dict[tuple[int, int, EdgeKind], list[Link]] = defaultdict(list)
    lanes: list[Link] = []
    for link in net.links:
        if link.axis == LANE:
            lanes.append(link)
        else:
            lines[(link.axis, link.line, link.kind)].append(link)
    pieces = [
        (key, piece)
        for key, links in sorted(lines.items())
        for piece in _pieces(key, sorted(links, key=lambda k: k.order), lattice)
    ]
    mains = [(k, p) for k, p in pieces if k[2] == "main"]
    sides = [(k, p) for k, p in pieces if k[2] == "street"]
    runs = _joined(_name_mains(mains, lattice))
    runs += [
        Run(*names.BRIDGES[lattice.bridges.index(key[1])], "bridge", tuple(piece))
        for key, piece in pieces
        if key[2] == "bridge"
    ]
    runs += _name_sides(sides, net)
    paths = [k for key, piece in pieces if key[2] == "path" for k in piece]
    if paths:
        runs.append(Run("山间步道", "Hill Path", "path", tuple(paths)))
    return runs + _name_lanes(lanes, runs, net)


def _pieces(
    key: tuple[int, int, EdgeKind], links: list[Link], lattice: Lattice
) -> list[list[Link]]:
    axis, _, kind = key
    marks = lattice.col_level if axis == ROW else lattice.row_level
    pieces: list[list[Link]] = [[]]
    for link in links:
        piece = pieces[-1]
        if piece:
            gap = link.order - piece[-1].order > GAP
            crosses = axis == COL and (piece[-1].order < lattice.river_row) != (
                link.order < lattice.river_row
            )
            long = link.order - piece[0].order > CHUNK and marks[int(link.order)] == MAIN
            if crosses or gap or (kind == "street" and long):
                pieces.append([])
        pieces[-1].append(link)
    return [p for p in pieces if p]


def _middle(net: Network, links: list[Link]) -> tuple[float, float]:
    pts = np.array([net.xy[link.a] for link in links])
    return float(pts[:, 0].mean()), float(pts[:, 1].mean())


def _joined(runs: list[Run]) -> list[Run]:
    """Join pieces of one name that a gap has parted."""
    found: dict[str, Run] = {}
    for run in runs:
        known = found.get(run.name_zh)
        found[run.name_zh] = replace(known, links=known.links + run.links) if known else run
    return list(found.values())


def _name_mains(
    mains: list[tuple[tuple[int, int, EdgeKind], list[Link]]], lattice: Lattice
) -> list[Run]:
    """Main lines have names of their own, counted from the river and from the west."""
    groups: dict[tuple[int, bool], list[int]] = defaultdict(list)
    for (axis, line, _), piece in mains:
        north = (line if axis == ROW else piece[0].order) > lattice.river_row
        if line not in groups[(axis, north)]:
            groups[(axis, north)].append(line)
    runs = []
    for (axis, line, _), piece in mains:
        north = (line if axis == ROW else piece[0].order) > lattice.river_row
        ranks = sorted(groups[(axis, north)], reverse=axis == ROW and not north)
        rank = ranks.index(line)
        if axis == ROW and rank == 0:
            zh, en = names.QUAYS["north" if north else "south"]
        elif axis == ROW:
            pool = names.MAIN_ROWS_NORTH if north else names.MAIN_ROWS_SOUTH
            stem = pool[(rank - 1) % len(pool)]
            suffix = "街" if stem == "潮平" else "大道" if rank in (2, 3) else "路"
            zh, en = names.street_name(stem, suffix)
        else:
            columns = names.MAIN_COLUMNS_NORTH if north else names.MAIN_COLUMNS_SOUTH
            zh, en = names.street_name(columns[rank % len(columns)], "路")
        runs.append(Run(zh, en, "main", tuple(piece)))
    return runs


def _name_sides(
    sides: list[tuple[tuple[int, int, EdgeKind], list[Link]]], net: Network
) -> list[Run]:
    """Give stems in an order in which neighbours share their first character."""
    centres = np.array([_middle(net, piece) for _, piece in sides])
    tile = np.floor(centres / 2600.0).astype(int)
    order = np.lexsort((centres[:, 1], centres[:, 0], tile[:, 0], -tile[:, 1])).tolist()
    taken = set(names.MAIN_ROWS_NORTH + names.MAIN_ROWS_SOUTH)
    taken |= set(names.MAIN_COLUMNS_NORTH + names.MAIN_COLUMNS_SOUTH)
    free = [stem for stem in names.stems() if stem not in taken]
    if len(order) > 2 * len(free):
        raise ValueError("more side streets than invented names")
    runs: list[Run] = [Run("", "", "street", ())] * len(sides)
    for at, i in enumerate(order):
        (axis, _, kind), piece = sides[i]
        # The same stem may serve once as road and once as street, as real cities do.
        suffix = (
            ("街" if axis == ROW else "路") if at < len(free) else ("路" if axis == ROW else "街")
        )
        zh, en = names.street_name(free[at % len(free)], suffix)
        runs[i] = Run(zh, en, kind, tuple(piece))
    return _carve_snack_street(runs, net)


def _carve_snack_street(runs: list[Run], net: Network) -> list[Run]:
    """Turn some 500 m of a side street in the harbour quarter into the snack street."""
    quarter = quarter_named("潮埠")
    spot = np.array([quarter.x + 250.0, quarter.y - 350.0])

    def far(run: Run) -> float:
        return float(np.hypot(*(np.array(_middle(net, list(run.links))) - spot)))

    rows = [r for r in runs if len(r.links) >= 10 and r.links[0].axis == ROW]
    run = min(rows, key=far)
    at = min(
        range(len(run.links) - 5),
        key=lambda i: float(np.hypot(*(np.array(net.xy[run.links[i + 2].a]) - spot))),
    )
    snack = Run(*names.SNACK_STREET, "street", run.links[at : at + 5])
    rest = tuple(k for k in run.links if k not in snack.links)
    return [Run(r.name_zh, r.name_en, r.kind, rest) if r is run else r for r in runs] + [snack]


def _name_lanes(lanes: list[Link], runs: list[Run], net: Network) -> list[Run]:
    """Number the lanes of each street along it: 潮平街12弄."""
    owner = {(k.axis, k.line, k.order): i for i, run in enumerate(runs) for k in run.links}
    wanted: dict[int, list[tuple[float, Link]]] = defaultdict(list)
    for lane in lanes:
        parent = net.lane_parent[lane.line]
        wanted[owner[parent]].append((parent[2], lane))
    out = []
    for i, found in sorted(wanted.items()):
        for number, (_, lane) in enumerate(sorted(found, key=lambda f: (f[0], f[1].line)), start=1):
            run = runs[i]
            text = f"{run.name_zh}{number}弄"
            out.append(Run(text, f"Lane {number}, {run.name_en}", "lane", (lane,)))
    return out
