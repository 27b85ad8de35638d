"""Everything the wall shows at one moment, as plain words and numbers: no person anywhere."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.dateformat import format as date_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from maplebridge.indicators.api import (
    Change,
    Figure,
    Figures,
    Share,
    figures,
    lasting,
    rounded,
    signed,
)
from maplebridge.indicators.records import Compared, Part, Times
from maplebridge.kernel.actor import Actor
from maplebridge.kernel.clock import local
from maplebridge.live import queries
from maplebridge.live.citymap import Picture, picture
from maplebridge.live.notes import Note, note_at
from maplebridge.live.policies import may_open_figures
from maplebridge.people import api as people
from maplebridge.places import api as places

LATE = timedelta(minutes=2)  # counts older than this are called last known
BAR = (152, 44)  # units of a comparison's drawing
OCTAVES = 1.0  # a bar reaches from half as many to twice as many
LINES = 2  # under the number of a tile
MOST_KINDS = 6  # rows of categories, the rest and what nobody has judged included


@dataclass(frozen=True, slots=True)
class Bar:
    """A comparison as a dot with its interval on a line; None where nothing can be said."""

    low: int
    high: int
    dot: int
    middle: int


@dataclass(frozen=True, slots=True)
class Comparison:
    figure: Figure
    period: str
    percent: str
    words: str
    counts: str
    sure: bool
    bar: Bar | None
    label: str  # the whole sentence, for those who hear the wall


@dataclass(frozen=True, slots=True)
class Row:
    label: str
    n: int
    width: int  # per cent of the widest
    key: str | None = None  # None: several categories together


@dataclass(frozen=True, slots=True)
class TimeRow:
    """How long something took: the middle and nine in ten, with what they rest on."""

    figure: Figure
    metric: str  # whose definition says it
    label: str
    median: str  # "–" while there is none
    nine_in_ten: str


@dataclass(frozen=True, slots=True)
class Gap:
    """A station that lacks somebody today."""

    code: str
    words: str


@dataclass(frozen=True, slots=True)
class Scene:
    """The wall at one moment."""

    city: str
    day: str
    shift: str
    clock: str
    at: datetime
    shown: str  # "today", or "the last 24 hours" while today is young
    data_age: int  # seconds
    last_known: str  # "" while the counts are fresh
    figures: Figures
    kinds: tuple[Row, ...]
    channels: tuple[Part, ...]
    urgencies: tuple[Part, ...]  # all four, then what nobody has judged yet
    volunteers_interval: str
    volunteers_times: tuple[str, ...]
    half_minute_interval: str
    half_minute_times: tuple[str, ...]
    times: tuple[TimeRow, ...]
    gaps: tuple[Gap, ...]
    gaps_more: int
    bar: tuple[bool, ...]  # a mark for each station, the complete ones first
    comparisons: tuple[Comparison, ...]
    map: Picture
    note: Note  # the definition at the foot, one after the other
    method: str  # where the definitions are: with or without the matters behind


def scene(at: datetime, actor: Actor) -> Scene:
    """Read the wall as it stands at `at`; times and words in the active language."""
    found = figures(at)
    language = get_language() or settings.LANGUAGE_CODE
    here = local(at)
    late = at - found.as_of > LATE
    gaps, more = _gaps(found)
    own = settings.MAPLEBRIDGE
    return Scene(
        city=places.in_language(own.city_name, own.city_name_en),
        day=date_format(here, _("l j F")),
        shift=str(people.shift_at(at).label),
        clock=date_format(here, "H:i"),
        at=at,
        shown=_("last 24 hours") if found.young else _("today"),
        data_age=max(0, int((at - found.as_of).total_seconds())),
        last_known=date_format(local(found.as_of), "H:i") if late else "",
        figures=found,
        kinds=_rows(found.by_category),
        channels=tuple(part for part in found.by_channel if part.n),
        urgencies=_urgencies(found.by_urgency),
        volunteers_interval=_interval(found.volunteers_first.share),
        volunteers_times=_two_lines(found.volunteers_first.times),
        half_minute_interval=_interval(found.half_minute.share),
        half_minute_times=_two_lines(found.half_minute.times),
        times=_times(found),
        gaps=gaps,
        gaps_more=more,
        bar=_bars(found),
        comparisons=(
            _comparison(found.month, _("Month")),
            _comparison(found.day, _("24 h") if found.young else _("Today")),
        ),
        map=picture(language, {gap.code for gap in found.stations.gaps}, at),
        note=note_at(at),
        method="figures" if may_open_figures(actor) else "method",
    )


def events_geojson() -> dict[str, object]:
    """Open matters by grid cell: the cell's centre, how many, how urgent. Nothing finer."""
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [cell.centre.lon, cell.centre.lat]},
                "properties": {
                    "cell": cell.cell_code,
                    "urgency": cell.worst,
                    "n": cell.n,
                    "by_urgency": {key or "undecided": n for key, n in cell.by_urgency.items()},
                },
            }
            for cell in queries.open_events().cells
        ],
    }


def definition_url(metric: str, method: str, key: str | None = None) -> str:
    if method != "figures":
        return f"{reverse('indicators:method')}#{metric}"
    opened = reverse("indicators:figure", args=[metric])
    return opened if key is None else f"{opened}?{urlencode({'key': key})}"


def _times(found: Figures) -> tuple[TimeRow, ...]:
    return (
        _time_row(found.arrival, "arrival_time", _("First on the spot")),
        _time_row(found.decision, "decision_time", _("Decision at the desk")),
    )


def _time_row(took: Times, metric: str, label: str) -> TimeRow:
    median = "–" if took.median is None else lasting(took.median)
    nine = "–" if took.nine_in_ten is None else lasting(took.nine_in_ten)
    return TimeRow(took.figure, metric, label, median, nine)


def _two_lines(took: Times) -> tuple[str, ...]:
    if took.median is None or took.nine_in_ten is None:
        return ()
    return (
        _("Median {time}").format(time=lasting(took.median)),
        _("9 in 10 within {time}").format(time=lasting(took.nine_in_ten)),
    )


def _interval(share: Share) -> str:
    """The 95 % interval in whole per cent; a share never stands without it."""
    if share.low is None or share.high is None:
        return ""
    return _("Interval {low}–{high} %").format(
        low=rounded(100 * share.low), high=rounded(100 * share.high)
    )


def _urgencies(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Every level, also with nothing in it: an empty one is news too."""
    counted = {part.key: part for part in parts}
    levels = (
        Part("P1", _("Critical"), 0),
        Part("P2", _("Urgent"), 0),
        Part("P3", _("Normal"), 0),
        Part("P4", pgettext("on the wall", "Planned"), 0),
        Part("", _("Not judged yet"), 0),
    )
    return tuple(replace(level, n=counted.get(level.key, level).n) for level in levels)


def _gaps(found: Figures) -> tuple[tuple[Gap, ...], int]:
    """As many incomplete stations as fit, and how many more there are."""
    every = found.stations.gaps
    shown = every[: LINES if len(every) <= LINES else LINES - 1]
    words = _("{station}: {missing}")
    return tuple(
        Gap(gap.code, words.format(station=gap.name, missing=_("; ").join(gap.missing)))
        for gap in shown
    ), len(every) - len(shown)


def _bars(found: Figures) -> tuple[bool, ...]:
    whole, every = found.stations.figure.whole, found.stations.figure.n
    return tuple(n < whole for n in range(every))


def _rows(parts: Iterable[Part]) -> tuple[Row, ...]:
    """The largest categories; the rest in one row, so that the rows add up to the total."""
    found = list(parts)
    judged, open_ones = [p for p in found if p.key], [p for p in found if not p.key]
    room = MOST_KINDS - len(open_ones)
    shown, rest = judged, list[Part]()
    if len(judged) > room:
        shown, rest = judged[: room - 1], judged[room - 1 :]
    most = max((part.n for part in found), default=1)
    rows = [_row(part.label, part.n, most, part.key) for part in shown]
    if rest:
        rows.append(_row(_("Other kinds"), sum(part.n for part in rest), most, None))
    return (*rows, *(_row(part.label, part.n, most, "") for part in open_ones))


def _row(label: str, n: int, most: int, key: str | None) -> Row:
    return Row(label, n, min(100, round(100 * n / most)), key)


def _comparison(compared: Compared, period: str) -> Comparison:
    change = compared.change
    words = {
        "fewer": pgettext("reports, on the wall", "Fewer"),
        "more": pgettext("reports, on the wall", "More"),
        "unclear": pgettext("reports, on the wall", "Cannot tell"),
    }[change.verdict]
    percent = "–" if change.percent is None else signed(change.percent)
    label = _("{period}, {words}: {now} now, {before} before").format(
        period=period, words=words, now=change.now, before=change.before
    )
    counts = _("{now} against {before}").format(now=change.now, before=change.before)
    sure = change.verdict != "unclear"
    return Comparison(compared.figure, period, percent, words, counts, sure, _bar(change), label)


def _bar(change: Change) -> Bar | None:
    if change.ratio is None or change.low is None or change.high is None or change.ratio <= 0:
        return None

    def place(ratio: float) -> int:
        octaves = max(-OCTAVES, min(OCTAVES, math.log2(ratio)))
        return round(BAR[0] / 2 * (1 + octaves / OCTAVES))

    return Bar(place(change.low), place(change.high), place(change.ratio), BAR[0] // 2)
