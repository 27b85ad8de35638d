"""All facts of one report, in the order they are said."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from maplebridge.brain.facts.dangers import signs
from maplebridge.brain.facts.money import amounts
from maplebridge.brain.facts.people import heads
from maplebridge.brain.facts.records import Fact
from maplebridge.brain.facts.times import times

LONGEST = 4_000  # characters read; a report is rarely a tenth of it
MOST = 24  # shown facts; a list of a hundred sums is a table, not a report


def extract(text: str, reported_at: datetime) -> tuple[Fact, ...]:
    """What the words say, counted from `reported_at` (aware)."""
    read = text[:LONGEST]
    found = (*times(read, reported_at), *amounts(read), *heads(read), *signs(read))
    return tuple(_without_covered(found))[:MOST]


def _without_covered(found: Iterable[Fact]) -> list[Fact]:
    """Of facts of one kind that overlap, the longest; each thing said once."""
    kept: list[Fact] = []
    for fact in sorted(found, key=lambda f: (f.start - f.end, f.start)):
        same = (k for k in kept if k.kind is fact.kind)
        if not any(_meet(fact, other) for other in same):
            kept.append(fact)
    kept.sort(key=lambda f: (f.start, f.end))
    return _said_once(kept)


def _meet(one: Fact, other: Fact) -> bool:
    return one.start < other.end and other.start < one.end


def _said_once(facts: Iterable[Fact]) -> list[Fact]:
    seen: set[tuple[object, ...]] = set()
    once = []
    for fact in facts:
        key = (fact.kind, fact.text, fact.denied)
        if key not in seen:
            seen.add(key)
            once.append(fact)
    return once
