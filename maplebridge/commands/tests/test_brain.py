"""`maplebridge brain` by its own door: files in, files and JSON out."""

from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from maplebridge.__main__ import main

LEAK = "楼上漏水滴到我家{}，找他他不开门"
WAGE = "老板拖欠工资{}，我们几个工人要不到钱"
FIRE = "{}着火了，浓烟往外冒，快来人"


def run(*words: object, fails: bool = False) -> dict[str, Any]:
    done = CliRunner().invoke(main, ["brain", *map(str, words), "--json"])
    assert (done.exit_code != 0) is fails, done.output
    answer: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return answer


def labelled(path: Path, places: str) -> Path:
    rows = []
    for word in places.split():
        for text, category, lead, urgency in (
            (LEAK, "dispute", "COMM", "P3"),
            (WAGE, "dispute", "HRSS", "P3"),
            (FIRE, "fire_rescue", "FIRE", "P1"),
        ):
            rows.append({
                "id": f"{word}-{lead}", "text": text.format(word), "channel": "phone",
                "category": category, "subtype": "x", "police": "mixed", "lead_department": lead,
                "co_departments": ["PSB"], "urgency": urgency, "needs_joint_handling": False,
                "volunteer_ok": False, "confidential_or_unsafe_contact": False,
                "fraud_type": None,
            })  # fmt: skip
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), "utf-8")
    return path


def table(path: Path, rows: list[tuple[str, str]], header: str = "words,kind") -> Path:
    with gzip.open(path, "wt", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header.split(","))
        writer.writerows(rows)
    return path


def test_a_town_trains_asks_and_scores(tmp_path: Path) -> None:
    known = labelled(tmp_path / "own.jsonl", "厨房 阳台 客厅 仓库 楼道 走廊")
    gold = labelled(tmp_path / "gold.jsonl", "卧室 车库")
    model, said = tmp_path / "town.npz", tmp_path / "said.jsonl"

    trained = run("train", "--data", known, "--only-data", "--out", model)
    assert trained["texts"] == trained["own_texts"] == 18
    assert trained["held_out_accuracy"]["category"] == 1.0

    assert run("triage", gold, "--out", said, "--model", model)["texts"] == 6
    predictions = [json.loads(line) for line in said.read_text("utf-8").splitlines()]
    assert {p["id"]: p["lead_department"] for p in predictions} == {
        f"{word}-{lead}": lead for word in ("卧室", "车库") for lead in ("COMM", "HRSS", "FIRE")
    }
    texts = {r["id"]: r["text"] for r in map(json.loads, gold.read_text("utf-8").splitlines())}
    for prediction in predictions:
        assert 0.0 <= prediction["confidence"] <= 1.0
        text = texts[prediction["id"]]
        assert prediction["evidence"]
        for words in prediction["evidence"]:
            assert text[words["start"] : words["end"]] == words["text"]

    scored = run("score", said, gold)
    assert scored["texts"] == 6 and scored["missing"] == 0
    assert scored["fields"]["lead_department"]["accuracy"] == 1.0
    assert scored["lead_top3"] == 1.0
    assert scored["p1"]["recall"] == 1.0


def test_the_projects_own_texts_join_in_unless_asked_not_to(tmp_path: Path) -> None:
    own = labelled(tmp_path / "own.jsonl", "厨房")
    base = labelled(tmp_path / "base.jsonl", "阳台 客厅")
    both = run("train", "--data", own, "--base", base, "--out", tmp_path / "m.npz")
    assert (both["texts"], both["own_texts"]) == (9, 3)


def test_labels_in_the_asked_file_change_no_answer(tmp_path: Path) -> None:
    gold = labelled(tmp_path / "gold.jsonl", "卧室")
    bare = tmp_path / "bare.jsonl"
    rows = [json.loads(line) for line in gold.read_text("utf-8").splitlines()]
    kept = [{k: r[k] for k in ("id", "text", "channel")} for r in rows]
    bare.write_text("".join(json.dumps(r) + "\n" for r in kept), "utf-8")
    for options in ((), ("--lexicon",)):
        run("triage", gold, "--out", tmp_path / "a", *options)
        run("triage", bare, "--out", tmp_path / "b", *options)
        assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


PLACES = ["东街", "西街", "南街", "北街", "河边", "桥头", "山脚", "村口"]


def test_evaluate_learns_any_labels_from_tables(tmp_path: Path) -> None:
    rows = [(t.format(p), k) for p in PLACES for t, k in ((LEAK, "水"), (WAGE, "钱"), (FIRE, "火"))]
    known = table(tmp_path / "known.csv.gz", rows[:-6])
    asked = table(tmp_path / "asked.csv.gz", rows[-6:])
    result = run(
        "evaluate", "--train", known, "--test", asked, "--text", "words", "--label", "kind"
    )  # fmt: skip
    assert result["macro_f1"] == result["accuracy"] == 1.0
    assert set(result["per_class"]) == {"水", "钱", "火"}
    assert result["confusion"]["水"] == {"水": 2}
    assert result["texts"] == 6 and result["train_texts"] == 18
    assert 0.0 <= result["ece"] <= 1.0 and result["seconds"] >= 0


def test_evaluate_lets_segmented_and_plain_texts_meet_and_repeats_itself(tmp_path: Path) -> None:
    import rjieba

    from maplebridge.brain.learning.words import is_segmented

    pairs = [
        (t.format(p) + f"第{n}次", k)
        for p in PLACES for n in range(4) for t, k in ((LEAK, "a"), (WAGE, "b"))
    ]  # fmt: skip
    spaced = [(" ".join(rjieba.cut(text)), kind) for text, kind in pairs]
    assert is_segmented(spaced[0][0]) and not is_segmented(pairs[0][0])
    known = table(tmp_path / "known.csv.gz", spaced)
    asked = table(tmp_path / "asked.csv.gz", pairs)
    words = ("--train", known, "--test", asked, "--text", "words", "--label", "kind")
    first, second = run("evaluate", *words), run("evaluate", *words)
    assert first["accuracy"] == 1.0
    for result in (first, second):
        result.pop("seconds")
    assert first == second


def test_evaluate_takes_english_and_json_lines(tmp_path: Path) -> None:
    path = tmp_path / "calls.jsonl"
    rows = [
        {"text": f"{p} {street}", "label": kind}
        for street in ("elm street", "main road", "high street", "mill lane")
        for p, kind in (("vehicle fire on", "Fire"), ("chest pain at", "EMS"))
    ]
    path.write_text("".join(json.dumps(r) + "\n" for r in rows), "utf-8")
    assert run("evaluate", "--train", path, "--test", path)["accuracy"] == 1.0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("a,b\n1,2\n", "no column “text”"),
        ("text,label\n", "no row with text and label"),
        ("text,label\n好,x\n", "one label only"),
    ],
)
def test_a_table_that_does_not_fit_is_refused_in_words(
    tmp_path: Path, content: str, said: str
) -> None:
    path = tmp_path / "t.csv"
    path.write_text(content, "utf-8")
    refusal = run("evaluate", "--train", path, "--test", path, fails=True)
    assert said in refusal["message"]


def test_what_is_no_model_and_what_has_no_text_is_refused_and_leaves_no_file(
    tmp_path: Path,
) -> None:
    gold = labelled(tmp_path / "gold.jsonl", "卧室")
    out = tmp_path / "out.jsonl"
    junk = tmp_path / "junk.npz"
    junk.write_bytes(b"junk")
    assert run("triage", gold, "--out", out, "--model", junk, fails=True)["code"] == "brain.model"
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"id": 1}\n', "utf-8")
    assert run("triage", bad, "--out", out, fails=True)["code"] == "brain.texts"
    assert not out.exists() and not list(tmp_path.glob("*.part"))
    assert run("score", gold, bad, fails=True)["code"] == "brain.ids"
