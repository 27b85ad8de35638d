"""The page of a replayed day: one minute drawn, and what its script needs for the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from maplebridge.incidents.api import Category
from maplebridge.kernel.clock import local
from maplebridge.live import drawing, replay
from maplebridge.live.citymap import Marker, Post, names_of_a_day, stations
from maplebridge.live.placing import Label
from maplebridge.live.wall import Row
from maplebridge.places import api as places

MOST_KINDS = 9  # rows; the rest stand together
STRIP_HIGH = 40  # units of the density strip


@dataclass(frozen=True, slots=True)
class Kind:
    row: Row
    kinds: str  # the numbers it adds up, for the script


@dataclass(frozen=True, slots=True)
class Bar:
    x: int
    y: float
    high: float


@dataclass(frozen=True, slots=True)
class Page:
    """One minute of a day as the wall showed it."""

    city: str
    day: date
    said: str  # the day in words
    minute: int
    last: int
    clock: str
    first_day: date
    last_day: date
    before: date | None
    after: date | None
    frame: replay.Frame
    kinds: tuple[Kind, ...]
    urgencies: tuple[tuple[str, str, int], ...]  # key, words, among the day's reports
    standing: tuple[tuple[str, str, int], ...]  # key, words, open at this minute
    going: int
    markers: tuple[Marker, ...]
    posts: tuple[Post, ...]
    labels: tuple[Label, ...]
    bars: tuple[Bar, ...]
    words: str


def page(day: replay.Day, minute: int, now: datetime, language: str) -> Page:
    """The page at a minute; one that is not there yet is the last there is."""
    minute = max(0, min(minute, day.last))
    drawn = drawing.drawing(language)
    shown = replay.frame(day, minute)
    span = replay.days(now) or (day.day, day.day)
    own = settings.MAPLEBRIDGE
    posts = stations(drawn, ())
    return Page(
        city=places.in_language(own.city_name, own.city_name_en),
        day=day.day,
        said=date_format(day.day, _("l j F")),
        minute=minute,
        last=day.last,
        clock=f"{minute // 60:02}:{minute % 60:02}",
        first_day=span[0],
        last_day=span[1],
        before=day.day - timedelta(days=1) if day.day > span[0] else None,
        after=day.day + timedelta(days=1) if day.day < span[1] else None,
        frame=shown,
        kinds=_kinds(replay.frame(day, day.last).kinds, shown.kinds),
        urgencies=tuple((key, words, shown.urgencies.get(n, 0)) for n, key, words in _levels()),
        standing=_standing(shown),
        going=sum(shown.going.values()),
        markers=tuple(_marker(drawn, cell, shown) for cell in sorted({*shown.cells, *shown.going})),
        posts=posts,
        labels=names_of_a_day(drawn, day.cells, posts),
        bars=_bars(replay.strip(day)),
        words=_told(day.day, minute, shown),
    )


def asked_day(text: str | None, now: datetime) -> date | None:
    """The day in the address; yesterday without one; None for what is no day."""
    if not text:
        span = replay.days(now)
        yesterday = local(now).date() - timedelta(days=1)
        return max(yesterday, span[0]) if span else None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _levels() -> tuple[tuple[int, str, str], ...]:
    return (
        (1, "P1", _("Critical")),
        (2, "P2", _("Urgent")),
        (3, "P3", _("Normal")),
        (4, "P4", pgettext("on the wall", "Planned")),
        (0, "", _("Not judged yet")),
    )


def _standing(shown: replay.Frame) -> tuple[tuple[str, str, int], ...]:
    return tuple(
        (key, words, sum(counts.get(n, 0) for counts in shown.cells.values()))
        for n, key, words in _levels()
    )


def _kinds(of_day: dict[int, int], now: dict[int, int]) -> tuple[Kind, ...]:
    """The kinds of the whole day, largest first: rows do not change places while it plays."""
    order = sorted(of_day, key=lambda kind: (kind == 0, -of_day[kind], kind))
    judged = [kind for kind in order if kind]
    groups = [[kind] for kind in judged]
    if len(judged) > MOST_KINDS - 1:
        groups = [[kind] for kind in judged[: MOST_KINDS - 2]] + [judged[MOST_KINDS - 2 :]]
    groups.append([0])
    names = dict(zip(replay.KINDS, (str(one.label) for one in Category), strict=True))
    most = max((sum(of_day.get(kind, 0) for kind in group) for group in groups), default=1) or 1
    return tuple(_kind_row(group, names, now, most) for group in groups)


def _kind_row(group: Sequence[int], names: dict[str, str], now: dict[int, int], most: int) -> Kind:
    n = sum(now.get(kind, 0) for kind in group)
    if len(group) > 1:
        label = _("Other kinds")
    else:
        label = names[replay.KINDS[group[0] - 1]] if group[0] else _("Not judged yet")
    width = min(100, round(100 * n / most))
    return Kind(Row(label, n, width), ",".join(map(str, group)))


def _marker(drawn: drawing.Drawing, cell: str, shown: replay.Frame) -> Marker:
    x, y = drawn.spots.get(cell, (drawing.WIDTH, drawing.HEIGHT))
    counts = shown.cells.get(cell, {})
    n, worst = sum(counts.values()), min((level for level in counts if level), default=3)
    words = ngettext("{n} matter in grid {cell}", "{n} matters in grid {cell}", n)
    return Marker(
        cell, x, y, f"P{worst}", n, shown.going.get(cell, 0), words.format(n=n, cell=cell),
        "m-warm2" if worst < 3 else "m-warm",
    )  # fmt: skip


def _bars(counts: Sequence[int]) -> tuple[Bar, ...]:
    most = max(counts, default=0) or 1
    return tuple(
        Bar(n * replay.STRIP + 1, STRIP_HIGH * (1 - n_at / most), STRIP_HIGH * n_at / most)
        for n, n_at in enumerate(counts)
        if n_at
    )


def _told(day: date, minute: int, shown: replay.Frame) -> str:
    """The minute in one sentence, for those who hear the page."""
    total = sum(sum(counts.values()) for counts in shown.cells.values())
    return _("Replay of {day} at {time}: {total} open matters on the map").format(
        day=day.isoformat(), time=f"{minute // 60:02}:{minute % 60:02}", total=total
    )
