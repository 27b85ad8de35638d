"""The figures of one moment, from the roll-ups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from maplebridge.indicators import measures, periods, queries
from maplebridge.indicators.actions import ALARM_SPAN, SUBSCRIBER
from maplebridge.indicators.definitions import CHANGE_METRICS, DEFINITIONS
from maplebridge.indicators.measures import Share
from maplebridge.indicators.periods import Period
from maplebridge.indicators.queries.behind import CHANNEL_GROUPS
from maplebridge.indicators.records import (
    Calls,
    Clocks,
    Compared,
    Figure,
    Figures,
    Part,
    Shared,
    StationGap,
    Stations,
    Times,
)
from maplebridge.kernel.clock import local_day
from maplebridge.orders import api as orders
from maplebridge.people import api as people
from maplebridge.places import api as places

INSIDE_SECONDS = 30.0  # the half-minute circle
COUNTED_LATER = frozenset({"police_handled"})
COVERED_WITHIN = timedelta(days=1)  # a quiet first night is no gap in the records


def figures(at: datetime) -> Figures:
    """Everything the wall shows as it stands at `at`."""
    as_of = queries.counted_up_to(SUBSCRIBER, at)
    day, shown, month = periods.today(at), periods.shown_day(at), periods.month(at)
    last_day = periods.last_day(at)
    parts = ("received.category", "received.channel", "received.urgency")
    found = queries.counts(parts, shown.start, shown.end)
    total = queries.count("received", day.start, day.end)
    in_a_day = queries.count("received", last_day.start, last_day.end)
    return Figures(
        at=at,
        as_of=as_of,
        received=figure_of("received", total, total, day, as_of),
        last_day=figure_of("received_24h", in_a_day, in_a_day, last_day, as_of),
        young=periods.is_young(at),
        by_category=_largest(found["received.category"], queries.labels("category")),
        by_channel=_grouped(found["received.channel"]),
        by_urgency=_parts(found["received.urgency"], queries.labels("urgency")),
        clocks=_clocks(at),
        calls=_calls(at),
        volunteers_first=volunteers_first(shown, as_of),
        arrival=times("arrival_time", shown, as_of),
        decision=times("decision_time", shown, as_of),
        half_minute=half_minute(month, as_of),
        stations=_stations(at),
        month=compared("received_change_month", at, as_of),
        day=compared("received_change_day", at, as_of),
    )


def changes(at: datetime) -> list[Compared]:
    """The published changes (key grids, police, fraud, theft): this month against last."""
    as_of = queries.counted_up_to(SUBSCRIBER, at)
    return [compared(metric, at, as_of) for metric in CHANGE_METRICS]


def times(metric: str, period: Period, as_of: datetime, key: str | None = None) -> Times:
    took = queries.durations(metric, period.start, period.end, key)
    middle = measures.median(took)
    return Times(
        figure=figure_of(metric, middle, len(took), period, as_of),
        median=middle,
        nine_in_ten=measures.within(took, 90),
        median_between=measures.quantile_interval(took, 50),
        nine_in_ten_between=measures.quantile_interval(took, 90),
    )


def volunteers_first(period: Period, as_of: datetime) -> Shared:
    come = queries.counts(["first_arrival"], period.start, period.end)["first_arrival"]
    share = measures.share(come["volunteer"], come.total())
    took = times("arrival_time", period, as_of, key="volunteer")
    return _shared("first_arrival", share, period, as_of, took)


def diversion(period: Period, as_of: datetime) -> tuple[Figure, Share]:
    """Effective diversion [有效分流]: k of all that belonged elsewhere."""
    given = queries.counts(["diversion"], period.start, period.end)["diversion"]
    share = measures.share(given["effective"], given.total())
    return figure_of("diversion", share.value, share.n, period, as_of), share


def compared(metric: str, at: datetime, as_of: datetime) -> Compared:
    """This and the same hours of last month, both half-open and of one length."""
    stretches = {
        "received_change_day": periods.day_and_then,
        "received_24h": periods.last_day_and_then,
    }
    now, before = stretches.get(metric, periods.month_and_then)(at)
    counted = metric if metric in CHANGE_METRICS else "received"
    # A figure that is younger than its matters reaches back only as far as it was counted.
    known_since = queries.known_since(counted if counted in COUNTED_LATER else "received")
    # Before the first record there is nothing to compare with, whatever the count says.
    covered = known_since is not None and known_since <= before.start + COVERED_WITHIN
    change = measures.change(
        queries.count(counted, now.start, now.end),
        queries.count(counted, before.start, before.end) if covered else 0,
        now.hours,
        before.hours if covered else 0.0,
    )
    rests_on = min(change.now, change.before)
    return Compared(figure_of(metric, change.percent, rests_on, now, as_of), change, before)


def figure_of(metric: str, value: float | None, n: int, period: Period, as_of: datetime) -> Figure:
    small = n < DEFINITIONS[metric].small_below
    return Figure(metric, value, n, period, as_of, small)


def _shared(metric: str, share: Share, period: Period, as_of: datetime, took: Times) -> Shared:
    return Shared(figure_of(metric, share.value, share.n, period, as_of), share, took)


def half_minute(period: Period, as_of: datetime) -> Shared:
    took = times(ALARM_SPAN, period, as_of)
    reached = queries.durations(ALARM_SPAN, period.start, period.end)
    inside = sum(seconds <= INSIDE_SECONDS for seconds in reached)
    raised = queries.begun(ALARM_SPAN, period.start, period.end)
    return _shared("half_minute", measures.share(inside, raised), period, as_of, took)


def _clocks(at: datetime) -> Clocks:
    """Orders are read as they stand: there are few, and their clocks run by themselves."""
    running, overdue, soon = orders.clocks(at)
    figure = figure_of("open_orders", running, running, Period(at, at), at)
    return Clocks(figure, overdue, soon)


def _calls(at: datetime) -> Calls:
    under_way, late = queries.call_clocks(at)
    return Calls(figure_of("open_calls", under_way, under_way, Period(at, at), at), late)


def _stations(at: datetime) -> Stations:
    """Read as they stand: a post that goes home is missing from that moment on."""
    stations = places.stations()
    kept = people.compliance_of([station.id for station in stations], local_day(at))
    gaps = []
    for station in stations:
        parts = kept[station.id].parts
        if not kept[station.id].complete:
            missing = tuple(name for part in parts if not part.ok for name in _missing(part))
            gaps.append(StationGap(station.code, short_name(station), missing))
    complete, total = len(stations) - len(gaps), len(stations)
    figure = figure_of("stations_complete", complete, total, periods.today(at), at)
    return Stations(figure, tuple(gaps))


def short_name(station: places.StationInfo) -> str:
    """A station's name without what all stations are called."""
    english = station.name_en.removesuffix("Station").rstrip().removesuffix("Joint-Duty").rstrip()
    return places.in_language(station.short_name or station.name, english or station.name_en)


def _missing(part: people.Part) -> list[str]:
    """Roles by their names; what is no role (cells, teams) by the name of the part."""
    if part.name in {"police_officers", "partners"}:
        return [people.role_label(role) for role in part.missing]
    return [str(part.title)]


def _parts(counted: Counter[str], labels: Mapping[str, str]) -> tuple[Part, ...]:
    named = {"": _("Not judged yet"), **labels}
    order = sorted(counted, key=lambda key: (not key, key))  # not judged comes last
    return tuple(Part(key, named.get(key, key), counted[key]) for key in order if counted[key])


def _largest(counted: Counter[str], labels: Mapping[str, str]) -> tuple[Part, ...]:
    """The judged categories, largest first, then what nobody has judged yet."""
    judged = sorted((key for key in counted if key), key=lambda key: (-counted[key], key))
    return tuple(
        Part(key, labels.get(key, key) if key else _("Not judged yet"), counted[key])
        for key in [*judged, *([""] if counted[""] else [])]
    )


def _grouped(counted: Counter[str]) -> tuple[Part, ...]:
    names = {
        "phone": pgettext("how it came in", "Phone"),
        "online": pgettext("how it came in", "Online"),
        "at_station": pgettext("how it came in", "Station"),
        "street": pgettext("how it came in", "Street"),
        "other": pgettext("how it came in", "Other"),
    }
    group_of = {channel: group for group, members in CHANNEL_GROUPS.items() for channel in members}
    groups: Counter[str] = Counter()
    for channel, n in counted.items():
        groups[group_of.get(channel, "other")] += n
    return tuple(Part(key, name, groups[key]) for key, name in names.items() if groups[key])
