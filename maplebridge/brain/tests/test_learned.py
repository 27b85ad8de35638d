"""Guarantees of the learned part of triage, on a model made from a part of our own texts."""

from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maplebridge.brain.learning import storage
from maplebridge.brain.learning.heads import Heads
from maplebridge.brain.learning.training import Example, Recipe, train
from maplebridge.brain.triage import DEFAULT_COMPETENCE, REASONS, Gazetteer, suggest
from maplebridge.brain.triage.clues import clues
from maplebridge.brain.triage.corpus import (
    BadText,
    LabelledText,
    example,
    learn,
    read_texts,
)
from maplebridge.brain.triage.lexicon.fields import FIELDS_OF
from maplebridge.brain.triage.opinion import SHIPPED_MODEL
from maplebridge.brain.triage.reading import listen
from maplebridge.brain.triage.records import (
    CompetenceRule,
    ReportFacts,
    TriageSettings,
    TriageSuggestion,
    Urgency,
)
from maplebridge.brain.triage.safety import screen
from maplebridge.brain.triage.suggest import read
from maplebridge.brain.wordlist import words

CORPUS = sorted((Path(__file__).resolve().parents[3] / "corpora" / "triage").glob("*.jsonl"))
NOWHERE = Gazetteer(())
PART = 6  # every sixth text is enough to test guarantees


@lru_cache(maxsize=1)
def texts() -> tuple[LabelledText, ...]:
    return tuple(read_texts(CORPUS)[::PART])


@lru_cache(maxsize=1)
def model() -> Heads:
    return learn(texts(), stamp="testing")[0]


def ask(text: str, channel: str = "phone", **settings_: float) -> TriageSuggestion:
    chosen = TriageSettings(**settings_) if settings_ else None  # type: ignore[arg-type]
    facts = ReportFacts(text, channel)
    return suggest(facts, NOWHERE, DEFAULT_COMPETENCE, settings=chosen, model=model())


PIECES = sorted(
    words(
        """
        着火了 有人拿刀 没有 不见了 孩子 我爸 煤气味 去年 现在 咨询 快来 ， 。 吓死人 转账 请问
        楼上 漏水 打起来 身份证 怎么办 别说是我 工资 停电 abc 12345 😂
        """
    )
)
WORDS = st.lists(
    st.sampled_from(PIECES),
    max_size=14,
).map("".join)


@given(text=WORDS | st.text(max_size=60))
@settings(max_examples=150, deadline=None)
def test_no_vote_lowers_the_urgency_below_the_safety_screen(text: str) -> None:
    answer = ask(text)
    signals = screen(listen(text), "phone")
    assert answer.safety == signals
    for signal in signals:
        assert str(answer.urgency.value) <= signal.urgency


def test_the_screen_wins_against_a_model_that_has_learned_to_say_p4() -> None:
    calm = [
        Example("着火了" * n, {}, {"category": "consultation", "police": "non_police",
                                  "lead_department": "COMM", "urgency": u})
        for n, u in ((1, "P4"), (2, "P4"), (3, "P4"), (4, "P3"))
    ]  # fmt: skip
    asked = ["category", "police", "lead_department", "urgency"]
    yes_no = ["needs_joint_handling", "volunteer_ok", "confidential_or_unsafe_contact"]
    calm = [
        dataclasses.replace(e, labels={**e.labels, **dict.fromkeys(yes_no, "no")}) for e in calm
    ]
    stubborn, _ = train(calm, dict.fromkeys([*asked, *yes_no], Recipe(rarest=1)))
    report = ReportFacts("楼下着火了，快来人", "phone")
    answer = suggest(report, NOWHERE, DEFAULT_COMPETENCE, model=stubborn)
    assert answer.category.alternatives[0].value == "consultation"
    assert answer.urgency.value is Urgency.P1 or answer.urgency.value == "P1"


@given(text=WORDS | st.text(max_size=80))
@settings(max_examples=100, deadline=None)
def test_same_words_same_answer_and_every_quoted_word_stands_where_it_says(text: str) -> None:
    answer = ask(text, "app")
    assert answer == ask(text, "app")
    for aspect in (*answer.aspects, answer.fraud_type):
        assert 0.0 <= aspect.confidence <= 1.0
        assert len(aspect.alternatives) <= 3
        for evidence in aspect.evidence:
            assert evidence.reason_code in REASONS
            if evidence.start >= 0:
                assert evidence.text == text[evidence.start : evidence.end] != ""


def test_a_stored_model_answers_as_the_one_that_was_stored(tmp_path: Path) -> None:
    path = tmp_path / "model.npz"
    storage.save(model(), path)
    first = path.read_bytes()
    loaded = storage.load(path)
    storage.save(loaded, path)
    assert len(first) < 30_000_000
    for text in texts()[:40]:
        reading = read(ReportFacts(text.text, text.channel), DEFAULT_COMPETENCE)
        vector = model().vector(reading.heard.text, clues(reading))
        mine, stored = model().probabilities(vector), loaded.probabilities(vector)
        for question, shares in mine.items():
            assert np.abs(shares - stored[question]).max() < 0.05


def test_training_twice_gives_the_same_weights() -> None:
    again, _ = learn(texts()[:200])
    once, _ = learn(texts()[:200])
    assert list(again.pieces) == list(once.pieces)
    assert np.array_equal(again.weights, once.weights)


@pytest.mark.parametrize("junk", [b"", b"no model", b"PK\x03\x04broken"])
def test_a_file_that_is_no_model_is_refused(tmp_path: Path, junk: bytes) -> None:
    path = tmp_path / "model.npz"
    path.write_bytes(junk)
    with pytest.raises(storage.NotAModel):
        storage.load(path)


def test_held_out_answers_are_far_better_than_the_commonest_label() -> None:
    held = learn(texts())[1]
    for question, most in (("category", 0.40), ("police", 0.60), ("urgency", 0.50)):
        said = [held[question].labels[int(i)] for i in held[question].shares.argmax(axis=1)]
        truth = [texts()[int(row)].labels[question] for row in held[question].rows]
        share = sum(s == t for s, t in zip(said, truth, strict=True)) / len(truth)
        assert share > most, question
        assert share > 1.3 * max(truth.count(label) for label in set(truth)) / len(truth), question


# No identity enters.
PERSON_FIELDS = ("name", "phone", "ethnicity", "origin", "hukou", "sex", "age", "reporter", "face")


def test_fields_of_a_person_in_a_labelled_text_are_not_read(tmp_path: Path) -> None:
    row = {"text": "楼上漏水到我家了，找他他不认", "channel": "app", "category": "dispute"}
    person = {field: f"someone-{field}" for field in PERSON_FIELDS}
    path = tmp_path / "texts.jsonl"
    path.write_text(
        json.dumps(row, ensure_ascii=False) + "\n" + json.dumps({**row, **person}) + "\n", "utf-8"
    )
    plain, full = (example(text) for text in read_texts([path]))
    assert plain == full
    assert {field.name for field in dataclasses.fields(LabelledText)} == {
        "where", "text", "channel", "labels",
    }  # fmt: skip


def test_no_clue_and_no_field_of_meaning_names_origin_belief_or_record() -> None:
    forbidden = words("""
        民族 汉族 回族 藏族 维吾尔 维族 蒙古族 少数民族 外地人 乡下人 河南人 东北人 穆斯林 教徒 信教
        佛教 基督 前科 重点人员 精神病史 上访户 户籍地 籍贯 祖籍 党员 种族 肤色
    """)
    for word in FIELDS_OF:
        assert not [bad for bad in forbidden if bad in word], word
    for name in model().clues:
        assert not [bad for bad in forbidden if bad in name], name


def test_numbers_are_learned_by_their_length_alone() -> None:
    assert not [piece for piece in model().pieces if any(char.isdigit() for char in piece.replace(
        "#1", "").replace("#2", "").replace("#3", "").replace("#4", "").replace("#5", "").replace(
        "#6", ""))]  # fmt: skip
    one, other = ask("转给 13900000001 两万块钱"), ask("转给 13700000009 两万块钱")
    assert one.category.alternatives == other.category.alternatives


# Settings and rules around the vote.
def test_under_the_threshold_there_is_no_value_but_alternatives() -> None:
    answer = ask("想问一下这个事情你们那边管不管", "app", not_sure_below=0.999)
    assert answer.category.value is None
    assert answer.category.alternatives


@pytest.mark.parametrize(
    "text", ["嗯", "喂？", "……那个……", "xyz", "12345", "那个，怎么说呢，你们来一下吧。"]
)
def test_no_words_no_guess(text: str) -> None:
    assert ask(text).category.value is None
    assert ask(text).lead_agency.value is None


def test_a_city_that_gives_the_matter_to_another_agency_hears_its_name() -> None:
    rules = tuple(
        dataclasses.replace(rule, lead="HARBOUR", rule_id="own") if rule.lead == "HRSS" else rule
        for rule in DEFAULT_COMPETENCE
    )
    report = ReportFacts("包工头拖欠工资三个月不给，我们几个工人都找不到他", "phone")
    usual = suggest(report, NOWHERE, DEFAULT_COMPETENCE, model=model())
    here = suggest(report, NOWHERE, rules, model=model())
    assert "HRSS" in [a.value for a in usual.lead_agency.alternatives]
    assert "HARBOUR" in [a.value for a in here.lead_agency.alternatives]
    none: tuple[CompetenceRule, ...] = ()
    assert suggest(report, NOWHERE, none, model=model()).lead_agency.value is None


@pytest.mark.parametrize(
    "text", ["我要举报楼下赌博，千万别说是我说的", "我老公又打我，不要打电话，他会看我手机"]
)
def test_who_asks_not_to_be_called_is_protected_whatever_the_vote(text: str) -> None:
    assert ask(text).unsafe_contact.value is True
    assert ask(text).volunteer_ok.value is False


def test_a_silent_call_is_p1_with_the_model_too() -> None:
    answer = ask("")
    assert answer.urgency.value == "P1"
    assert answer.unsafe_contact.value is True


@pytest.mark.parametrize(
    "line",
    [
        "no json",
        "[]",
        '{"channel": "app"}',
        '{"text": "x", "category": "murder"}',
        '{"text": "x", "urgency": "P9"}',
        '{"text": "x", "volunteer_ok": "yes"}',
    ],
)
def test_a_text_that_does_not_fit_is_named_by_its_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "own.jsonl"
    path.write_text('{"text": "好", "category": "other"}\n' + line + "\n", "utf-8")
    with pytest.raises(BadText, match=r"own\.jsonl, line 2"):
        read_texts([path])


def test_answering_loads_neither_scikit_learn_nor_scipy(tmp_path: Path) -> None:
    path = tmp_path / "model.npz"
    storage.save(model(), path)
    code = (
        "import sys; from pathlib import Path\n"
        "from maplebridge.brain.learning.storage import load\n"
        "from maplebridge.brain.triage import DEFAULT_COMPETENCE, Gazetteer, suggest\n"
        "from maplebridge.brain.triage.records import ReportFacts\n"
        f"model = load(Path({str(path)!r}))\n"
        "answer = suggest(ReportFacts('厨房着火了', 'phone'), Gazetteer(()), DEFAULT_COMPETENCE,"
        " model=model)\n"
        "print(answer.model_version)\n"
        "print([n for n in sys.modules if n.split('.')[0] in ('sklearn', 'scipy', 'rjieba')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=os.environ, capture_output=True, text=True, check=True
    )
    assert done.stdout.split("\n")[:2] == ["triage-2-testing", "[]"]


def test_the_shipped_model_lies_where_the_wheel_takes_it_from() -> None:
    assert SHIPPED_MODEL.parent.name == "data"
    assert (
        SHIPPED_MODEL.parents[1]
        == Path(sys.modules["maplebridge.brain.triage"].__file__ or "").parent
    )
