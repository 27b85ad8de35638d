"""Join the most alike groups first, until nothing is alike enough.

See docs/algorithms/matching.md, "Hot issues", step 3. Works on a sparse table of likeness, so
that messages which share nothing rare cost nothing.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Sequence

_CENTROID = 0.75  # 1 would be the cosine of two centroids, 0 the mean over all pairs


class _Groups:
    """Sums of likeness between groups; joining two adds their rows."""

    def __init__(self, rows: Sequence[dict[int, float]]) -> None:
        self.rows = [dict(row) for row in rows]
        self.square = [1.0] * len(rows)  # squared length of the sum of the members' vectors
        self.size = [1] * len(rows)
        self.version = [0] * len(rows)  # raised when a group changes; -1 when it is gone

    def likeness(self, a: int, b: int) -> float:
        return self.rows[a][b] / (self._norm(a) * self._norm(b))

    def _norm(self, a: int) -> float:
        # The sum of n like vectors is about n long, of n unlike ones about the root of n. The
        # centroid alone lets big groups swallow their like; the plain mean keeps them small.
        return math.pow(self.square[a], _CENTROID / 2.0) * math.pow(self.size[a], 1.0 - _CENTROID)

    def join(self, a: int, b: int) -> None:
        """`b` becomes part of `a`."""
        mine, theirs = self.rows[a], self.rows[b]
        self.square[a] += self.square[b] + 2.0 * mine.pop(b)
        self.size[a] += self.size[b]
        theirs.pop(a)
        for other, value in theirs.items():
            mine[other] = mine.get(other, 0.0) + value
            self.rows[other].pop(b)
            self.rows[other][a] = mine[other]
        for other in mine:
            self.rows[other][a] = mine[other]
        self.rows[b] = {}
        self.version[a] += 1
        self.version[b] = -1


def join_alike(rows: Sequence[dict[int, float]], stop_at: float) -> list[int]:
    """The group of each item, named by one of its members.

    `rows[i][j]` is the likeness of items i and j (0..1, symmetric, absent = 0, no diagonal).
    """
    groups = _Groups(rows)
    owner = list(range(len(rows)))
    waiting: list[tuple[float, int, int, int, int]] = []

    def offer(a: int, b: int) -> None:
        value = groups.likeness(a, b)
        if value >= stop_at:
            first, second = (a, b) if a < b else (b, a)
            versions = groups.version[first], groups.version[second]
            heapq.heappush(waiting, (-value, first, second, *versions))

    for a, row in enumerate(rows):
        for b in row:
            if a < b:
                offer(a, b)
    while waiting:
        _, a, b, version_a, version_b = heapq.heappop(waiting)
        if groups.version[a] != version_a or groups.version[b] != version_b:
            continue  # one of the two changed since
        groups.join(a, b)
        owner[b] = a
        for other in groups.rows[a]:
            offer(a, other)
    return [_root(owner, i) for i in range(len(rows))]


def _root(owner: list[int], item: int) -> int:
    while owner[item] != item:
        owner[item] = owner[owner[item]]
        item = owner[item]
    return item
