"""From a ranking to alerts in phases: the nearest few first, wider when nobody accepts.

Step 8 of docs/algorithms/dispatch.md.
"""

from __future__ import annotations

from collections.abc import Mapping

from maplebridge.brain.assignment.records import OfferPhase, OfferPlan, Pick, Ranking, UnitKind

RADII_M = (300.0, 800.0, 2_000.0)  # street metres
# Seconds to wait before widening. An ordinary order gives people five minutes to look at a phone;
# where a life hangs on it, nobody waits for a phone.
WAIT_S: Mapping[str, tuple[int, int, int]] = {
    "P1": (20, 30, 60),
    "P2": (60, 60, 120),
    "P3": (300, 300, 300),
    "P4": (300, 300, 300),
}
_CIVILIAN = frozenset({UnitKind.VOLUNTEER, UnitKind.SENTINEL})


def offer_plan(ranking: Ranking, k: int, urgency: str) -> OfferPlan:
    """Phases of at most k, 2k and 4k civilians within 300, 800 and 2000 m, and one crew each.

    Crews (police, agencies) have no radius: the best placed one is asked in the first phase, the
    next one with every further phase. Empty phases are left out, so nobody waits for nobody.
    """
    if k < 1:
        raise ValueError("k must be at least 1")
    waits = WAIT_S.get(urgency, WAIT_S["P3"])
    crews = [pick for pick in ranking.picks if pick.kind not in _CIVILIAN]
    civilians = [pick for pick in ranking.picks if pick.kind in _CIVILIAN]
    asked: set[str] = set()
    phases: list[OfferPhase] = []
    for step, (radius, wait_s) in enumerate(zip(RADII_M, waits, strict=True)):
        near = [p for p in civilians if p.unit_id not in asked and p.distance_m <= radius]
        chosen = near[: k * 2**step] + [p for p in crews if p.unit_id not in asked][:1]
        if not chosen:
            continue
        chosen.sort(key=_by_rank)
        asked.update(pick.unit_id for pick in chosen)
        ids = tuple(pick.unit_id for pick in chosen)
        phases.append(OfferPhase(len(phases) + 1, radius, ids, wait_s))
    left = tuple(pick.unit_id for pick in ranking.picks if pick.unit_id not in asked)
    return OfferPlan(ranking.order_id, tuple(phases), left)


def _by_rank(pick: Pick) -> int:
    return pick.rank
