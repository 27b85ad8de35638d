"""City seconds: how much of the city's own time lies between two true moments.

The rooms keep true time. Only invented people hurry: a delay of theirs is counted in city
seconds, and the factor of that moment says how many of those go into a true one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

MOST_CHANGES = 40  # older ones are forgotten: what waits that long is due anyway


@dataclass(frozen=True, slots=True)
class Paces:
    """The changes of pace, oldest first; before the first one nothing moved."""

    changes: tuple[tuple[float, int], ...] = ()  # (true second since 1970, factor; 0 stands still)

    @classmethod
    def of(cls, stored: Sequence[Any]) -> Paces:
        return cls(tuple((float(at), int(factor)) for at, factor in stored))

    def stored(self) -> list[list[float]]:
        return [[at, factor] for at, factor in self.changes]

    def now(self) -> int:
        return self.changes[-1][1] if self.changes else 0

    def changed(self, at: datetime, factor: int) -> Paces:
        """From `at` on with this factor; the same factor changes nothing."""
        if self.changes and self.changes[-1][1] == factor:
            return self
        return Paces((*self.changes, (at.timestamp(), factor))[-MOST_CHANGES:])

    def passed(self, since: datetime, until: datetime) -> float:
        """City seconds from `since` to `until`; never negative."""
        start, end = since.timestamp(), until.timestamp()
        bounds = [*self.changes, (max(end, self.changes[-1][0]), 0)] if self.changes else []
        return sum(
            max(0.0, min(end, there) - max(start, here)) * factor
            for (here, factor), (there, _next) in pairwise(bounds)
        )
