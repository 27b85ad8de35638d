"""What changes on the wall's map: matters by cell, who is under way, stations, and their names."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from maplebridge.dispatch import api as dispatch
from maplebridge.indicators.api import short_name
from maplebridge.kernel.geo import Point
from maplebridge.live import drawing, placing, queries
from maplebridge.live.placing import Box, Label, Wanted
from maplebridge.places import api as places

PAGE = Box(6, 6, drawing.WIDTH - 6, drawing.HEIGHT - 6)
LEGEND = Box(drawing.WIDTH - 262, drawing.HEIGHT - 300, drawing.WIDTH, drawing.HEIGHT)
NOWHERE = Box(0, drawing.HEIGHT - 50, 330, drawing.HEIGHT)  # "7 matters without a place"
LETTERS = 24  # units; the smallest on the wall
SPEED = 6.0  # metres a second, where no time was promised
BEFORE = 42  # units: nobody is drawn at the aim before they have arrived
STEP = 3  # units between the points of a way


@dataclass(frozen=True, slots=True)
class Marker:
    """The open matters of one cell on the map."""

    cell: str
    x: int
    y: int
    urgency: str  # the shape
    n: int
    helpers: int  # volunteers and sentinels on the way to it
    words: str
    tint: str  # how strongly its cell is lit

    @property
    def box(self) -> Box:
        right = 35 if self.n > 1 and self.urgency < "P3" else 24
        left, low = 35 if self.helpers else 24, 26 if right > 24 else 22
        return Box(self.x - left, self.y - 27, self.x + right, self.y + low)


@dataclass(frozen=True, slots=True)
class Post:
    code: str
    x: int
    y: int
    name: str
    complete: bool

    @property
    def box(self) -> Box:
        return Box(self.x - 12, self.y - 13, self.x + 12, self.y + 12)


@dataclass(frozen=True, slots=True)
class Way:
    """A unit on its way: where it may be by now, and what is left of the way."""

    number: int
    x: int
    y: int
    path: str
    minutes: int  # left; below zero: that much later than expected
    words: str

    @property
    def box(self) -> Box:
        return Box(self.x - 13, self.y - 13, self.x + 13, self.y + 13)


@dataclass(frozen=True, slots=True)
class Picture:
    markers: tuple[Marker, ...]
    posts: tuple[Post, ...]
    ways: tuple[Way, ...]
    labels: tuple[Label, ...]
    without_place: int
    words: str  # the map in one sentence, for those who cannot see it


def picture(language: str, incomplete: Collection[str], at: datetime) -> Picture:
    """The moving part of the map as it stands at `at`."""
    drawn = drawing.drawing(language)
    events = queries.open_events()
    going = dispatch.under_way()
    helpers = Counter(one.cell_code for one in going if not one.unit)
    markers = [_marker(drawn, cell, helpers[cell.cell_code]) for cell in events.cells]
    posts = stations(drawn, incomplete)
    ways = [way for one in going if one.unit and (way := _way(drawn, one, at)) is not None]
    return Picture(
        markers=tuple(markers),
        posts=posts,
        ways=tuple(ways),
        labels=labels(drawn, markers, posts, ways),
        without_place=events.without_place,
        words=_told(events, len(ways), helpers.total()),
    )


def stations(drawn: drawing.Drawing, incomplete: Collection[str]) -> tuple[Post, ...]:
    found = []
    for station in places.stations():
        x, y = drawn.frame.put(Point(station.lon, station.lat))
        whole = station.code not in incomplete
        found.append(Post(station.code, x, y, short_name(station), whole))
    return tuple(found)


def _marker(drawn: drawing.Drawing, cell: queries.CellEvents, helpers: int) -> Marker:
    # A cell that is no longer drawn keeps its matters, at its centre.
    x, y = drawn.spots.get(cell.cell_code) or drawn.frame.put(cell.centre)
    words = ngettext("{n} matter in grid {cell}", "{n} matters in grid {cell}", cell.n)
    tint = "m-warm2" if cell.worst < "P3" else "m-warm"
    return Marker(
        cell.cell_code, x, y, cell.worst, cell.n, helpers,
        words.format(n=cell.n, cell=cell.cell_code), tint,
    )  # fmt: skip


def _way(drawn: drawing.Drawing, one: dispatch.UnderWay, at: datetime) -> Way | None:
    """By time alone: the share of the expected time that is over is the share of the way."""
    spots = [drawn.frame.put(point) for point in one.line]
    if len(spots) < 2:
        return None
    spots[-1] = drawn.spots.get(one.cell_code, spots[-1])
    lengths = [math.dist(a, b) for a, b in pairwise(spots)]
    whole = sum(lengths)
    expected = one.expected_s or _seconds(drawn, whole)
    over = (at - one.since).total_seconds()
    gone = whole * min(1.0, max(0.0, over / expected)) if expected > 0 else whole
    (x, y), rest = _rest(spots, lengths, max(0.0, min(gone, whole - BEFORE)))
    minutes = math.ceil((expected - over) / 60) if over < expected else -int((over - expected) / 60)
    return Way(one.number, x, y, _path(rest), minutes, _left(minutes, late=over >= expected))


def _seconds(drawn: drawing.Drawing, units: float) -> float:
    return units / drawn.frame.scale * drawing.DEGREE_M / SPEED


def _left(minutes: int, *, late: bool) -> str:
    if not late:
        return _("{n} min").format(n=max(1, minutes))
    return _("{n} min late").format(n=-minutes) if minutes < 0 else _("due now")


def _rest(
    spots: Sequence[tuple[int, int]], lengths: Sequence[float], gone: float
) -> tuple[tuple[int, int], list[tuple[int, int]]]:
    """Where one is after so many units of the way, and the way from there."""
    for n, length in enumerate(lengths):
        if gone <= length and length > 0:
            (ax, ay), (bx, by) = spots[n], spots[n + 1]
            here = (round(ax + (bx - ax) * gone / length), round(ay + (by - ay) * gone / length))
            return here, [here, *spots[n + 1 :]]
        gone -= length
    return spots[-1], [spots[-1]]


def _path(spots: Iterable[tuple[int, int]]) -> str:
    """A line in whole units; points that stand closer than the pen is wide say nothing."""
    kept: list[tuple[int, int]] = []
    for spot in spots:
        if not kept or math.dist(kept[-1], spot) >= STEP:
            kept.append(spot)
    return "M" + "L".join(f"{x} {y}" for x, y in kept) if len(kept) > 1 else ""


def labels(
    drawn: drawing.Drawing,
    markers: Iterable[Marker],
    posts: Iterable[Post],
    ways: Iterable[Way] = (),
) -> tuple[Label, ...]:
    """Minutes first, then stations, then waters; nothing stands on anything else."""
    stand = list(posts)
    taken = [LEGEND, NOWHERE, *(m.box for m in markers), *(p.box for p in stand)]
    taken += [way.box for way in ways]
    minutes = [
        _wanted(f"w{way.number}", "m-eta", way.words, placing.around(way.x, way.y, LETTERS, 16))
        for way in ways
    ]
    likely = [_likely(spot) for spot in drawn.spots.values()]
    placed = placing.place([*minutes, *_names(drawn, stand)], PAGE, taken, likely)
    return (*placed, *_credit(drawn.credit))


def names_of_a_day(
    drawn: drawing.Drawing, cells: Iterable[str], posts: Sequence[Post]
) -> tuple[Label, ...]:
    """Stations and waters, in one place for a whole day with matters in these cells."""
    taken = [LEGEND, NOWHERE, *(post.box for post in posts)]
    likely = [_likely(drawn.spots[cell]) for cell in cells if cell in drawn.spots]
    placed = placing.place(_names(drawn, posts), PAGE, taken, likely, aversion=3.0)
    return (*placed, *_credit(drawn.credit))


def _likely(spot: placing.Spot) -> Box:
    x, y = spot
    return Box(x - 24, y - 25, x + 24, y + 22)


def _wanted(key: str, css: str, text: str, tries: tuple[tuple[int, int, str], ...]) -> Wanted:
    return Wanted(key, css, text, LETTERS, 0.3 if css == "m-water" else 0.02, tries)


def _names(drawn: drawing.Drawing, posts: Iterable[Post]) -> list[Wanted]:
    stations = [
        _wanted(f"p{post.code}", "m-name", post.name, placing.around(post.x, post.y, LETTERS, 15))
        for post in posts
    ]
    waters = [
        _wanted(f"s{n}", "m-water", water.text, placing.near(water.x, water.y))
        for n, water in enumerate(drawn.waters)
    ]
    return stations + waters


def _credit(words: str) -> Iterator[Label]:
    """A map of others says whose it is, in the corner that the sea leaves free."""
    if words:
        yield Label("m-name", drawing.WIDTH - drawing.MARGIN, drawing.MARGIN + 20, words, "end")


def _told(events: queries.OpenEvents, units: int, helpers: int) -> str:
    """The map in one sentence, for those who cannot see it."""
    total = sum(cell.n for cell in events.cells)
    worst = sum(cell.by_urgency.get("P1", 0) for cell in events.cells)
    urgent = sum(cell.by_urgency.get("P2", 0) for cell in events.cells)
    return _(
        "{total} open matters on the map: {worst} critical, {urgent} urgent; on the way: "
        "{units} units, {helpers} helpers"
    ).format(total=total, worst=worst, urgent=urgent, units=units, helpers=helpers)
