"""Replay residents' messages one by one and ask each time whether the event is already open.

Reads ``../shared/data/messages/hot_issues_dev.csv.gz``; skips visibly when it is absent. Two
events are labelled by votes of published solutions, so precision can only be measured for
suggestions made to their members. Prints a table and writes JSON. No text is printed or written.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from maplebridge.brain.matching import MODEL_VERSION, REQUESTS, MatchIndex
from maplebridge.brain.matching.records import MatchFacts, Verdict

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data" / "messages" / "hot_issues_dev.csv.gz"
OUT = ROOT / "benchmarks" / "results" / "brain_matching.json"
_CHINA = timedelta(hours=8)


def main() -> None:
    """Replay and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    if not options.data.exists():
        print(f"SKIPPED: {options.data} is absent")
        return
    result = replay(read(options.data))
    for key, value in result.items():
        print(f"{key}: {value}")
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(result, indent=2, ensure_ascii=False) + "\n", "utf-8")


def read(path: Path) -> list[tuple[MatchFacts, str]]:
    """Messages in order of time with their event label ("" = none)."""
    rows = []
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            at = _parse(row["time"])
            text = f"{row['title']}。{row['detail']}"
            rows.append((MatchFacts(row["id"], text, at), row["event"]))
    rows.sort(key=lambda item: (item[0].at, item[0].event_id))
    return rows


def _parse(text: str) -> datetime:
    for form in ("%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y/%m/%d"):
        try:
            return datetime.strptime(text.strip(), form).replace(tzinfo=UTC) - _CHINA
        except ValueError:
            continue
    raise ValueError(f"unknown time {text!r}")


def replay(rows: list[tuple[MatchFacts, str]]) -> dict[str, Any]:
    """Query, then add, in order of time."""
    index = MatchIndex(REQUESTS)
    label = {facts.event_id: event for facts, event in rows}
    seen: dict[str, int] = {}
    due = found = first = said = right = alerts = 0
    took: list[float] = []
    for facts, event in rows:
        start = time.perf_counter()
        matches = index.query(facts)
        took.append(time.perf_counter() - start)
        suggested = [m for m in matches if m.verdict is Verdict.SUGGEST]
        alerts += bool(suggested)
        if event and seen.get(event):
            due += 1
            hits = [m for m in matches if label[m.event_id] == event]
            found += bool(hits)
            first += bool(matches and label[matches[0].event_id] == event)
        if event:
            said += len(suggested)
            right += sum(label[m.event_id] == event for m in suggested)
            seen[event] = seen.get(event, 0) + 1
        index.add(facts)
    return {
        "model_version": MODEL_VERSION,
        "messages": len(rows),
        "labelled_repeats": due,
        "repeat_found_in_5": round(found / max(1, due), 3),
        "repeat_found_first": round(first / max(1, due), 3),
        "suggestions_to_labelled": said,
        "precision_of_those": round(right / max(1, said), 3),
        "share_of_all_messages_with_suggestion": round(alerts / len(rows), 3),
        "query_ms_median": round(1000 * median(took), 2),
        "query_ms_p99": round(1000 * quantiles(took, n=100)[98], 2),
    }


if __name__ == "__main__":
    main()
