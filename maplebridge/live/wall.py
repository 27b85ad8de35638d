"""Everything the wall shows at one moment, as plain words and numbers: no person anywhere."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.dateformat import format as date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from maplebridge.indicators.api import (
    DEFINITIONS,
    Change,
    Figure,
    Figures,
    MetricDefinition,
    Share,
    figures,
    lasting,
    rounded,
    short_name,
    signed,
)
from maplebridge.indicators.records import Compared, Part, Times
from maplebridge.kernel.actor import Actor
from maplebridge.kernel.clock import local
from maplebridge.kernel.geo import Point
from maplebridge.live import drawing, queries
from maplebridge.live.policies import may_open_figures
from maplebridge.people import api as people
from maplebridge.places import api as places

LATE = timedelta(minutes=2)  # counts older than this are called last known
BAR = (152, 44)  # units of a comparison's drawing
OCTAVES = 1.0  # a bar reaches from half as many to twice as many
LINES = 2  # under the number of a tile
MOST_KINDS = 7  # rows of categories, the rest and what nobody has judged included
NOTE_SECONDS = 20  # how long a definition stands at the foot of the wall
# The definitions the foot of the wall reads out in turn.
NOTED = (
    "received", "open_orders", "open_calls", "first_arrival", "half_minute", "arrival_time",
    "decision_time", "received_change_month", "stations_complete",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Marker:
    """The open matters of one cell on the map."""

    x: int
    y: int
    urgency: str  # the shape
    n: int
    words: str


@dataclass(frozen=True, slots=True)
class Post:
    x: int
    y: int
    name: str
    complete: bool


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
    n: str


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
    half_minute_interval: str
    half_minute_times: str
    times: tuple[TimeRow, ...]
    gaps: tuple[str, ...]
    gaps_more: int
    comparisons: tuple[Comparison, ...]
    markers: tuple[Marker, ...]
    without_place: int
    posts: tuple[Post, ...]
    map_words: str
    note: MetricDefinition  # the definition at the foot, one after the other
    method: str  # where the definitions are: with or without the matters behind


def scene(at: datetime, actor: Actor) -> Scene:
    """Read the wall as it stands at `at`; times and words in the active language."""
    found = figures(at)
    language = get_language() or settings.LANGUAGE_CODE
    frame = drawing.drawing(language).frame
    events = queries.open_events()
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
        half_minute_interval=_interval(found.half_minute.share),
        half_minute_times=_in_one_line(found.half_minute.times),
        times=_times(found),
        gaps=gaps,
        gaps_more=more,
        comparisons=(
            _comparison(found.month, _("Month")),
            _comparison(found.day, _("24 h") if found.young else _("Today")),
        ),
        markers=tuple(_marker(frame, cell) for cell in events.cells),
        without_place=events.without_place,
        posts=_posts(frame, {gap.code for gap in found.stations.gaps}),
        map_words=_map_words(events),
        note=DEFINITIONS[NOTED[int(at.timestamp()) // NOTE_SECONDS % len(NOTED)]],
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
    volunteers = found.volunteers_first.times
    return (
        _time_row(found.arrival, "arrival_time", _("First on the spot, anybody")),
        _time_row(volunteers, "first_arrival", _("First on the spot, volunteers")),
        _time_row(found.decision, "decision_time", _("Decision at the desk")),
    )


def _time_row(took: Times, metric: str, label: str) -> TimeRow:
    median = "–" if took.median is None else lasting(took.median)
    nine = "–" if took.nine_in_ten is None else lasting(took.nine_in_ten)
    return TimeRow(took.figure, metric, label, median, nine, str(took.figure.n))


def _in_one_line(took: Times) -> str:
    if took.median is None or took.nine_in_ten is None:
        return ""
    return _("Half {median}, 9 in 10 {nine}").format(
        median=lasting(took.median), nine=lasting(took.nine_in_ten)
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
        Part("P4", _("Can be planned"), 0),
        Part("", _("Not judged yet"), 0),
    )
    return tuple(counted.get(level.key, level) for level in levels)


def _gaps(found: Figures) -> tuple[tuple[str, ...], int]:
    """As many incomplete stations as fit, and how many more there are."""
    all_gaps = [
        _("{station}: {missing}").format(station=gap.name, missing=_("; ").join(gap.missing))
        for gap in found.stations.gaps
    ]
    shown = LINES if len(all_gaps) <= LINES else LINES - 1
    return tuple(all_gaps[:shown]), len(all_gaps) - len(all_gaps[:shown])


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
        rows.append(_row(_("Other categories"), sum(part.n for part in rest), most, None))
    return (*rows, *(_row(part.label, part.n, most, "") for part in open_ones))


def _row(label: str, n: int, most: int, key: str | None) -> Row:
    return Row(label, n, min(100, round(100 * n / most)), key)


def _comparison(compared: Compared, period: str) -> Comparison:
    change = compared.change
    words = {
        "fewer": _("{period}: fewer"),
        "more": _("{period}: more"),
        "unclear": _("{period}: cannot tell"),
    }[change.verdict].format(period=period)
    percent = "–" if change.percent is None else signed(change.percent)
    label = _("{words}; {now} now, {before} before").format(
        words=words, now=change.now, before=change.before
    )
    counts = _("{now} against {before}").format(now=change.now, before=change.before)
    sure = change.verdict != "unclear"
    return Comparison(compared.figure, percent, words, counts, sure, _bar(change), label)


def _bar(change: Change) -> Bar | None:
    if change.ratio is None or change.low is None or change.high is None or change.ratio <= 0:
        return None

    def place(ratio: float) -> int:
        octaves = max(-OCTAVES, min(OCTAVES, math.log2(ratio)))
        return round(BAR[0] / 2 * (1 + octaves / OCTAVES))

    return Bar(place(change.low), place(change.high), place(change.ratio), BAR[0] // 2)


def _marker(frame: drawing.Frame, cell: queries.CellEvents) -> Marker:
    x, y = frame.put(cell.centre)
    words = ngettext("{n} matter in grid {cell}", "{n} matters in grid {cell}", cell.n)
    return Marker(x, y, cell.worst, cell.n, words.format(n=cell.n, cell=cell.cell_code))


def _posts(frame: drawing.Frame, incomplete: set[str]) -> tuple[Post, ...]:
    found = []
    for station in places.stations():
        x, y = frame.put(Point(station.lon, station.lat))
        found.append(Post(x, y, short_name(station), station.code not in incomplete))
    return tuple(found)


def _map_words(events: queries.OpenEvents) -> str:
    """The map in one sentence, for those who cannot see it."""
    total = sum(cell.n for cell in events.cells)
    worst = sum(cell.by_urgency.get("P1", 0) for cell in events.cells)
    urgent = sum(cell.by_urgency.get("P2", 0) for cell in events.cells)
    return _("{total} open matters on the map: {worst} critical, {urgent} urgent").format(
        total=total, worst=worst, urgent=urgent
    )
