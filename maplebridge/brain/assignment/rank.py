"""Who should be offered an order, in which order, and why each of the others not.

The steps quoted here are those of docs/algorithms/dispatch.md.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nsmallest

from maplebridge.brain.assignment.eligibility import refusals
from maplebridge.brain.assignment.records import (
    AssignmentSettings,
    Mode,
    OrderNeed,
    Pick,
    Ranking,
    Reason,
    Rejected,
    TravelTimes,
    Unit,
    UnitKind,
)
from maplebridge.brain.geometry import metres_between

MODEL_VERSION = "assign-arrival-1"
LEAST_ACCEPTANCE = 0.05  # a unit that never answers is not infinitely far


@dataclass(frozen=True, slots=True)
class _Candidate:
    unit: Unit
    metres: float  # by street
    seconds: float  # turnout and travel
    acceptance: float  # 0..1
    fairness: float  # seconds
    score: float  # seconds

    def order(self) -> tuple[float, float, float, str]:
        """Sort key; the id last, so that equal units always come in the same order."""
        return (self.score, self.seconds, self.metres, self.unit.unit_id)


def rank(
    order: OrderNeed,
    units: Sequence[Unit],
    travel: TravelTimes,
    *,
    settings: AssignmentSettings | None = None,
) -> Ranking:
    """Picks by expected arrival over acceptance plus fairness; every unit picked or rejected."""
    chosen = settings or AssignmentSettings()
    rejected: list[tuple[Unit, tuple[Reason, ...]]] = []
    able: list[Unit] = []
    for unit in units:
        reasons = refusals(order, unit, chosen)
        if reasons:
            rejected.append((unit, reasons))
        else:
            able.append(unit)
    reached = _reach(order, able, travel)
    candidates: list[_Candidate] = []
    for unit, metres, travel_s in reached:
        reason = _too_far(order, unit, metres, travel_s, chosen)
        if reason is not None:
            rejected.append((unit, (reason,)))
        else:
            candidates.append(_weigh(order, unit, metres, travel_s, chosen))
    candidates.sort(key=_Candidate.order)
    taken, spare = _fill_tiers(order, candidates, chosen)
    rejected += spare
    picks = tuple(_pick(place, c, order) for place, c in enumerate(taken, start=1))
    named, more, more_total = _name_nearest(order, rejected, chosen)
    return Ranking(order.order_id, picks, named, more, more_total, MODEL_VERSION)


def _reach(
    order: OrderNeed, units: list[Unit], travel: TravelTimes
) -> list[tuple[Unit, float, float]]:
    """Step 3: street metres and travel seconds, one call per mode."""
    found: list[tuple[Unit, float, float]] = []
    for mode in Mode:
        group = [unit for unit in units if unit.mode is mode]
        if not group:
            continue
        points = [unit.point for unit in group if unit.point is not None]
        metres = travel.metres(order.point, points, mode)
        seconds = travel.seconds(order.point, points, mode)
        found += zip(group, metres, seconds, strict=True)
    return found


def _too_far(
    order: OrderNeed, unit: Unit, metres: float, travel_s: float, settings: AssignmentSettings
) -> Reason | None:
    if not math.isfinite(metres):
        return Reason("reject.unreachable")
    if travel_s > settings.search_limit_s:
        limit = f"{settings.search_limit_s:.0f} s"
        return Reason("reject.too_far", {"metres": round(metres), "limit": limit})
    for tier in order.limits:
        if tier.kind is unit.kind and tier.max_metres is not None and metres > tier.max_metres:
            limit = f"{tier.max_metres:.0f} m"
            return Reason("reject.too_far", {"metres": round(metres), "limit": limit})
    return None


def _weigh(
    order: OrderNeed, unit: Unit, metres: float, travel_s: float, settings: AssignmentSettings
) -> _Candidate:
    """Steps 4 and 5: expected arrival over acceptance, plus bounded fairness."""
    turnout = unit.turnout_s
    if turnout is None:
        turnout = settings.default_turnout_s[unit.kind]
    acceptance = unit.acceptance_prior
    if acceptance is None:
        acceptance = settings.default_acceptance[unit.kind]
    acceptance = min(1.0, max(LEAST_ACCEPTANCE, acceptance))
    fairness = fairness_seconds(unit, order.urgency, settings)
    seconds = turnout + travel_s
    score = seconds / acceptance + fairness
    return _Candidate(unit, metres, seconds, acceptance, fairness, score)


def fairness_seconds(unit: Unit, urgency: str, settings: AssignmentSettings) -> float:
    """Seconds added for recent load; capped, so it can never outweigh a life."""
    load = (
        settings.alert_penalty_s * unit.recent_alerts_7d
        + settings.duty_penalty_s * unit.recent_duties_7d
    )
    return min(settings.fairness_cap_s, load) * settings.fairness_by_urgency.get(urgency, 1.0)


def _fill_tiers(
    order: OrderNeed, candidates: list[_Candidate], settings: AssignmentSettings
) -> tuple[list[_Candidate], list[tuple[Unit, tuple[Reason, ...]]]]:
    """Step 6: at most so many of a kind, at most so many in all."""
    room = {t.kind: t.max_units for t in order.limits if t.max_units is not None}
    used: Counter[UnitKind] = Counter()
    taken: list[_Candidate] = []
    spare: list[tuple[Unit, tuple[Reason, ...]]] = []
    for candidate in candidates:
        kind = candidate.unit.kind
        if kind in room and used[kind] >= room[kind]:
            reason = Reason("reject.tier_full", {"limit": room[kind]})
            spare.append((candidate.unit, (reason,)))
        elif len(taken) >= settings.max_picks:
            spare.append((candidate.unit, (Reason("reject.enough_nearer"),)))
        else:
            used[kind] += 1
            taken.append(candidate)
    return taken, spare


def _pick(place: int, candidate: _Candidate, order: OrderNeed) -> Pick:
    unit = candidate.unit
    reasons = [
        Reason(
            "pick.arrival",
            {"seconds": round(candidate.seconds), "metres": round(candidate.metres)},
        ),
        Reason("pick.acceptance", {"percent": round(100 * candidate.acceptance)}),
    ]
    if candidate.fairness > 0:
        params = {
            "alerts": unit.recent_alerts_7d,
            "duties": unit.recent_duties_7d,
            "seconds": round(candidate.fairness),
        }
        reasons.append(Reason("pick.fairness", params))
    else:
        reasons.append(Reason("pick.rested"))
    if order.needed_skills:
        skills = "、".join(sorted(order.needed_skills))
        reasons.append(Reason("pick.skills", {"skills": skills}))
    return Pick(
        unit.unit_id,
        unit.kind,
        place,
        round(candidate.seconds, 1),
        round(candidate.metres, 1),
        round(candidate.acceptance, 4),
        round(candidate.score, 3),
        tuple(reasons),
    )


def _name_nearest(
    order: OrderNeed,
    rejected: list[tuple[Unit, tuple[Reason, ...]]],
    settings: AssignmentSettings,
) -> tuple[tuple[Rejected, ...], dict[str, int], int]:
    """Step 7: the nearest rejected by name, the others counted by their first reason."""

    def nearness(place: int) -> tuple[float, str]:
        unit = rejected[place][0]
        metres = math.inf if unit.point is None else metres_between(order.point, unit.point)
        return metres, unit.unit_id

    near = nsmallest(settings.named_rejections, range(len(rejected)), key=nearness)
    named = tuple(
        Rejected(unit.unit_id, unit.kind, reasons)
        for unit, reasons in (rejected[place] for place in near)
    )
    more = Counter(reasons[0].code for _, reasons in rejected)
    more.subtract(entry.reasons[0].code for entry in named)
    counted = {code: units for code, units in sorted(more.items()) if units}
    return named, counted, len(rejected) - len(named)
