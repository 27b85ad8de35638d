"""May volunteers be ordered for what these words say? A danger or a person at risk says no."""

from __future__ import annotations

import re

from django.conf import settings

from maplebridge.incidents import codes

MEDICAL = frozenset({"life", "injury", "poison", "self_harm"})
CORDON = frozenset({"fire", "gas", "hazard_to_many", "flood", "trapped"})
CONFIDENTIAL = frozenset({"tip_off", "complaint_on_police"})
# Mending something at home leads into the home and needs a trade: two words that stand together.
_AT_HOME = "|".join((
    "水龙头|水管|马桶|下水道|厨房|厕所|卫生间",  # zh: words as people type them
    "灯泡|电灯|门锁|插座|电线|空调|热水器|冰箱|洗衣机|灶",  # zh: words as people type them
))  # fmt: skip
_MEND = "修(?!改)|疏通|通一下|换(?!下)|装上|安装|漏水|滴水|漏电"  # zh: words as people type them
REPAIR = re.compile(
    f"(?:{_AT_HOME}).{{0,16}}(?:{_MEND})|(?:{_MEND}).{{0,8}}(?:{_AT_HOME})"
    r"|\b(?:fix|repair|mend|leak)\w*\b.{0,30}\b(?:tap|pipe|toilet|lamp|lock|socket|boiler)\b"
    r"|\b(?:tap|pipe|toilet|lamp|lock|socket|boiler)\b.{0,30}\b(?:fix|repair|mend|leak|drip)",
    re.IGNORECASE,
)


def not_for_volunteers(words: str) -> str:
    """Whose it is instead, a code of `helping.ELSEWHERE`; empty: a person screens the order."""
    if not settings.MAPLEBRIDGE.brain:
        return ""  # the desk screens every order anyway
    from maplebridge.brain.assignment.pre_handling import Words, hard_block
    from maplebridge.brain.triage import suggest
    from maplebridge.brain.triage.gazetteer import Gazetteer
    from maplebridge.brain.triage.records import ReportFacts

    answer = suggest(ReportFacts(words, codes.Channel.ORDER_REQUEST.value), Gazetteer(()), ())
    signals = frozenset(signal.code for signal in answer.safety)
    category, subtype = str(answer.category.value or ""), str(answer.subtype.value or "")
    if signals & CORDON:
        return "fire"
    unsafe = answer.unsafe_contact.value is True
    said = Words(signals, f"{category}/{subtype}" if subtype else "", unsafe)
    if category not in CONFIDENTIAL and hard_block(category, subtype, said, confidential=False):
        return "police"
    if signals & MEDICAL:
        return "medical"
    return "desk" if category in CONFIDENTIAL or REPAIR.search(words) else ""
