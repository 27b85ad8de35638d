"""The facts said in a report, as values the desk shows. Read anew each time: nothing is stored.

The same words with the same time of the report give the same facts, so a page of last year shows
what it showed then, and emptying the words empties them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from maplebridge.brain.facts import Fact, extract


@dataclass(frozen=True, slots=True)
class SaidFact:
    kind: str  # time | money | people | injury | weapon | child | gas | fire | water
    words: str  # as they stand in the report
    at: datetime | None = None  # aware, of a time
    margin_min: int = 0  # minutes around it
    low: float | None = None  # yuan, heads
    high: float | None = None
    rough: bool = False
    denied: bool = False  # said not to be
    ahead: bool = False  # still to come when it was said


def said_facts(narrative: str, reported_at: datetime) -> list[SaidFact]:
    """What was said, in the order it was said."""
    return [_said(fact) for fact in extract(narrative, reported_at)]


def _said(fact: Fact) -> SaidFact:
    return SaidFact(
        kind=fact.kind.value,
        words=fact.text,
        at=fact.at,
        margin_min=fact.margin_min,
        low=fact.low,
        high=fact.high,
        rough=fact.rough,
        denied=fact.denied,
        ahead=fact.ahead,
    )
