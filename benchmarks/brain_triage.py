"""How often triage agrees with labelled texts it has not seen, and how fast it is.

Cross-validation on ``corpora/triage``: a model that has not seen a text judges it, with all the
rules around the vote. Beside it, in the same folds, what anybody gets from characters: TF-IDF and a
linear SVM. Then the model of all texts on ``../shared/data/triage/triage_dev.jsonl``, which the
lexicon's author has read. Writes ``benchmarks/results/brain_triage.json``; no text is printed.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from maplebridge.brain.learning import scores
from maplebridge.brain.learning.heads import Heads
from maplebridge.brain.triage import MODEL_VERSION
from maplebridge.brain.triage.corpus import learn, read_texts
from maplebridge.brain.triage.scoring import predict, score

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "corpora" / "triage"
OUTSIDE = ROOT.parent / "shared" / "data" / "triage" / "triage_dev.jsonl"
OUT = ROOT / "benchmarks" / "results" / "brain_triage.json"
BLOCK = 8  # neighbours in a file are often the same scene with one fact changed: one fold for all
BASELINE = ("category", "police", "lead_department", "urgency", "confidential_or_unsafe_contact")
DRAWS = 400  # of the bootstrap behind an interval

Row = dict[str, Any]


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--every", type=int, default=1, help="take every n-th block of texts")
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    paths = sorted(CORPUS.glob("*.jsonl"))
    rows = [json.loads(line) for path in paths for line in path.open(encoding="utf-8")]
    texts = read_texts(paths)
    block = np.arange(len(rows)) // BLOCK
    keep = np.flatnonzero(block % options.every == 0)
    rows, texts, block = [rows[i] for i in keep], [texts[i] for i in keep], block[keep]
    fold = np.random.default_rng(0).integers(0, options.folds, block.max() + 1)[block]
    said: list[Row] = [{} for _ in rows]
    plain: dict[str, list[str]] = {field: [""] * len(rows) for field in BASELINE}
    for k in range(options.folds):
        known, left = np.flatnonzero(fold != k), np.flatnonzero(fold == k)
        model, _ = learn([texts[i] for i in known])
        for i in left:
            said[i] = predict(rows[i], model)
        _baseline(rows, known, left, plain)
        print(f"fold {k + 1} of {options.folds}", flush=True)
    model, _ = learn(texts)
    result: Row = {
        "model_version": MODEL_VERSION,
        "texts": len(rows),
        "folds": options.folds,
        "held_out": score(said, rows),
        "intervals": _intervals(said, rows, block),
        "lexicon_alone": score([predict(row, None) for row in rows], rows),
        "baseline": _baseline_scores(rows, plain),
        "by_voice": _by_voice(said, rows),
        "speed": _speed(rows, model),
    }
    if OUTSIDE.exists():
        outside = [json.loads(line) for line in OUTSIDE.open(encoding="utf-8")]
        result["outside"] = score([predict(row, model) for row in outside], outside)
    _print(result)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(result, indent=2, ensure_ascii=False) + "\n", "utf-8")


def _baseline(
    rows: Sequence[Row], known: np.ndarray, left: np.ndarray, said: dict[str, list[str]]
) -> None:
    """Character 1- to 3-grams, TF-IDF, linear SVM, one per question."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.svm import LinearSVC

    table = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), min_df=2, sublinear_tf=True)
    learned = table.fit_transform([rows[i]["text"] for i in known])
    asked = table.transform([rows[i]["text"] for i in left])
    for field in BASELINE:
        machine = LinearSVC(random_state=0).fit(learned, [str(rows[i][field]) for i in known])
        for i, label in zip(left, machine.predict(asked), strict=True):
            said[field][i] = str(label)


def _baseline_scores(rows: Sequence[Row], said: dict[str, list[str]]) -> Row:
    result: Row = {}
    for field in BASELINE:
        truth = [str(row[field]) for row in rows]
        result[field] = {
            "accuracy": round(scores.accuracy(truth, said[field]), 4),
            "macro_f1": round(scores.macro_f1(truth, said[field]), 4),
        }
    first = [row["urgency"] == "P1" for row in rows]
    result["p1"] = scores.found(first, [label == "P1" for label in said["urgency"]])
    return result


def _intervals(said: Sequence[Row], rows: Sequence[Row], block: np.ndarray) -> Row:
    """95 % intervals: blocks of texts drawn again and again."""
    random = np.random.default_rng(1)
    names = np.unique(block)
    members = {name: np.flatnonzero(block == name) for name in names}
    drawn: dict[str, list[float]] = {}
    for _ in range(DRAWS):
        picked = np.concatenate([members[n] for n in random.choice(names, len(names))])
        for name, value in _figures([said[i] for i in picked], [rows[i] for i in picked]).items():
            drawn.setdefault(name, []).append(value)
    return {
        name: [round(float(np.quantile(values, q)), 3) for q in (0.025, 0.975)]
        for name, values in drawn.items()
    }


def _figures(said: Sequence[Row], rows: Sequence[Row]) -> dict[str, float]:
    """The figures that the project set itself aims for."""
    truth = {f: [str(r[f]) for r in rows] for f in BASELINE}
    mine = {f: [str(s[f]) for s in said] for f in BASELINE}
    first = scores.found(
        [t == "P1" for t in truth["urgency"]], [m == "P1" for m in mine["urgency"]]
    )
    unsafe = "confidential_or_unsafe_contact"
    leads = [
        r["lead_department"] in [a[0] for a in s["alternatives"]["lead_department"][:3]]
        for r, s in zip(rows, said, strict=True)
    ]
    sure = [s["confidence"] for s in said]
    return {
        "category_macro_f1": scores.macro_f1(truth["category"], mine["category"]),
        "category_accuracy": scores.accuracy(truth["category"], mine["category"]),
        "police_accuracy": scores.accuracy(truth["police"], mine["police"]),
        "lead_top1": scores.accuracy(truth["lead_department"], mine["lead_department"]),
        "lead_top3": sum(leads) / len(leads),
        "urgency_accuracy": scores.accuracy(truth["urgency"], mine["urgency"]),
        "p1_recall": first["recall"],
        "p1_precision": first["precision"],
        "unsafe_recall": scores.found(
            [t == "True" for t in truth[unsafe]], [m == "True" for m in mine[unsafe]]
        )["recall"],
        "category_ece": scores.calibration(truth["category"], mine["category"], sure),
    }


def _by_voice(said: Sequence[Row], rows: Sequence[Row]) -> Row:
    """Category right, and P1 found, for each way of speaking."""
    result: Row = {}
    for voice in sorted({row["voice"] for row in rows}):
        mine = [(r, s) for r, s in zip(rows, said, strict=True) if r["voice"] == voice]
        first = [r["urgency"] == "P1" for r, _ in mine]
        result[voice] = {
            "texts": len(mine),
            "category": round(
                scores.accuracy([r["category"] for r, _ in mine], [s["category"] for _, s in mine]),
                3,
            ),
            "p1_recall": scores.found(first, [s["urgency"] == "P1" for _, s in mine])["recall"],
        }
    return result


def _speed(rows: Sequence[Row], model: Heads) -> Row:
    few = rows[:400]
    for row in few[:50]:
        predict(row, model)
    started = time.process_time()
    for row in few:
        predict(row, model)
    each = (time.process_time() - started) / len(few)
    return {"ms_per_text_with_evidence": round(each * 1e3, 2), "texts_per_second": round(1 / each)}


def _print(result: Row) -> None:
    print(f"{result['model_version']}, {result['texts']} texts, {result['folds']} folds")
    print(f"{'question':32}{'held out':>10}{'lexicon':>10}{'char SVM':>10}{'outside':>10}")
    for field, row in result["held_out"]["fields"].items():
        if "accuracy" in row:
            others = [
                result.get(part, {}).get("fields", result.get(part, {})).get(field, {})
                for part in ("lexicon_alone", "baseline", "outside")
            ]
            shares = [r.get("accuracy", float("nan")) for r in (row, *others)]
            print(f"{field:32}" + "".join(f"{share:>10.3f}" for share in shares))
    for part in ("held_out", "lexicon_alone", "baseline", "outside"):
        if part in result:
            print(f"P1 {part}: {result[part]['p1']}")
    for name, (low, high) in result["intervals"].items():
        print(f"{name:24}{low:7.3f} to {high:.3f}")
    for voice, row in result["by_voice"].items():
        print(f"{voice:12}{row['category']:7.3f} {row['p1_recall']:7.3f} {row['texts']:>6} texts")
    print(result["speed"])


if __name__ == "__main__":
    main()
