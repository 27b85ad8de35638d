"""Everything the wall shows at one moment, as plain words and numbers: no person anywhere."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.dateformat import format as date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from maplebridge.indicators.api import Change, Figure, Figures, figures, rounded, short_name
from maplebridge.indicators.records import Compared, Part, Shared, Times
from maplebridge.kernel.actor import Actor
from maplebridge.kernel.clock import local
from maplebridge.kernel.geo import Point
from maplebridge.live import drawing, queries
from maplebridge.live.policies import may_open_figures
from maplebridge.people import api as people
from maplebridge.places import api as places

LATE = timedelta(minutes=2)  # counts older than this are called last known
BAR = (284, 44)  # units of a comparison's drawing
OCTAVES = 1.0  # a bar reaches from half as many to twice as many
LINES = 2  # under the number of a tile


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
    sure: bool
    bar: Bar | None
    label: str  # the whole sentence, for those who hear the wall


@dataclass(frozen=True, slots=True)
class Row:
    label: str
    n: int
    width: int  # per cent of the widest


@dataclass(frozen=True, slots=True)
class Scene:
    """The wall at one moment."""

    city: str
    day: str
    shift: str
    clock: str
    at: datetime
    data_age: int  # seconds
    last_known: str  # "" while the counts are fresh
    figures: Figures
    kinds: tuple[Row, ...]
    channels: tuple[Part, ...]
    volunteers: tuple[str, ...]
    half_minute: tuple[str, ...]
    gaps: tuple[str, ...]
    gaps_more: int
    comparisons: tuple[Comparison, ...]
    markers: tuple[Marker, ...]
    without_place: int
    posts: tuple[Post, ...]
    map_words: str
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
        data_age=max(0, int((at - found.as_of).total_seconds())),
        last_known=date_format(local(found.as_of), "H:i") if late else "",
        figures=found,
        kinds=_rows(found.by_category),
        channels=found.by_channel,
        volunteers=_shared(found.volunteers_first),
        half_minute=_shared(found.half_minute),
        gaps=gaps,
        gaps_more=more,
        comparisons=(
            _comparison(found.month, _("Month")),
            _comparison(found.day, _("Today")),
        ),
        markers=tuple(_marker(frame, cell) for cell in events.cells),
        without_place=events.without_place,
        posts=_posts(frame, {gap.code for gap in found.stations.gaps}),
        map_words=_map_words(events),
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


def definition_url(metric: str, method: str) -> str:
    if method == "figures":
        return reverse("indicators:figure", args=[metric])
    return f"{reverse('indicators:method')}#{metric}"


def lasting(seconds: float) -> str:
    """A length of time as it is said: "4 m 10 s"."""
    whole = int(rounded(seconds))
    if whole < 60:
        return _("{s} s").format(s=whole)
    if whole < 3600:
        return _("{m} m {s} s").format(m=whole // 60, s=whole % 60)
    return _("{h} h {m} m").format(h=whole // 3600, m=whole // 60 % 60)


def _took(times: Times) -> tuple[str, ...]:
    if times.median is None or times.nine_in_ten is None:
        return ()
    return (
        _("Median {time}").format(time=lasting(times.median)),
        _("9 in 10: {time}").format(time=lasting(times.nine_in_ten)),
    )


def _shared(shared: Shared) -> tuple[str, ...]:
    """The lines under a share; with few cases its interval stands instead of the slow end."""
    lines = _took(shared.times)
    share = shared.share
    if not shared.figure.small or share.low is None or share.high is None:
        return lines
    few = _("Few: {low} to {high} %").format(
        low=rounded(100 * share.low), high=rounded(100 * share.high)
    )
    return (*lines[: LINES - 1], few)


def _gaps(found: Figures) -> tuple[tuple[str, ...], int]:
    """As many incomplete stations as fit, and how many more there are."""
    all_gaps = [
        _("{station}: {missing}").format(station=gap.name, missing=_("; ").join(gap.missing))
        for gap in found.stations.gaps
    ]
    shown = LINES if len(all_gaps) <= LINES else LINES - 1
    return tuple(all_gaps[:shown]), len(all_gaps) - len(all_gaps[:shown])


def _rows(parts: Iterable[Part]) -> tuple[Row, ...]:
    found = list(parts)
    most = max((part.n for part in found), default=1)
    return tuple(Row(part.label, part.n, round(100 * part.n / most)) for part in found)


def _comparison(compared: Compared, period: str) -> Comparison:
    change = compared.change
    words = {
        "fewer": _("{period}: fewer"),
        "more": _("{period}: more"),
        "unclear": _("{period}: cannot tell"),
    }[change.verdict].format(period=period)
    percent = "–" if change.percent is None else _percent(change.percent)
    label = _("{words}; {now} now, {before} before").format(
        words=words, now=change.now, before=change.before
    )
    return Comparison(
        compared.figure, percent, words, change.verdict != "unclear", _bar(change), label
    )


def _percent(value: float) -> str:
    """With a real minus sign, and one digit."""
    text = str(rounded(value, 1))
    return f"−{text[1:]}" if text.startswith("-") else f"+{text}"


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
