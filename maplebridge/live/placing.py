"""Where words and markers stand on the wall's map, so that none covers another.

Deterministic: the same city gives the same places, and what stands does not move because something
appeared elsewhere. Markers have a spot for each cell, drawn apart once. A label tries its places in
order; one that is free of every marker there is and could be comes first.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from unicodedata import east_asian_width

APART = 50  # units between the middles of two markers
FROM_POST = 42  # and between a marker and a station
FARTHEST = 34  # units a marker may stand from the centre of its cell
ROUNDS = 80
AIR = 3  # units around words
FARTHER = 120.0  # square units of a marker that may come, against the next place of a label
Spot = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    def shared(self, other: Box) -> float:
        """Square units that both cover."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across * down if across > 0 and down > 0 else 0.0

    def within(self, other: Box) -> bool:
        return (
            self.left >= other.left and self.top >= other.top
            and self.right <= other.right and self.bottom <= other.bottom
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """A label that looks for a place near a point."""

    key: str
    css: str
    text: str
    size: int  # units, of the letters
    spacing: float  # of a letter's size, added after each
    tries: tuple[tuple[int, int, str], ...]  # where its words would begin, end or have their middle


@dataclass(frozen=True, slots=True)
class Label:
    css: str
    x: int
    y: int
    text: str
    anchor: str = "middle"
    key: str = ""


def spots(centres: Mapping[str, Spot], fixed: Sequence[Spot]) -> dict[str, Spot]:
    """A spot for the marker of each cell: its centre, or beside it where markers would touch."""
    names = sorted(centres)
    # A step aside, the same every time: cells in one line would only push each other along it.
    at = {
        name: [centres[name][0] + n * 7 % 5 - 2.0, centres[name][1] + n * 11 % 7 - 3.0]
        for n, name in enumerate(names)
    }
    for _round in range(ROUNDS):
        for n, one in enumerate(names):
            for other in names[n + 1 :]:
                _part(at[one], at[other], APART)
            for post in fixed:
                _part(at[one], list(post), FROM_POST, both=False)
            _leash(at[one], centres[one])
    return {name: (round(x), round(y)) for name, (x, y) in at.items()}


def _part(a: list[float], b: list[float], gap: float, *, both: bool = True) -> None:
    across, down = a[0] - b[0], a[1] - b[1]
    away = math.hypot(across, down)
    if away >= gap:
        return
    if away < 1e-6:  # two on one point part sideways
        across, down, away = 1.0, 0.0, 1.0
        push = gap / (2 if both else 1)
    else:
        push = (gap - away) / (2 if both else 1)
    a[0] += across / away * push
    a[1] += down / away * push
    if both:
        b[0] -= across / away * push
        b[1] -= down / away * push


def _leash(at: list[float], centre: Spot) -> None:
    across, down = at[0] - centre[0], at[1] - centre[1]
    away = math.hypot(across, down)
    if away > FARTHEST:
        at[0] = centre[0] + across / away * FARTHEST
        at[1] = centre[1] + down / away * FARTHEST


def place(
    wanted: Iterable[Wanted],
    page: Box,
    taken: Iterable[Box],
    likely: Iterable[Box] = (),
    *,
    aversion: float = 1.0,
) -> list[Label]:
    """Labels in order of importance; one that would have to cover something is left out.

    `aversion`: how much worse a place is for a square unit of what is only likely to come.
    """
    full, maybe = list(taken), list(likely)
    found = []
    for label in wanted:
        best = min(_free(label, page, full, maybe, aversion), default=None)
        if best is not None:
            x, y, anchor = label.tries[best[1]]
            full.append(words_box(x, y, label, anchor))
            found.append(Label(label.css, x, y, label.text, anchor, label.key))
    return found


def _free(
    label: Wanted, page: Box, full: Sequence[Box], maybe: Sequence[Box], aversion: float
) -> Iterator[tuple[float, int]]:
    """What each free place of a label costs: far from its point, or where markers may come."""
    for n, (x, y, anchor) in enumerate(label.tries):
        box = words_box(x, y, label, anchor)
        if box.within(page) and not any(box.shared(other) for other in full):
            yield n * FARTHER + aversion * sum(box.shared(other) for other in maybe), n


def words_box(x: float, y: float, label: Wanted, anchor: str) -> Box:
    """What the words cover when their line stands at y; widths are a little more than they are."""
    letters = sum(1.0 if east_asian_width(c) in "WF" else 0.58 for c in label.text)
    width = (letters + label.spacing * len(label.text)) * label.size
    left = {"start": x, "middle": x - width / 2, "end": x - width}[anchor]
    return Box(left - AIR, y - 0.92 * label.size, left + width + AIR, y + 0.26 * label.size)


def around(x: int, y: int, size: int, reach: int) -> tuple[tuple[int, int, str], ...]:
    """Right, left, below, above, the corners; then the same a little farther."""
    found: list[tuple[int, int, str]] = []
    for more in (0, 10, 22, 36, 50):
        side, up = reach + more, round(size * 0.36)
        found += [
            (x + side, y + up, "start"), (x - side, y + up, "end"),
            (x, y + side + size, "middle"), (x, y - side, "middle"),
            (x + side, y + up + size, "start"), (x + side, y + up - size, "start"),
            (x - side, y + up + size, "end"), (x - side, y + up - size, "end"),
        ]  # fmt: skip
    return tuple(found)


def near(x: int, y: int) -> tuple[tuple[int, int, str], ...]:
    """Ever farther around a point, for the name of a water that has room."""
    found: list[tuple[int, int, str]] = [(x, y, "middle")]
    for step in range(1, 12):
        for across, down in ((0, 1), (0, -1), (1, 0), (-1, 0), (1, 1), (-1, 1), (1, -1), (-1, -1)):
            found.append((x + across * step * 16, y + down * step * 12, "middle"))
    return tuple(found)
