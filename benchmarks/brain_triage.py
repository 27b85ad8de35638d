"""How often triage agrees with the labelled texts, and how fast it is.

Reads ``../shared/data/triage/triage_dev.jsonl``; skips visibly when it is absent. Prints a table
and writes ``benchmarks/results/brain_triage.json``. No text is printed or written.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from pathlib import Path
from typing import Any

from maplebridge.brain.triage import DEFAULT_COMPETENCE, MODEL_VERSION, Gazetteer, suggest
from maplebridge.brain.triage.records import ReportFacts, TriageSuggestion

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data" / "triage" / "triage_dev.jsonl"
OUT = ROOT / "benchmarks" / "results" / "brain_triage.json"
FIELDS = {
    "category": "category",
    "subtype": "subtype",
    "police": "police_label",
    "lead_department": "lead_agency",
    "urgency": "urgency",
    "volunteer_ok": "volunteer_ok",
    "needs_joint_handling": "needs_joint_handling",
    "confidential_or_unsafe_contact": "unsafe_contact",
}

Row = dict[str, Any]


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--errors", action="store_true", help="ids and labels of the misses")
    options = parser.parse_args()
    if not options.data.exists():
        print(f"SKIPPED: {options.data} is absent")
        return
    rows: list[Row] = [json.loads(line) for line in options.data.open(encoding="utf-8")]
    answers = [_ask(row) for row in rows]
    result = {
        "model_version": MODEL_VERSION,
        "texts": len(rows),
        "aspects": {field: _agreement(rows, answers, field) for field in FIELDS},
        "co_agencies": _co_agencies(rows, answers),
        "P1": _p1(rows, answers),
        "too_low_by_two": _too_low(rows, answers),
        "category_macro_f1": _macro_f1(rows, answers),
        "calibration": _calibration(rows, answers),
        "texts_per_second": _speed(rows),
    }
    _print(result)
    if options.errors:
        _print_errors(rows, answers)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(result, indent=2, ensure_ascii=False) + "\n", "utf-8")


def _ask(row: Row) -> TriageSuggestion:
    facts = ReportFacts(text=row["text"], channel=row["channel"])
    return suggest(facts, Gazetteer(()), DEFAULT_COMPETENCE)


def _value(answer: TriageSuggestion, field: str) -> Any:
    return getattr(answer, FIELDS[field]).value


def _best(answer: TriageSuggestion, field: str) -> Any:
    """The answer given, or the first alternative when it was "not sure"."""
    aspect = getattr(answer, FIELDS[field])
    if aspect.value is not None or not aspect.alternatives:
        return aspect.value
    return aspect.alternatives[0].value


def _agreement(rows: list[Row], answers: list[TriageSuggestion], field: str) -> dict[str, float]:
    pairs = list(zip(rows, answers, strict=True))
    given = [(r, a) for r, a in pairs if _value(a, field) is not None]
    right = sum(_value(a, field) == r[field] for r, a in given)
    forced = sum(_best(a, field) == r[field] for r, a in pairs)
    return {
        "answered": round(len(given) / len(pairs), 3),
        "right_when_answered": round(right / max(1, len(given)), 3),
        "right_of_all": round(right / len(pairs), 3),
        "right_if_forced": round(forced / len(pairs), 3),
    }


def _co_agencies(rows: list[Row], answers: list[TriageSuggestion]) -> dict[str, float]:
    hit = said = due = 0
    for row, answer in zip(rows, answers, strict=True):
        value = answer.co_agencies.value
        mine = set(value) if isinstance(value, tuple) else set()
        gold = set(row["co_departments"])
        hit, said, due = hit + len(mine & gold), said + len(mine), due + len(gold)
    return {"precision": round(hit / max(1, said), 3), "recall": round(hit / max(1, due), 3)}


def _p1(rows: list[Row], answers: list[TriageSuggestion]) -> dict[str, float]:
    mine = [a.urgency.value == "P1" for a in answers]
    gold = [r["urgency"] == "P1" for r in rows]
    both = sum(m and g for m, g in zip(mine, gold, strict=True))
    return {
        "recall": round(both / max(1, sum(gold)), 3),
        "precision": round(both / max(1, sum(mine)), 3),
        "gold": sum(gold),
        "said": sum(mine),
    }


def _too_low(rows: list[Row], answers: list[TriageSuggestion]) -> int:
    """Texts judged at least two steps less urgent than the label: the costly mistake."""
    return sum(
        a.urgency.value is not None and int(str(a.urgency.value)[1]) - int(r["urgency"][1]) >= 2
        for r, a in zip(rows, answers, strict=True)
    )


def _macro_f1(rows: list[Row], answers: list[TriageSuggestion]) -> float:
    right: Counter[str] = Counter()
    said = Counter(str(_best(a, "category")) for a in answers)
    gold = Counter(r["category"] for r in rows)
    for row, answer in zip(rows, answers, strict=True):
        if _best(answer, "category") == row["category"]:
            right[row["category"]] += 1
    scores = [2 * right[c] / (said[c] + gold[c]) for c in gold]
    return round(sum(scores) / len(scores), 3)


def _calibration(rows: list[Row], answers: list[TriageSuggestion]) -> list[dict[str, float]]:
    bins: dict[int, list[tuple[float, bool]]] = {}
    for row, answer in zip(rows, answers, strict=True):
        sure = answer.category.confidence
        bins.setdefault(int(sure * 5), []).append(
            (sure, _best(answer, "category") == row["category"])
        )
    return [
        {
            "confidence": round(sum(s for s, _ in rows_) / len(rows_), 2),
            "right": round(sum(ok for _, ok in rows_) / len(rows_), 2),
            "texts": len(rows_),
        }
        for _, rows_ in sorted(bins.items())
    ]


def _speed(rows: list[Row]) -> float:
    start = time.perf_counter()
    for _ in range(3):
        for row in rows:
            _ask(row)
    return round(3 * len(rows) / (time.perf_counter() - start))


def _print(result: Row) -> None:
    print(f"{result['model_version']} on {result['texts']} labelled texts")
    print(f"{'aspect':32}{'answered':>10}{'right|ans':>11}{'right':>8}{'forced':>8}")
    for field, row in result["aspects"].items():
        print(
            f"{field:32}{row['answered']:>10}{row['right_when_answered']:>11}"
            f"{row['right_of_all']:>8}{row['right_if_forced']:>8}"
        )
    for key in ("co_agencies", "P1", "too_low_by_two", "category_macro_f1", "texts_per_second"):
        print(f"{key}: {result[key]}")
    for row in result["calibration"]:
        print(f"  confidence {row['confidence']:.2f}: right {row['right']:.2f} of {row['texts']}")


def _print_errors(rows: list[Row], answers: list[TriageSuggestion]) -> None:
    for row, answer in zip(rows, answers, strict=True):
        misses = [
            f"{field}: {row[field]} ≠ {_value(answer, field)}"
            for field in FIELDS
            if row[field] != _value(answer, field)
        ]
        if misses:
            print(row["id"], "; ".join(misses))


if __name__ == "__main__":
    main()
