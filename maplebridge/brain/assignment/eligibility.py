"""Who may be offered an order at all: every reason against, not only the first.

Step 2 of docs/algorithms/dispatch.md.
"""

from __future__ import annotations

from maplebridge.brain.assignment.records import (
    AssignmentSettings,
    OrderNeed,
    Reason,
    Unit,
    UnitKind,
)

_UNSTATED = "not_stated"


def refusals(order: OrderNeed, unit: Unit, settings: AssignmentSettings) -> tuple[Reason, ...]:
    """Reasons why a unit is not offered an order; empty when it may be."""
    reasons = [*_by_kind(order, unit), *_by_state(order, unit, settings)]
    missing = order.needed_skills - unit.skills
    if missing:
        reasons.append(Reason("reject.skill_missing", {"skills": "、".join(sorted(missing))}))
    return tuple(reasons)


def _by_kind(order: OrderNeed, unit: Unit) -> list[Reason]:
    """The decisions of people come first: who is allowed at this order."""
    reasons = []
    blocked = order.blocked_reason or _UNSTATED
    if unit.kind is UnitKind.VOLUNTEER and not order.volunteers_allowed:
        reasons.append(Reason("reject.volunteers_blocked", {"reason": blocked}))
    if unit.kind is UnitKind.SENTINEL and not order.sentinels_allowed:
        reasons.append(Reason("reject.sentinels_blocked", {"reason": blocked}))
    if unit.kind not in order.allowed_kinds:
        reasons.append(Reason("reject.kind_not_allowed"))
    return reasons


def _by_state(order: OrderNeed, unit: Unit, settings: AssignmentSettings) -> list[Reason]:
    reasons = []
    if not unit.available:
        why = unit.unavailable_reason or _UNSTATED
        reasons.append(Reason("reject.unavailable", {"reason": why}))
    if unit.open_orders >= settings.max_open_orders:
        reasons.append(Reason("reject.busy", {"orders": unit.open_orders}))
    if unit.point is None:
        reasons.append(Reason("reject.position_unknown"))
    tired = unit.recent_alerts_7d >= settings.max_alerts_7d
    if unit.kind is UnitKind.VOLUNTEER and tired and order.urgency != "P1":
        reasons.append(Reason("reject.resting", {"alerts": unit.recent_alerts_7d}))
    return reasons
