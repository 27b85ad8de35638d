"""Figures opened: each definition with its value, what it rests on, and the matters behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from maplebridge.indicators import figures as reading
from maplebridge.indicators import periods, queries
from maplebridge.indicators.actions import SUBSCRIBER
from maplebridge.indicators.definitions import DEFINITIONS, MetricDefinition
from maplebridge.indicators.measures import Share, compare_shares, rounded
from maplebridge.indicators.moved import Movement, movement
from maplebridge.indicators.periods import Period
from maplebridge.indicators.queries.behind import Listing, listing
from maplebridge.indicators.records import (
    Compared,
    Figure,
    Figures,
    Part,
    Shared,
    StationGap,
    Times,
)
from maplebridge.indicators.words import change_interval, lasting, period_words, signed
from maplebridge.kernel.actor import Actor
from maplebridge.kernel.errors import NotFound

SPANS = ("arrival_time", "decision_time", "closing_time")
# Nothing is estimated in these, so they have no interval.
PLAIN_COUNTS = frozenset({
    "received", "received_24h", "received.category", "received.channel", "received.urgency",
    "open_orders", "open_calls", "stations_complete",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure with everything that has to stand beside it."""

    definition: MetricDefinition
    figure: Figure
    value: str
    interval: str  # "" where a figure is a count or nothing is known yet
    compared: str  # with what, and how; why not, where there is nothing to compare with
    lines: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()  # each opens to its own matters
    of: str = ""  # what a share is a share of

    @property
    def period(self) -> str:
        return period_words(self.figure.period)

    @property
    def plain(self) -> bool:
        return self.definition.id in PLAIN_COUNTS


@dataclass(frozen=True, slots=True)
class Opened:
    reading: Reading
    key: str | None
    part: str  # the name of the part that is open; "" for the whole figure
    behind: Listing | None
    moved: Movement | None  # part by part, against a month before
    gaps: tuple[StationGap, ...]  # stations that keep a figure of stations down


@dataclass(frozen=True, slots=True)
class _Moment:
    """What every reading of one look shares."""

    at: datetime
    as_of: datetime
    found: Figures

    def before(self, metric: str) -> Period:
        """The same stretch a month before."""
        if metric in ("closing_time", "half_minute"):
            return periods.month_and_then(self.at)[1]
        return periods.day_and_then(self.at)[1]


def definition_of(metric: str) -> MetricDefinition:
    if metric not in DEFINITIONS:
        raise NotFound("figures.metric")
    return DEFINITIONS[metric]


def readings(at: datetime) -> list[Reading]:
    """Every figure as it stands at `at`."""
    look = _look(at)
    return [_reading(metric, look) for metric in DEFINITIONS]


def opened(
    metric: str, at: datetime, actor: Actor, key: str | None = None, page: int = 1
) -> Opened:
    """One figure as it stands at `at`, with what this actor may see of its matters."""
    definition_of(metric)
    look = _look(at)
    found = _reading(metric, look)
    part = next((part.label for part in found.parts if part.key == key), "")
    behind = listing(actor, metric, found.figure.period, at, key, page)
    gaps = look.found.stations.gaps if metric == "stations_complete" else ()
    return Opened(found, key, part, behind, movement(metric, at, found.figure.as_of), gaps)


def _look(at: datetime) -> _Moment:
    return _Moment(at, queries.counted_up_to(SUBSCRIBER, at), reading.figures(at))


def _reading(metric: str, look: _Moment) -> Reading:
    match metric:
        case "received" | "received_24h":
            return _received(metric, look)
        case "received.category" | "received.channel" | "received.urgency":
            return _parted(metric, look)
        case "open_orders" | "open_calls":
            return _running(metric, look)
        case "first_arrival":
            before = reading.volunteers_first(look.before(metric), look.as_of)
            return _shared(look.found.volunteers_first, before)
        case "half_minute":
            return _shared(
                look.found.half_minute, reading.half_minute(look.before(metric), look.as_of)
            )
        case "diversion":
            return _diverted(look)
        case "stations_complete":
            return _stations(look)
    if metric in SPANS:
        return _timed(metric, look)
    return _changed(reading.compared(metric, look.at, look.as_of))


def _made(figure: Figure, value: str, interval: str, compared: str, *lines: str) -> Reading:
    return Reading(DEFINITIONS[figure.metric], figure, value, interval, compared, lines)


def _received(metric: str, look: _Moment) -> Reading:
    if metric == "received":
        figure, beside = look.found.received, look.found.day
    else:
        figure, beside = look.found.last_day, reading.compared(metric, look.at, look.as_of)
    return _made(figure, str(figure.n), "", _set_beside(beside))


def _parted(metric: str, look: _Moment) -> Reading:
    parts = {
        "received.category": look.found.by_category,
        "received.channel": look.found.by_channel,
        "received.urgency": look.found.by_urgency,
    }[metric]
    total = sum(part.n for part in parts)
    shown = periods.shown_day(look.at)
    figure = reading.figure_of(metric, total, total, shown, look.as_of)
    shown_parts = tuple(part for part in parts if part.n)
    beside = _set_beside(look.found.day)
    return Reading(DEFINITIONS[metric], figure, str(total), "", beside, (), shown_parts)


def _running(metric: str, look: _Moment) -> Reading:
    clocks, calls = look.found.clocks, look.found.calls
    none = _("As it stands; nothing to compare with is kept")
    figure, overdue, lines = calls.figure, calls.overdue, list[str]()
    if metric == "open_orders":
        figure, overdue = clocks.figure, clocks.overdue
        lines.append(_("{n} due within the hour").format(n=clocks.soon))
    late = Part("overdue", _("Past the clock"), overdue)
    return Reading(DEFINITIONS[metric], figure, str(figure.n), "", none, tuple(lines), (late,))


def _shared(now: Shared, before: Shared) -> Reading:
    return _of_all(now.figure, now.share, before.share, before.figure.period, *_took(now.times))


def _diverted(look: _Moment) -> Reading:
    now, before = periods.settled_and_then(look.at)
    figure, share = reading.diversion(now, look.as_of)
    _figure, earlier = reading.diversion(before, look.as_of)
    return _of_all(figure, share, earlier, before)


def _of_all(figure: Figure, now: Share, before: Share, then: Period, *lines: str) -> Reading:
    """A share, and whether it is another than it was."""
    definition, beside = DEFINITIONS[figure.metric], _share_before(now, before, then)
    if now.value is None or now.low is None or now.high is None:
        return Reading(definition, figure, _("No case yet"), "", beside, lines)
    interval = _("{low} to {high} %").format(
        low=rounded(100 * now.low, 1), high=rounded(100 * now.high, 1)
    )
    value = f"{rounded(100 * now.value, 1)} %"
    of = _("{k} of {n}").format(k=now.k, n=now.n)
    return Reading(definition, figure, value, interval, beside, lines, of=of)


def _share_before(now: Share, before: Share, then: Period) -> str:
    if before.value is None:
        return _("Nothing in {period}").format(period=period_words(then))
    counts = _("{value} % ({k} of {n}) in {period}").format(
        value=rounded(100 * before.value, 1), k=before.k, n=before.n, period=period_words(then)
    )
    if now.value is None:
        return counts
    verdict = {
        "fewer": _("Lower: the interval of the difference leaves out zero"),
        "more": _("Higher: the interval of the difference leaves out zero"),
        "unclear": _("Cannot tell: the interval of the difference holds zero"),
    }[compare_shares(now, before)]
    return _("{counts}. {verdict}").format(counts=counts, verdict=verdict)


def _stations(look: _Moment) -> Reading:
    found = look.found.stations
    gaps = [f"{g.name}: {_('; ').join(g.missing)}" for g in found.gaps]
    value = f"{found.figure.whole} / {found.figure.n}"
    none = _("As it stands; nothing to compare with is kept")
    return _made(found.figure, value, "", none, *gaps)


def _timed(metric: str, look: _Moment) -> Reading:
    monthly = metric == "closing_time"
    span = periods.month(look.at) if monthly else periods.shown_day(look.at)
    now = reading.times(metric, span, look.as_of)
    before = reading.times(metric, look.before(metric), look.as_of)
    if now.median is None or now.nine_in_ten is None:
        return _made(now.figure, _("No case yet"), "", _times_before(before))
    value = _("Median {time}").format(time=lasting(now.median))
    return _made(
        now.figure, value, _between(*now.median_between), _times_before(before),
        _("Nine in ten within {time}").format(time=lasting(now.nine_in_ten)),
        _("95 % interval of nine in ten: {interval}").format(
            interval=_between(*now.nine_in_ten_between)
        ),
    )  # fmt: skip


def _times_before(before: Times) -> str:
    if before.median is None:
        return _("Nothing in {period}").format(period=period_words(before.figure.period))
    return _("Median {time} of {n} in {period}").format(
        time=lasting(before.median), n=before.figure.n, period=period_words(before.figure.period)
    )


def _between(low: float | None, high: float | None) -> str:
    """An interval of times; too few values leave an end open."""
    ends = [
        lasting(end) if end is not None else pgettext("an end of an interval", "open")
        for end in (low, high)
    ]
    return _("{start} – {end}").format(start=ends[0], end=ends[1])


def _took(times: Times) -> Iterator[str]:
    if times.median is None or times.nine_in_ten is None:
        return
    yield _("Median {time} of {n}").format(time=lasting(times.median), n=times.figure.n)
    yield _("Nine in ten within {time}").format(time=lasting(times.nine_in_ten))


def _changed(found: Compared) -> Reading:
    percent = found.change.percent
    value = _("Nothing to compare") if percent is None else f"{signed(percent)} %"
    return _made(found.figure, value, change_interval(found.change), _set_beside(found))


def _set_beside(found: Compared) -> str:
    """Both counts with their periods, and whether the difference can be told."""
    change = found.change
    counts = _("{now} in {period}, {before} in {then}").format(
        now=change.now, period=period_words(found.figure.period), before=change.before,
        then=period_words(found.before),
    )  # fmt: skip
    verdict = _("Too few cases to compare")
    if change.low is not None:
        verdict = {
            "fewer": _("Fewer: the interval leaves out no change"),
            "more": _("More: the interval leaves out no change"),
            "unclear": _("Cannot tell: the interval holds no change"),
        }[change.verdict]
    return _("{counts}. {verdict}").format(counts=counts, verdict=verdict)
