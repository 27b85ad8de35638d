"""An issue in one line: the citizens' own words, place, span, number, trend.

See docs/algorithms/matching.md, "Hot issues", step 5. Nothing is written anew: the line is one of
the titles, the place a name that stands in most of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from maplebridge.brain.matching.issue_text import names_in, title_of, weighted_pieces
from maplebridge.brain.matching.issues import Message

SPAN = timedelta(days=30)  # compared with as many days before
_CLEARLY = 1.5  # times as many, from which a trend is said


class Trend(StrEnum):
    NEW = "new"  # everything in the last days
    RISING = "rising"
    STEADY = "steady"
    FALLING = "falling"
    QUIET = "quiet"  # nothing in the last days
    UNKNOWN = "unknown"  # no times


@dataclass(frozen=True, slots=True)
class IssueSummary:
    line: str  # a title somebody wrote, the one most like the others
    place: str  # "" = the titles share no name of a place
    number: int  # messages
    first: datetime | None
    last: datetime | None
    recent: int  # messages in the last 30 days before `until`
    before: int  # … in the 30 days before those
    trend: Trend


def summarise(issue: Sequence[Message], until: datetime | None) -> IssueSummary:
    """One issue as it stands at `until`, usually the time of the newest message of all."""
    titles = [title_of(m.title, m.text) for m in issue]
    times = sorted(m.at for m in issue if m.at is not None)
    recent = sum(until - SPAN < at <= until for at in times) if until else 0
    before = sum(until - 2 * SPAN < at <= until - SPAN for at in times) if until else 0
    return IssueSummary(
        line=_most_like(titles),
        place=_shared_name(titles),
        number=len(issue),
        first=times[0] if times else None,
        last=times[-1] if times else None,
        recent=recent,
        before=before,
        trend=_trend(len(times), recent, before),
    )


def _trend(timed: int, recent: int, before: int) -> Trend:
    if not timed:
        return Trend.UNKNOWN
    if not recent:
        return Trend.QUIET
    if recent == timed:
        return Trend.NEW
    if recent >= _CLEARLY * before and recent - before >= 2:
        return Trend.RISING
    if before >= _CLEARLY * recent and before - recent >= 2:
        return Trend.FALLING
    return Trend.STEADY


def _most_like(titles: Sequence[str]) -> str:
    """The title that says most of what the others say, and little else; the earliest of equals."""
    said = Counter(piece for title in titles for piece in weighted_pieces(title))

    def shared(title: str) -> float:
        pieces = weighted_pieces(title)
        others = sum((said[piece] - 1) * weight for piece, weight in pieces.items())
        return float(others / (len(pieces) + 4.0) ** 0.5)

    return max(titles, key=shared, default="")


def _shared_name(titles: Sequence[str]) -> str:
    """The longest name of a place that stands in at least half of the titles."""
    holders: Counter[str] = Counter()
    for title in titles:
        holders.update(set(names_in(title)))
    shared = [(len(name), held, name) for name, held in holders.items() if 2 * held >= len(titles)]
    return max(shared, default=(0, 0, ""))[2]
