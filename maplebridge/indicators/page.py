"""One figure opened: its definition, its value in words, and the matters behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _

from maplebridge.indicators import figures as reading
from maplebridge.indicators import periods, queries
from maplebridge.indicators.actions import SUBSCRIBER
from maplebridge.indicators.definitions import CHANGE_METRICS, DEFINITIONS, MetricDefinition
from maplebridge.indicators.measures import Share, rounded
from maplebridge.indicators.periods import Period
from maplebridge.indicators.queries import Behind
from maplebridge.indicators.records import Compared, Figure, Figures, Shared, Times
from maplebridge.kernel.actor import Actor
from maplebridge.kernel.clock import local
from maplebridge.kernel.errors import NotFound

SPANS = ("arrival_time", "decision_time", "closing_time")


@dataclass(frozen=True, slots=True)
class Opened:
    definition: MetricDefinition
    said: tuple[str, ...]  # the value in words, a line each
    n: int
    small: bool
    period: str
    as_of: datetime
    behind: tuple[Behind, ...]


def definition_of(metric: str) -> MetricDefinition:
    if metric not in DEFINITIONS:
        raise NotFound("figures.metric")
    return DEFINITIONS[metric]


def opened(metric: str, at: datetime, actor: Actor) -> Opened:
    """The figure as it stands at `at`, with what this actor may see of its matters."""
    definition = definition_of(metric)
    figure, said = _read(metric, at)
    return Opened(
        definition=definition,
        said=tuple(said),
        n=figure.n,
        small=figure.small,
        period=_in_words(figure.period),
        as_of=figure.as_of,
        behind=tuple(queries.behind(actor, metric, figure.period)),
    )


def _read(metric: str, at: datetime) -> tuple[Figure, list[str]]:
    if metric in SPANS:
        as_of = queries.counted_up_to(SUBSCRIBER, at)
        span = periods.month(at) if metric == "closing_time" else periods.today(at)
        times = reading.times(metric, span, as_of)
        return times.figure, _took(times)
    if metric in CHANGE_METRICS or metric.startswith("received_change"):
        compared = reading.compared(metric, at, queries.counted_up_to(SUBSCRIBER, at))
        return compared.figure, _changed(compared)
    return _of_the_wall(metric, reading.figures(at))


def _of_the_wall(metric: str, found: Figures) -> tuple[Figure, list[str]]:
    parts = {
        "received.category": found.by_category,
        "received.channel": found.by_channel,
        "received.urgency": found.by_urgency,
    }.get(metric)
    if parts is not None:
        return found.received, [f"{part.label} {part.n}" for part in parts]
    match metric:
        case "open_orders":
            lines = [
                _("Overdue {n}").format(n=found.clocks.overdue),
                _("Soon {n}").format(n=found.clocks.soon),
            ]
            return found.clocks.figure, [str(found.clocks.figure.n), *lines]
        case "first_arrival":
            return found.volunteers_first.figure, _shared(found.volunteers_first)
        case "half_minute":
            return found.half_minute.figure, _shared(found.half_minute)
        case "stations_complete":
            gaps = [f"{g.name}: {_('; ').join(g.missing)}" for g in found.stations.gaps]
            figure = found.stations.figure
            return figure, [f"{figure.whole} / {figure.n}", *gaps]
    return found.received, [str(found.received.n)]


def _shared(shared: Shared) -> list[str]:
    return [*_share(shared.share), *_took(shared.times)]


def _share(share: Share) -> list[str]:
    if share.value is None or share.low is None or share.high is None:
        return [_("No case yet")]
    said = _("{k} of {n}: {value} %, 95 % interval {low} to {high} %")
    return [
        said.format(
            k=share.k,
            n=share.n,
            value=rounded(100 * share.value, 1),
            low=rounded(100 * share.low, 1),
            high=rounded(100 * share.high, 1),
        )
    ]


def _took(times: Times) -> list[str]:
    if times.median is None or times.nine_in_ten is None:
        return [_("No case yet")]
    return [
        _("Median {s} s").format(s=rounded(times.median)),
        _("Nine in ten within {s} s").format(s=rounded(times.nine_in_ten)),
    ]


def _changed(compared: Compared) -> list[str]:
    change = compared.change
    lines = [
        _("{now} in {period}").format(now=change.now, period=_in_words(compared.figure.period)),
        _("{now} in {period}").format(now=change.before, period=_in_words(compared.before)),
    ]
    if change.percent is None or change.low is None or change.high is None:
        return [*lines, _("Too few cases to compare")]
    verdict = {
        "fewer": _("Fewer: the interval leaves out no change"),
        "more": _("More: the interval leaves out no change"),
        "unclear": _("Cannot tell: the interval holds no change"),
    }[change.verdict]
    said = _("{percent} %, 95 % interval {low} to {high} %").format(
        percent=rounded(change.percent, 1),
        low=rounded(100 * (change.low - 1), 1),
        high=rounded(100 * (change.high - 1), 1),
    )
    return [*lines, said, verdict]


def _in_words(period: Period) -> str:
    start, end = (date_format(local(at), _("j M Y H:i")) for at in (period.start, period.end))
    return start if start == end else _("{start} – {end}").format(start=start, end=end)
