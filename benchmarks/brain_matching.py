"""Is this the same event, and which matters do many write about? Measured on reference data.

Four questions, each with its own table; a part whose data are absent says so and is left out.

- Hot issues: pairwise, B-cubed and best-cluster F1 against DBSCAN on TF-IDF, in the same run. Two
  events are labelled, by votes of published solutions.
- Letters, asked one by one: how many alerts a day at a recall of 0.9, against plain TF-IDF.
- Emergency calls: false alerts at the recall of a distance rule.
- How the search grows from a thousand open texts to a million, with its memory.

No text is printed or written.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.common import Table, percentile, report
from benchmarks.matching_alerts import calls_table, letters_table
from benchmarks.matching_data import CALLS, LETTERS, Letter, read_calls, read_letters
from benchmarks.matching_growth import growth_table
from benchmarks.matching_issues import issues_table
from maplebridge.brain.matching import MODEL_VERSION, REQUESTS, MatchIndex
from maplebridge.brain.matching.records import MatchFacts, Verdict

PARTS = ("issues", "letters", "calls", "growth")


def main() -> None:
    """Measure what was asked for and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=Path, default=LETTERS)
    parser.add_argument("--calls", type=Path, default=CALLS)
    parser.add_argument("--only", default=",".join(PARTS), help="parts, divided by commas")
    parser.add_argument("--sizes", default="1000,10000,100000,1000000")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    only = set(options.only.split(","))
    if unknown := only - set(PARTS):
        parser.error(f"unknown part: {', '.join(sorted(unknown))}")
    tables: list[Table] = []
    facts: dict[str, Any] = {"model_version": MODEL_VERSION}
    if only - {"calls"} and _there(options.letters):
        letters = read_letters(options.letters)
        if "issues" in only:
            tables.append(issues_table(letters))
        if "letters" in only:
            tables.append(letters_table(letters))
            facts |= replay(letters)
        if "growth" in only:
            sizes = [int(size) for size in options.sizes.split(",")]
            tables.append(growth_table(letters, sizes))
    if "calls" in only and _there(options.calls):
        tables.append(calls_table(read_calls(options.calls)))
    report("brain_matching", tables, facts, options.out)


def _there(path: Path) -> bool:
    if not path.exists():
        print(f"SKIPPED: {path} is absent")
    return path.exists()


def replay(letters: Sequence[Letter]) -> dict[str, Any]:
    """Ask, then add, in order of time, with the thresholds as they are set."""
    index = MatchIndex(REQUESTS)
    label = {row.number: row.event for row in letters}
    seen: set[str] = set()
    due = found = first = said = right = alerts = 0
    took: list[float] = []
    for row in letters:
        facts = MatchFacts(row.number, f"{row.title}。{row.text}", row.at)
        start = time.perf_counter()
        matches = index.query(facts)
        took.append(1000.0 * (time.perf_counter() - start))
        suggested = [m for m in matches if m.verdict is Verdict.SUGGEST]
        alerts += bool(suggested)
        if row.event in seen:
            due += 1
            found += any(label[m.event_id] == row.event for m in matches)
            first += bool(matches and label[matches[0].event_id] == row.event)
        if row.event:
            said += len(suggested)
            right += sum(label[m.event_id] == row.event for m in suggested)
            seen.add(row.event)
        index.add(facts)
    return {
        "messages": len(letters),
        "labelled_repeats": due,
        "repeat_found_in_5": round(found / max(1, due), 3),
        "repeat_found_first": round(first / max(1, due), 3),
        "suggestions_to_labelled": said,
        "precision_of_those": round(right / max(1, said), 3),
        "share_of_all_messages_with_suggestion": round(alerts / len(letters), 3),
        "query_ms_median": round(median(took), 2),
        "query_ms_p99": round(percentile(took, 99), 2),
    }


if __name__ == "__main__":
    main()
