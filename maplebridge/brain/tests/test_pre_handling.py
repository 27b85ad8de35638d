"""What civilians may be asked to do; step 1 of docs/algorithms/dispatch.md."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maplebridge.brain.assignment.pre_handling import (
    ACT_SENTENCES,
    ALLOWED_ACTS,
    BLOCK_SENTENCES,
    FORBIDDEN_ACTS,
    Allowed,
    Blocked,
    Words,
    judge_sentinels,
    judge_volunteers,
)
from maplebridge.brain.triage.lexicon import MATTERS

SIGNALS = st.frozensets(
    st.sampled_from(
        [
            "weapon",
            "violence",
            "silent_call",
            "fire",
            "gas",
            "injury",
            "child",
            "child_harm",
            "life",
        ]
    )
)
KEYS = st.sampled_from(MATTERS)


@pytest.mark.parametrize(
    ("matter", "signals", "reason"),
    [
        ("urgent_help/missing_elder", (), None),
        ("social_linkage/facility.manhole", ("injury",), None),
        ("public_order/fighting", (), "not_on_white_list"),
        ("urgent_help/missing_elder", ("weapon",), "weapon"),
        ("dispute/neighbour", ("violence",), "violence_in_progress"),
        ("public_order/domestic_violence", (), "domestic_violence"),
        ("criminal/sexual_offence_minor", (), "minor_victim"),
        ("public_order/school_bullying", (), "minor_victim"),
        ("tip_off/drugs", (), "tip_off"),
        ("fire_rescue/gas_leak", ("gas",), "cordon"),
        ("/", (), "not_on_white_list"),
    ],
)
def test_volunteers(matter: str, signals: tuple[str, ...], reason: str | None) -> None:
    category, subtype = matter.split("/")
    verdict = judge_volunteers(category, subtype, Words(frozenset(signals)))
    assert verdict == (Allowed() if reason is None else Blocked(reason))


def test_sentinels_may_part_fighters_by_voice_but_never_face_a_weapon() -> None:
    assert judge_sentinels("public_order", "fighting") == Allowed()
    armed = judge_sentinels("public_order", "fighting", Words(frozenset({"weapon"})))
    assert armed == Blocked("weapon")
    assert judge_sentinels("public_order", "domestic_violence") == Blocked("domestic_violence")


def test_a_reporter_who_asks_for_confidence_is_not_exposed() -> None:
    verdict = judge_volunteers("social_linkage", "facility.manhole", confidential=True)
    assert verdict == Blocked("confidential")


def test_what_the_words_suggest_blocks_as_well_as_what_was_decided() -> None:
    """Filed as a quarrel of neighbours; the words read otherwise."""
    suspected = Words(matter="public_order/domestic_violence", unsafe_contact=True)
    for judge in (judge_volunteers, judge_sentinels):
        assert judge("dispute", "neighbour", suspected) == Blocked("domestic_violence")
        assert judge("dispute", "neighbour", Words(unsafe_contact=True)) == Blocked("hidden_victim")
        harmed = Words(frozenset({"child_harm"}))
        assert judge("dispute", "neighbour", harmed) == Blocked("minor_victim")


@given(matter=KEYS, signals=SIGNALS, more=SIGNALS)
def test_more_danger_never_opens_a_door(
    matter: object, signals: frozenset[str], more: frozenset[str]
) -> None:
    assert hasattr(matter, "category") and hasattr(matter, "subtype")
    for judge in (judge_volunteers, judge_sentinels):
        if isinstance(judge(matter.category, matter.subtype, Words(signals)), Blocked):
            verdict = judge(matter.category, matter.subtype, Words(signals | more))
            assert isinstance(verdict, Blocked)


@given(matter=KEYS, signals=SIGNALS)
def test_volunteers_never_meet_a_weapon_violence_or_a_tip_off(
    matter: object, signals: frozenset[str]
) -> None:
    assert hasattr(matter, "category") and hasattr(matter, "subtype")
    verdict = judge_volunteers(matter.category, matter.subtype, Words(signals))
    if signals & {"weapon", "violence"} or matter.category == "tip_off":
        assert isinstance(verdict, Blocked)


def test_white_listed_matters_exist_and_sentences_are_complete() -> None:
    known = {matter.key for matter in MATTERS}
    from maplebridge.brain.assignment import pre_handling as module

    for table in (module._VOLUNTEER_MATTERS, module._SENTINEL_MATTERS, module._BLOCKED_MATTERS):
        assert set(table) <= known
    assert {*ALLOWED_ACTS, *FORBIDDEN_ACTS} == ACT_SENTENCES.keys()
    for zh, en in [*ACT_SENTENCES.values(), *BLOCK_SENTENCES.values()]:
        assert zh.endswith("。") and en.endswith(".")
