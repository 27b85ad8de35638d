"""Dangers a resident may be in while typing, whom to call, and the one thing to do first.

The short list of words goes out with the page, so that it works without a network. It only
brings the three numbers forward: a false alarm costs a glance, a missed one may cost a life.
What the brain's safety screen hears is added by `SIGNALS`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from maplebridge.kernel.errors import Sentence


@dataclass(frozen=True, slots=True)
class Danger:
    code: str
    number: str  # 110, 119 or 120
    first: Sentence  # what to do before anything else
    words: str  # divided by "|", in both languages, lower case

    @property
    def line(self) -> str:
        return f"tel:{self.number}"


DANGERS: Final[tuple[Danger, ...]] = (
    Danger(
        "fire", "119",
        _("Fire: everybody out, shut the doors behind you, no lift."),
        "着火|起火|失火|冒烟|浓烟|烧起来|爆炸|"  # zh: typed
        "on fire|house fire|smoke is|burning|explosion",
    ),
    Danger(
        "gas", "119",
        _("Gas: touch no switch, open the windows, go outside, then call."),
        "煤气味|燃气味|煤气泄漏|燃气泄漏|天然气泄漏|煤气漏|漏气|"  # zh: typed
        "gas leak|smell gas|smell of gas",
    ),
    Danger(
        "trapped", "119",
        _("Trapped: stay still, say where you are and how many you are."),
        "被困|困在|卡在电梯|掉河里|落水|溺水|"  # zh: typed
        "trapped|drowning|stuck in the lift",
    ),
    Danger(
        "hurt", "120",
        _("Hurt or ill: stay with them, and do not move somebody who fell from a height."),
        "昏迷|晕倒|昏倒|叫不醒|没呼吸|喘不上气|大出血|流血|流了好多血|抽搐|"  # zh: typed
        "胸口疼|触电|煤气中毒|"  # zh: typed
        "unconscious|not breathing|bleeding|heart attack|collapsed|choking",
    ),
    Danger(
        "attack", "110",
        _("Somebody attacks or threatens: get away from them, lock a door, call when you can."),
        "砍人|拿刀|持刀|捅|打人|打我|打起来|动手|家暴|抢劫|抢我|绑架|强奸|"  # zh: typed
        "跟踪我|救命|"  # zh: typed
        "hits me|beating|knife|stabbed|robbed|raped|attacked|help me",
    ),
    Danger(
        "self", "110",
        _("Somebody may harm themselves: stay with them and keep talking; you are not alone."),
        "不想活|自杀|轻生|跳楼|跳河|割腕|"  # zh: typed
        "kill myself|suicide|jump off",
    ),
    Danger(
        "missing", "110",
        _("A child or an elder is missing: call at once, nobody has to wait a day."),
        "孩子丢了|孩子不见|孩子走丢|小孩走丢|小孩不见|老人走丢|老人走失|"  # zh: typed
        "老人不见|"  # zh: typed
        "child is missing|lost my child|missing child",
    ),
    Danger(
        "money", "110",
        _("Money sent to a swindler: send nothing more, call now, it can still be stopped."),
        "刚转账|刚刚转账|刚转了|被骗了|让我转账|"  # zh: typed
        "just transferred|scammed",
    ),
)  # fmt: skip

# Codes of the brain's safety screen → the danger whose words are shown.
SIGNALS: Final[dict[str, str]] = {
    "fire": "fire",
    "hazard_to_many": "fire",
    "gas": "gas",
    "trapped": "trapped",
    "flood": "trapped",
    "life": "hurt",
    "injury": "hurt",
    "poison": "hurt",
    "violence": "attack",
    "weapon": "attack",
    "threat": "attack",
    "child_harm": "attack",
    "self_harm": "self",
    "child": "missing",
    "elder_missing": "missing",
    "money_transfer": "money",
}


def dangers_of(signals: frozenset[str], *, hidden: bool = False) -> list[str]:
    """Codes of dangers in their order; `hidden`: that contact is unsafe speaks of violence."""
    found = {SIGNALS[signal] for signal in signals if signal in SIGNALS}
    if hidden:
        found.add("attack")
    return [danger.code for danger in DANGERS if danger.code in found]
