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
from maplebridge.indicators.records import (
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
TOP_CATEGORIES = 6
COVERED_WITHIN = timedelta(days=1)  # a quiet first night is no gap in the records
CHANNEL_GROUPS: dict[str, tuple[str, ...]] = {
    "phone": ("phone", "hotline_12345", "fire_119", "medical_120"),
    "online": ("app", "sms", "video"),
    "at_station": ("walk_in", "kiosk"),
    "street": ("sentinel", "grid_worker", "volunteer"),
}


def figures(at: datetime) -> Figures:
    """Everything the wall shows as it stands at `at`."""
    as_of = queries.counted_up_to(SUBSCRIBER, at)
    day, month = periods.today(at), periods.month(at)
    found = queries.counts(
        ("received", "received.category", "received.channel", "received.urgency",
         "first_arrival"), day.start, day.end,
    )  # fmt: skip
    total = found["received"][""]
    come = found["first_arrival"]
    arrival = times("arrival_time", day, as_of)
    return Figures(
        at=at,
        as_of=as_of,
        received=_figure("received", total, total, day, as_of),
        by_category=_top(found["received.category"], queries.labels("category")),
        by_channel=_grouped(found["received.channel"]),
        by_urgency=_parts(found["received.urgency"], queries.labels("urgency")),
        clocks=_clocks(at),
        volunteers_first=_shared(
            "first_arrival",
            measures.share(come["volunteer"], come.total()),
            day,
            as_of,
            times("arrival_time", day, as_of, key="volunteer"),
        ),
        arrival=arrival,
        decision=times("decision_time", day, as_of),
        half_minute=_half_minute(month, as_of),
        stations=_stations(at),
        month=compared("received_change_month", at, as_of),
        day=compared("received_change_day", at, as_of),
    )


def changes(at: datetime) -> list[Compared]:
    """The published changes (key grids, fraud, theft): this month against last."""
    as_of = queries.counted_up_to(SUBSCRIBER, at)
    return [compared(metric, at, as_of) for metric in CHANGE_METRICS]


def times(metric: str, period: Period, as_of: datetime, key: str | None = None) -> Times:
    took = queries.durations(metric, period.start, period.end, key)
    middle = measures.median(took)
    return Times(
        figure=_figure(metric, middle, len(took), period, as_of),
        median=middle,
        nine_in_ten=measures.within(took, 90),
    )


def compared(metric: str, at: datetime, as_of: datetime) -> Compared:
    by_day = metric == "received_change_day"
    now, before = periods.today_and_then(at) if by_day else periods.month_and_then(at)
    counted = metric if metric in CHANGE_METRICS else "received"
    known_since = queries.known_since()
    # Before the first record there is nothing to compare with, whatever the count says.
    covered = known_since is not None and known_since <= before.start + COVERED_WITHIN
    change = measures.change(
        queries.count(counted, now.start, now.end),
        queries.count(counted, before.start, before.end) if covered else 0,
        now.hours,
        before.hours if covered else 0.0,
    )
    rests_on = min(change.now, change.before)
    return Compared(_figure(metric, change.percent, rests_on, now, as_of), change, before)


def _figure(metric: str, value: float | None, n: int, period: Period, as_of: datetime) -> Figure:
    small = n < DEFINITIONS[metric].small_below
    return Figure(metric, value, n, period, as_of, small)


def _shared(metric: str, share: Share, period: Period, as_of: datetime, took: Times) -> Shared:
    return Shared(_figure(metric, share.value, share.n, period, as_of), share, took)


def _half_minute(period: Period, as_of: datetime) -> Shared:
    took = times(ALARM_SPAN, period, as_of)
    reached = queries.durations(ALARM_SPAN, period.start, period.end)
    inside = sum(seconds <= INSIDE_SECONDS for seconds in reached)
    raised = queries.begun(ALARM_SPAN, period.start, period.end)
    return _shared("half_minute", measures.share(inside, raised), period, as_of, took)


def _clocks(at: datetime) -> Clocks:
    """Orders are read as they stand: there are few, and their clocks run by themselves."""
    running, overdue, soon = orders.clocks(at)
    figure = _figure("open_orders", running, running, Period(at, at), at)
    return Clocks(figure, overdue, soon)


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
    figure = _figure("stations_complete", complete, total, periods.today(at), at)
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
    return tuple(Part(key, named.get(key, key), counted[key]) for key in sorted(counted))


def _top(counted: Counter[str], labels: Mapping[str, str]) -> tuple[Part, ...]:
    """The largest judged categories, then what nobody has judged yet."""
    judged = Counter({key: n for key, n in counted.items() if key})
    first = sorted(judged, key=lambda key: (-judged[key], key))[:TOP_CATEGORIES]
    parts = [Part(key, labels.get(key, key), judged[key]) for key in first]
    if counted[""]:
        parts.append(Part("", _("Not judged yet"), counted[""]))
    return tuple(parts)


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
