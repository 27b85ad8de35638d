"""Triage as a desk would check it; step numbers are those of docs/algorithms/triage.md."""

from __future__ import annotations

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maplebridge.brain.tests.triage_cases import CASES, TOUGH, Case, Tough
from maplebridge.brain.triage import DEFAULT_COMPETENCE, REASONS, Gazetteer, suggest
from maplebridge.brain.triage.competence import find_rule
from maplebridge.brain.triage.figures import FIGURES
from maplebridge.brain.triage.lexicon import BY_KEY, MATTERS
from maplebridge.brain.triage.lexicon.dangers import RULES
from maplebridge.brain.triage.reading import listen
from maplebridge.brain.triage.records import (
    CompetenceRule,
    ReportFacts,
    TriageSettings,
    TriageSuggestion,
    Urgency,
)
from maplebridge.brain.triage.safety import raise_urgency, screen

NOWHERE = Gazetteer(())


def ask(text: str, channel: str = "phone") -> TriageSuggestion:
    """The lexicon's answer; test_learned.py asks the learned model."""
    return suggest(ReportFacts(text, channel), NOWHERE, DEFAULT_COMPETENCE, model=None)


@pytest.mark.parametrize("case", CASES, ids=[case.text[:18] for case in CASES])
def test_cases_are_triaged_as_a_careful_desk_would(case: Case) -> None:
    answer = ask(case.text, case.channel)
    given_answer = (
        answer.category.value,
        answer.lead_agency.value,
        answer.urgency.value,
        answer.police_label.value,
    )
    assert given_answer == (case.category, case.lead, case.urgency, case.police)


@pytest.mark.parametrize("case", TOUGH, ids=[case.text[:18] for case in TOUGH])
def test_buried_danger_is_heard_and_loud_words_are_weighed(case: Tough) -> None:
    answer = ask(case.text, case.channel)
    assert answer.category.value in case.categories.split("|")
    assert answer.urgency.value in case.urgencies.split("|")


# Step 2: figures of speech and negation.
@pytest.mark.parametrize(
    ("figure", "literal"),
    [
        ("这家店价格吓死人", "巷子里有人拿刀砍人，快来"),
        ("打了好几个电话都没人接", "他们打起来了，快来人"),
        ("群都炸了，快来管管", "厨房着火了"),
        ("火锅店排队排到马路上", "火锅店着火了"),
        ("没有人受伤，也没打人", "有人受伤，还在打人，快来"),
    ],
)
def test_a_figure_of_speech_does_not_raise_but_the_thing_itself_does(
    figure: str, literal: str
) -> None:
    assert not [s for s in ask(figure).safety if s.urgency is Urgency.P1]
    assert ask(literal).urgency.value == "P1"


def test_step_2_words_set_aside_stay_visible() -> None:
    codes = {e.reason_code for e in ask("这菜价吓死人了，没人管管吗").category.evidence}
    assert "words.figure" in codes


@pytest.mark.parametrize(
    ("told", "now"),
    [
        ("去年我家厨房着火，想问问证明怎么开", "我家厨房着火了"),
        ("经常有人在这里打架，希望加强巡逻", "现在有人在这里打架，快来"),
        ("万一着火了消防车进不来，建议清理", "着火了，消防车进不来"),
    ],
)
def test_step_5_a_danger_told_as_past_or_fear_does_not_raise(told: str, now: str) -> None:
    assert ask(told).urgency.value != "P1"
    assert ask(now).urgency.value == "P1"


@pytest.mark.parametrize(
    "text", ["我妈前天走丢了，八十岁", "孩子上周离家出走了，十五岁，孩子没回家"]
)
def test_step_5_a_danger_that_lasts_is_not_past(text: str) -> None:
    assert ask(text).urgency.value == "P1"


def test_step_5_a_past_danger_does_not_hide_the_present_one() -> None:
    assert ask("去年这里着火过，该清理了").urgency.value != "P1"
    assert ask("去年这里着火过。楼下着火了").urgency.value == "P1"


def test_step_5_now_beats_habit() -> None:
    assert ask("他天天打我，现在正在砸门").urgency.value == "P1"


# G1: the screen can only raise.
URGENCIES = st.none() | st.sampled_from(list(Urgency))
SPOKEN = st.lists(
    st.sampled_from(
        [
            "着火了",
            "有人拿刀",
            "没有",
            "不见了",
            "孩子",
            "我爸",
            "煤气味",
            "去年",
            "现在",
            "咨询",
            "快来",
            "，",
            "。",
            "吓死人",
            "转账",
        ]
    ),
    max_size=12,
).map("".join)


@given(text=SPOKEN, before=URGENCIES)
def test_g1_the_safety_screen_never_lowers(text: str, before: Urgency | None) -> None:
    heard = listen(text)
    signals = screen(heard, "phone")
    after = raise_urgency(before, signals)
    if before is not None:
        assert after is not None
        assert after <= before  # "P1" sorts before "P2"
    assert all(after is not None and after <= signal.urgency for signal in signals)


@given(text=SPOKEN)
def test_g1_the_answer_is_at_least_as_urgent_as_every_signal(text: str) -> None:
    answer = ask(text)
    for signal in answer.safety:
        assert str(answer.urgency.value) <= signal.urgency


@given(text=SPOKEN | st.text(alphabet=string.printable + "ＡＢ１２İ着火吗？！", max_size=80))
@settings(max_examples=150)
def test_g3_every_quoted_word_stands_where_it_says(text: str) -> None:
    answer = ask(text, "app")
    quoted = [e for aspect in answer.aspects for e in aspect.evidence if e.start >= 0]
    for evidence in quoted:
        assert 0 <= evidence.start < evidence.end <= len(text)
        assert evidence.text == text[evidence.start : evidence.end]


@given(text=SPOKEN)
def test_g4_same_words_same_answer(text: str) -> None:
    assert ask(text) == ask(text)


@given(text=st.text(max_size=60))
def test_confidence_is_a_share_and_reasons_are_known(text: str) -> None:
    answer = ask(text)
    for aspect in answer.aspects:
        assert 0.0 <= aspect.confidence <= 1.0
        assert len(aspect.alternatives) <= 3
        assert {e.reason_code for e in aspect.evidence} <= REASONS.keys()


# G2: not sure is an answer.
@pytest.mark.parametrize("text", ["嗯", "喂？", "……那个……", "xyz", "12345"])
def test_g2_no_words_no_guess(text: str) -> None:
    answer = ask(text)
    assert answer.category.value is None
    assert answer.lead_agency.value is None


def test_g2_two_equal_matters_are_not_sure_but_named() -> None:
    strict = TriageSettings(not_sure_below=0.9)
    report = ReportFacts("楼上漏水，房东不退押金", "walk_in")
    answer = suggest(report, NOWHERE, DEFAULT_COMPETENCE, settings=strict, model=None)
    assert answer.subtype.value is None
    assert {a.value for a in answer.subtype.alternatives} >= {"neighbour", "lease"}


@pytest.mark.parametrize("text", ["", "  ", "……", "（无声）", "silent"])
def test_step_5_a_silent_telephone_call_is_p1_and_unsafe_to_call_back(text: str) -> None:
    answer = ask(text, "phone")
    assert answer.urgency.value == "P1"
    assert answer.unsafe_contact.value is True
    assert ask(text, "app").urgency.value is None


# Step 6: competence.
def test_step_6_the_longest_subtype_wins_and_a_missing_row_is_not_sure() -> None:
    rules = (
        CompetenceRule("a", "criminal", "", "PSB"),
        CompetenceRule("b", "criminal", "fraud", "PSB", ("PSB-AF",)),
    )
    found = find_rule(rules, "criminal", "fraud.romance")
    assert found is not None and found.rule_id == "b"
    assert find_rule(rules, "criminal", "fraudulent") == rules[0]
    report = ReportFacts("楼上漏水，找他他不承认", "phone")
    assert suggest(report, NOWHERE, rules, model=None).lead_agency.value is None


def test_step_6_tension_moves_a_dispute_up() -> None:
    calm = ask("包工头拖欠工资两个月，想问找谁")
    tense = ask("包工头拖欠工资两个月，工友扛着锄头要去找他")
    assert calm.police_label.value == "non_police"
    assert tense.police_label.value == "mixed"
    assert isinstance(tense.co_agencies.value, tuple)
    assert "PSB" in tense.co_agencies.value


def test_step_6_the_default_table_covers_every_matter() -> None:
    for matter in MATTERS:
        assert find_rule(DEFAULT_COMPETENCE, matter.category, matter.subtype) is not None
    for rule in DEFAULT_COMPETENCE:
        known = {m.subtype for m in MATTERS if m.category == rule.category}
        heads = {subtype.split(".")[0] for subtype in known}
        assert rule.subtype == "" or rule.subtype in known | heads, rule.rule_id


# Step 8: protection.
@pytest.mark.parametrize(
    ("text", "unsafe"),
    [
        ("我要举报，别说是我说的，楼下在赌博", True),
        ("我老公又打我，不要打电话，他会看我手机", True),
        ("路灯坏了", False),
    ],
)
def test_step_8_unsafe_contact(text: str, unsafe: bool) -> None:
    assert ask(text).unsafe_contact.value is unsafe


@pytest.mark.parametrize(
    ("text", "ok"),
    [
        ("我妈走失了，八十岁，穿蓝棉袄", True),
        ("小区井盖不见了，先找人看着", True),
        ("我妈走失了，有人看见她手里拿着菜刀乱挥", False),
        ("小区井盖不见了，别说是我说的", False),
        ("他拿着刀在追人", False),
        ("厨房一股煤气味", False),
    ],
)
def test_step_8_volunteers(text: str, ok: bool) -> None:
    assert ask(text).volunteer_ok.value is ok


# The lexicon itself.
def test_every_danger_has_a_sentence_in_both_languages() -> None:
    for rule in RULES:
        assert f"safety.{rule.code}" in REASONS
    for zh, en in REASONS.values():
        assert zh and en and zh != en
        assert not any("\u4e00" <= char <= "\u9fff" for char in en)


def test_matters_are_unique_and_figures_are_folded() -> None:
    assert len(BY_KEY) == len(MATTERS)
    assert {figure.lower() for figure in FIGURES} == FIGURES


def test_no_matter_asks_who_a_person_is() -> None:
    forbidden = ("民族", "籍贯", "信教", "党员", "前科", "重点人员", "可疑人员")
    for matter in MATTERS:
        assert not [word for word in forbidden if word in matter.cues], matter.key


@pytest.mark.parametrize(
    ("text", "harmed"),
    [
        ("8岁的小女孩身上全是伤，说是爸爸打的", True),
        ("楼上天天打孩子，孩子哭得嗓子都哑了", True),
        ("幼儿园老师掐的，我女儿胳膊上淤青一片", True),
        ("邻居家的娃经常不给饭吃，关在门外", True),
        (
            "boy next door keeps coming to school with bruises, says dad beat him, beaten again",
            True,
        ),
        ("孩子今天去打疫苗，医院排队太长没人管", False),
        ("两家孩子打篮球砸了我家玻璃", False),
        ("小学生放学没人接，一个人站在校门口", False),
        ("打孩子妈妈的电话一直不通", False),
    ],
)
def test_step_5_harm_to_a_child_is_heard_whatever_the_matter_is(text: str, harmed: bool) -> None:
    answer = suggest(ReportFacts(text, "app"), Gazetteer(()), (), model=None)
    assert ("child_harm" in {signal.code for signal in answer.safety}) is harmed
    if harmed:
        assert answer.volunteer_ok.value is False
        assert answer.urgency.value in ("P1", "P2")
