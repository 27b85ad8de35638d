"""Every reason code of assignment with its sentence in Chinese and English."""

from __future__ import annotations

from maplebridge.brain.assignment.pre_handling import BLOCK_SENTENCES

REASONS: dict[str, tuple[str, str]] = {
    "pick.arrival": (
        "预计{seconds}秒到场，沿路{metres}米。",
        "About {seconds} s to arrive, {metres} m by street.",
    ),
    "pick.acceptance": ("接单可能约{percent}%。", "Accepts about {percent} % of such offers."),
    "pick.rested": ("近七天没有被打扰。", "Not disturbed in the last 7 days."),
    "pick.fairness": (
        "近七天{alerts}次提醒、{duties}次出动，计{seconds}秒。",
        "{alerts} alerts and {duties} duties in 7 days count as {seconds} s.",
    ),
    "pick.skills": ("具备所需技能：{skills}。", "Has the skills needed: {skills}."),
    "reject.kind_not_allowed": ("本单不派这类力量。", "This order is not for this kind of unit."),
    "reject.volunteers_blocked": (
        "本单不派志愿者（{reason}）。",
        "Volunteers are not sent ({reason}).",
    ),
    "reject.sentinels_blocked": (
        "本单不派岗哨（{reason}）。",
        "Sentinels are not sent ({reason}).",
    ),
    "reject.unavailable": ("目前不可用（{reason}）。", "Not available now ({reason})."),
    "reject.busy": ("手上有{orders}单未完。", "Has {orders} open orders."),
    "reject.position_unknown": ("没有位置。", "No position known."),
    "reject.skill_missing": ("缺少有效技能：{skills}。", "Lacks valid skills: {skills}."),
    "reject.resting": (
        "近七天已有{alerts}次提醒，先让休息。",
        "{alerts} alerts in 7 days; left to rest.",
    ),
    "reject.unreachable": ("沿路到不了。", "Cannot be reached by street."),
    "reject.too_far": ("沿路{metres}米，超出{limit}。", "{metres} m by street, beyond {limit}."),
    "reject.tier_full": ("这类力量已排满{limit}个。", "{limit} of this kind are ranked already."),
    "reject.enough_nearer": ("已有更合适的人选。", "Enough better placed units."),
    **{f"blocked.{code}": sentences for code, sentences in BLOCK_SENTENCES.items()},
}

# How a group left out for one reason is counted: "2,311 — too far by street". No parameters,
# because each in the group has its own.
COUNTED: dict[str, tuple[str, str]] = {
    "reject.kind_not_allowed": ("本单不派这类力量", "not for this kind of unit"),
    "reject.volunteers_blocked": ("本单不派志愿者", "volunteers are not sent"),
    "reject.sentinels_blocked": ("本单不派岗哨", "sentinels are not sent"),
    "reject.unavailable": ("目前不可用", "not available now"),
    "reject.busy": ("手上有单未完", "has open orders"),
    "reject.position_unknown": ("没有位置", "no position known"),
    "reject.skill_missing": ("缺少有效技能", "lacks a valid skill"),
    "reject.resting": ("近七天提醒已多，先让休息", "alerted often in 7 days, left to rest"),
    "reject.unreachable": ("沿路到不了", "cannot be reached by street"),
    "reject.too_far": ("沿路太远", "too far by street"),
    "reject.tier_full": ("这类力量已排满", "enough of this kind are ranked"),
    "reject.enough_nearer": ("已有更合适的人选", "enough better placed units"),
}
