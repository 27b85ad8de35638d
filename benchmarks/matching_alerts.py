"""Alerts at equal recall: this program against a distance rule and against plain TF-IDF.

An alert is a message at which the desk is told “this may be known already”. A threshold is moved
until the wanted share of true repeats is told; then the alerts are counted.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from benchmarks.common import Table
from benchmarks.matching_data import Call, Letter
from benchmarks.matching_issues import tfidf
from maplebridge.brain.geometry import LonLat, metres_between
from maplebridge.brain.matching import INCIDENTS, REQUESTS, MatchIndex
from maplebridge.brain.matching.records import MatchFacts

RECALL = 0.90
_OPEN_S = 24 * 3600.0  # seconds a call stays open
# The usual rule: same kind, so near, so recent. 250 m is FixMyStreet's, for the public.
WINDOWS = (3600.0, 1800.0)  # seconds
USUAL_M = 250.0
RECALL_CALLS = 0.99
_DEG_M = 111_320.0


@dataclass(frozen=True, slots=True)
class Asked:
    """What one contender said about one message."""

    best: float  # score of the best earlier one; 0 = none
    best_true: float  # … among those of the same event
    repeat: bool  # whether there is an earlier one of the same event


def letters_table(letters: Sequence[Letter]) -> Table:
    days = max(1.0, (letters[-1].at - letters[0].at).total_seconds() / 86_400.0)
    # The year that is dense: three of the letters are older.
    days = min(days, 375.0)
    rows: list[list[Any]] = []
    for name, said in (
        ("this program", list(_letters_asked(letters))),
        ("nearest by TF-IDF, titles and texts", list(_letters_tfidf(letters))),
    ):
        threshold, recall, alerts, missed = at_recall(said, RECALL)
        rows.append(
            [name, f"{threshold:.3f}", f"{recall:.3f}", alerts, _daily(alerts, days), missed]
        )
    columns = ["contender", "threshold", "recall", "alerts", "alerts a day",
               "alerts at repeats that name another event only"]  # fmt: skip
    return Table(f"Letters: alerts at recall {RECALL}", columns, rows)


def at_recall(said: Sequence[Asked], recall: float) -> tuple[float, float, int, int]:
    """Threshold, recall, alerts, alerts at a repeat whose own event is not told."""
    repeats = sorted((a.best_true for a in said if a.repeat), reverse=True)
    wanted = max(1, -(-round(recall * len(repeats) * 1000) // 1000))
    threshold = max(repeats[min(wanted, len(repeats)) - 1], 1e-9)
    told = [a for a in said if a.best >= threshold]
    hit = sum(a.repeat and a.best_true >= threshold for a in said)
    return (
        threshold,
        hit / len(repeats),
        len(told),
        sum(a.repeat and a.best_true < threshold for a in told),
    )


def _letters_asked(letters: Sequence[Letter]) -> Iterable[Asked]:
    # Shown down to 0, so that the threshold can be moved afterwards.
    index = MatchIndex(replace(REQUESTS, not_sure_at=0.0))
    event = {row.number: row.event for row in letters}
    seen: set[str] = set()
    for row in letters:
        facts = MatchFacts(row.number, f"{row.title}。{row.text}", row.at)
        found = index.query(facts)
        true = [m.score for m in found if row.event and event[m.event_id] == row.event]
        yield Asked(found[0].score if found else 0.0, max(true, default=0.0), row.event in seen)
        if row.event:
            seen.add(row.event)
        index.add(facts)


def _letters_tfidf(letters: Sequence[Letter]) -> Iterable[Asked]:
    vectors = tfidf([f"{row.title}。{row.text}" for row in letters])
    near = (vectors @ vectors.T).tocsr()
    labels = np.array([row.event for row in letters])
    for n, row in enumerate(letters):
        line = slice(near.indptr[n], near.indptr[n + 1])
        earlier = near.indices[line] < n
        others, values = near.indices[line][earlier], near.data[line][earlier]
        true = values[labels[others] == row.event] if row.event else values[:0]
        repeat = bool(row.event) and bool((labels[:n] == row.event).any())
        yield Asked(float(values.max(initial=0.0)), float(true.max(initial=0.0)), repeat)


def calls_table(calls: Sequence[Call]) -> Table:
    """Repeated rows of place, title and time; every other alert is counted as false.

    The threshold of the rule is its distance; its window stays.
    """
    days = (calls[-1].at - calls[0].at).total_seconds() / 86_400.0
    mine = list(_calls_asked(calls))
    rows: list[list[Any]] = []
    for seconds in WINDOWS:
        ruled = list(_calls_ruled(calls, seconds))
        name = f"rule: same title, {seconds / 60:.0f} min"
        nearness, *_ = at_recall(ruled, RECALL_CALLS)
        rows.append([f"{name}, {1 / nearness - 1:.0f} m", *_alerts(ruled, nearness, days)])
        rows.append([f"{name}, {USUAL_M:.0f} m", *_alerts(ruled, 1 / (1 + USUAL_M), days)])
    threshold, *_ = at_recall(mine, RECALL_CALLS)
    rows.append([f"this program, from {threshold:.4f}", *_alerts(mine, threshold, days)])
    lowest, *_ = at_recall(mine, 1.0)
    rows.append([f"this program, from {lowest:.4f}", *_alerts(mine, lowest, days)])
    shown = INCIDENTS.suggest_at
    rows.append([f"this program as it is set, {shown:.2f}", *_alerts(mine, shown, days)])
    columns = ["contender", "recall", "alerts", "false alerts", "false alerts a day"]
    return Table("Calls: false alerts", columns, rows)


def _alerts(said: Sequence[Asked], threshold: float, days: float) -> list[Any]:
    told = [a for a in said if a.best >= threshold]
    hits = sum(a.repeat and a.best_true >= threshold for a in told)
    recall = hits / max(1, sum(a.repeat for a in said))
    false = len(told) - hits
    return [f"{recall:.3f}", len(told), false, _daily(false, days)]


def _daily(alerts: int, days: float) -> str:
    return f"{alerts / days:.2f}"


def _calls_asked(calls: Sequence[Call]) -> Iterable[Asked]:
    index = MatchIndex(replace(INCIDENTS, not_sure_at=0.0))
    waiting: deque[Call] = deque()
    same = {call.number: call.same for call in calls}
    seen: set[tuple[str, ...]] = set()
    for call in calls:
        while waiting and (call.at - waiting[0].at).total_seconds() > _OPEN_S:
            index.remove(waiting.popleft().number)
        facts = _facts(call)
        found = index.query(facts)
        true = [m.score for m in found if same[m.event_id] == call.same]
        best = found[0].score if found else 0.0
        yield Asked(best, max(true, default=0.0), call.same in seen)
        seen.add(call.same)
        index.add(facts)
        waiting.append(call)


def _facts(call: Call) -> MatchFacts:
    return MatchFacts(
        call.number,
        f"{call.title} {call.place} {call.town}",
        call.at,
        lon=call.lon,
        lat=call.lat,
        place_words=(call.place,) if call.place else (),
        category=call.kind,
        subtype=f"{call.kind}: {call.title}",
    )


def _calls_ruled(calls: Sequence[Call], seconds: float) -> Iterable[Asked]:
    """Nearness 1 / (1 + metres) of the nearest open call with the same title."""
    waiting: deque[Call] = deque()
    seen: set[tuple[str, ...]] = set()
    for call in calls:
        while waiting and (call.at - waiting[0].at).total_seconds() > seconds:
            waiting.popleft()
        alike = [c for c in waiting if c.title == call.title and c.kind == call.kind]
        near = {c.number: 1.0 / (1.0 + _metres(c, call)) for c in alike}
        true = [near[c.number] for c in alike if c.same == call.same]
        yield Asked(max(near.values(), default=0.0), max(true, default=0.0), call.same in seen)
        seen.add(call.same)
        waiting.append(call)


def _metres(a: Call, b: Call) -> float:
    if abs(a.lat - b.lat) * _DEG_M > 1_000.0:  # far enough to save the exact answer
        return 1_000.0
    return metres_between(LonLat(a.lon, a.lat), LonLat(b.lon, b.lat))
