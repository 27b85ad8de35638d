"""Street travel; step 3 of docs/algorithms/dispatch.md."""

from __future__ import annotations

import math

import pytest

from maplebridge.brain.assignment.records import Mode
from maplebridge.brain.assignment.streets import StreetEdge, StreetGraph
from maplebridge.brain.geometry import LonLat

# A river between west (0, 1) and east (2, 3); one bridge far north (4, 5), a footpath in the south.
#   4 ===== 5        bridge, 300 m
#   |       |        400 m each
#   0       3
#   1       2        100 m each;  1 - - 2 footbridge, 200 m, no cars
WEST, EAST = 120.600, 120.603
NODES = [
    (WEST, 27.5010),
    (WEST, 27.5000),
    (EAST, 27.5000),
    (EAST, 27.5010),
    (WEST, 27.5050),
    (EAST, 27.5050),
]
EDGES = [
    StreetEdge(0, 1, 100.0),
    StreetEdge(2, 3, 100.0),
    StreetEdge(0, 4, 400.0),
    StreetEdge(4, 5, 300.0),
    StreetEdge(5, 3, 400.0),
    StreetEdge(1, 2, 200.0, car=False),
]
A, B = LonLat(WEST, 27.5000), LonLat(EAST, 27.5000)


def test_the_footbridge_is_for_feet_and_the_bridge_for_cars() -> None:
    graph = StreetGraph(NODES, EDGES)
    assert graph.metres(A, [B], Mode.FOOT)[0] == pytest.approx(200.0, abs=0.5)
    assert graph.metres(A, [B], Mode.CAR)[0] == pytest.approx(1_300.0, abs=0.5)
    assert graph.seconds(A, [B], Mode.FOOT)[0] == pytest.approx(200.0 / 1.4, abs=0.5)
    assert graph.seconds(A, [B], Mode.CAR)[0] == pytest.approx(1_300.0 / 8.0, abs=0.5)


def test_there_is_as_far_as_back() -> None:
    graph = StreetGraph(NODES, EDGES)
    for mode in Mode:
        there, back = graph.metres(A, [B], mode), graph.metres(B, [A], mode)
        assert there[0] == pytest.approx(back[0])


def test_the_walk_to_the_street_counts() -> None:
    graph = StreetGraph(NODES, EDGES)
    beside = LonLat(WEST - 0.0005, 27.5000)  # about 49 m west of node 1
    assert graph.metres(A, [beside], Mode.FOOT)[0] == pytest.approx(49.3, abs=0.5)


def test_beyond_the_limit_and_off_the_map_is_infinite() -> None:
    graph = StreetGraph(NODES, EDGES, limit_m=500.0)
    assert graph.metres(A, [B], Mode.CAR) == [math.inf]
    off = LonLat(121.0, 27.5)
    assert graph.metres(A, [off], Mode.FOOT) == [math.inf]
    assert graph.metres(off, [A], Mode.FOOT) == [math.inf]


def test_parallel_streets_take_the_shorter_and_a_zero_length_does_not_cut() -> None:
    nodes = NODES[:3]
    edges = [StreetEdge(0, 1, 100.0), StreetEdge(1, 0, 60.0), StreetEdge(1, 2, 0.0)]
    graph = StreetGraph(nodes, edges)
    start, end = LonLat(*nodes[0]), LonLat(*nodes[2])
    assert graph.metres(start, [end], Mode.FOOT)[0] == pytest.approx(60.0, abs=0.5)


def test_a_mode_without_streets_reaches_nothing() -> None:
    graph = StreetGraph(NODES[:2], [StreetEdge(0, 1, 100.0, car=False)])
    assert graph.metres(A, [A], Mode.CAR) == [math.inf]
    assert graph.metres(A, [], Mode.FOOT) == []
    with pytest.raises(ValueError, match="needs nodes"):
        StreetGraph([], [])


def test_asking_many_orders_keeps_answers_right() -> None:
    graph = StreetGraph(NODES, EDGES)
    first = graph.metres(A, [B], Mode.FOOT)
    for step in range(200):  # more origins than are kept
        graph.metres(LonLat(WEST, 27.5 + step * 1e-6), [B], Mode.FOOT)
    assert graph.metres(A, [B], Mode.FOOT) == first
