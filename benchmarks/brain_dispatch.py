"""How long it takes to rank every volunteer for every open order on real streets.

Reads a road network of ``../shared/data/roads``; skips visibly when it is absent. Volunteers and
orders are placed on random nodes from a seed. Prints a table and writes JSON.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import random
import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from maplebridge.brain.assignment import MODEL_VERSION, StreetEdge, StreetGraph, offer_plan, rank
from maplebridge.brain.assignment.records import Mode, OrderNeed, Unit, UnitKind
from maplebridge.brain.geometry import LonLat

ROOT = Path(__file__).resolve().parent.parent
ROADS = ROOT.parent / "shared" / "data" / "roads"
OUT = ROOT / "benchmarks" / "results" / "brain_dispatch.json"
VOLUNTEERS, ORDERS, SEED = 2_568, 20, 330_399
AT = datetime(2026, 5, 12, 11, 0, tzinfo=UTC)


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--network", default="north-bayreuth")
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    nodes_file = ROADS / f"{options.network}_nodes.csv.gz"
    if not nodes_file.exists():
        print(f"SKIPPED: {nodes_file} is absent")
        return
    nodes, edges = _load(nodes_file, ROADS / f"{options.network}_edges.csv.gz")
    graph = StreetGraph(nodes, edges)
    dice = random.Random(SEED)
    units = [_volunteer(dice, number, nodes) for number in range(VOLUNTEERS)]
    took: list[float] = []
    for number in range(ORDERS):
        point = LonLat(*dice.choice(nodes))
        order = OrderNeed(f"o{number}", "urgent_help/missing_elder", point, "P1", AT)
        start = time.perf_counter()
        ranking = rank(order, units, graph)
        offer_plan(ranking, 3, order.urgency)
        took.append(time.perf_counter() - start)
        if ranking.total != VOLUNTEERS:
            raise AssertionError("a unit was neither picked nor rejected")
    result = {
        "model_version": MODEL_VERSION,
        "network": options.network,
        "nodes": len(nodes),
        "volunteers": VOLUNTEERS,
        "orders": ORDERS,
        "ms_per_order_median": round(1000 * median(took), 1),
        "ms_per_order_max": round(1000 * max(took), 1),
        "ms_all_orders": round(1000 * sum(took), 1),
    }
    for key, value in result.items():
        print(f"{key}: {value}")
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(result, indent=2) + "\n", "utf-8")


def _load(nodes_file: Path, edges_file: Path) -> tuple[list[tuple[float, float]], list[StreetEdge]]:
    places: dict[str, int] = {}
    nodes: list[tuple[float, float]] = []
    with gzip.open(nodes_file, "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["in_main_scc"] == "1":
                places[row["node"]] = len(nodes)
                nodes.append((float(row["lon"]), float(row["lat"])))
    with gzip.open(edges_file, "rt", encoding="utf-8") as file:
        edges = [
            StreetEdge(places[row["u"]], places[row["v"]], float(row["length_m"]))
            for row in csv.DictReader(file)
            if row["u"] in places and row["v"] in places
        ]
    return nodes, edges


def _volunteer(dice: random.Random, number: int, nodes: list[tuple[float, float]]) -> Unit:
    return Unit(
        unit_id=f"v{number:04}",
        kind=UnitKind.VOLUNTEER,
        point=LonLat(*dice.choice(nodes)),
        mode=Mode.EBIKE if dice.random() < 0.4 else Mode.FOOT,
        skills=frozenset({"first_aid"} if dice.random() < 0.5 else ()),
        available=dice.random() < 0.25,
        recent_alerts_7d=dice.randrange(6),
    )


if __name__ == "__main__":
    main()
