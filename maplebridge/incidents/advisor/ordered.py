"""May volunteers be ordered for what these words say? A danger or a person at risk says no."""

from __future__ import annotations

from django.conf import settings

from maplebridge.incidents import codes

MEDICAL = frozenset({"life", "injury", "poison", "self_harm"})
CORDON = frozenset({"fire", "gas", "hazard_to_many", "flood", "trapped"})
CONFIDENTIAL = frozenset({"tip_off", "complaint_on_police"})


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
    return "desk" if category in CONFIDENTIAL else ""
