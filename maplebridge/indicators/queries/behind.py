"""The matters behind a figure: exactly those it counts.

What a post may open stands there with its code. The others stand there in outline, so that who
only reads figures can still see what a number is made of: kind, urgency, grid, the hour; no code,
since a code opens a matter. What must not even be known to exist is counted and not listed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from maplebridge.dispatch.models import Call, SentinelAlarm
from maplebridge.incidents import api as incidents
from maplebridge.incidents.models import Incident
from maplebridge.indicators import queries
from maplebridge.indicators.facts import hour_of
from maplebridge.indicators.models import Counted, Span
from maplebridge.indicators.periods import Period
from maplebridge.indicators.policies import in_outline
from maplebridge.indicators.words import comers, lasting, moment
from maplebridge.kernel.actor import Actor
from maplebridge.orders.models import Order
from maplebridge.people import api as people

PAGE = 100
PHONES = ("phone", "hotline_12345", "fire_119", "medical_120")
CHANNEL_GROUPS: Mapping[str, tuple[str, ...]] = {
    "phone": PHONES,
    "online": ("app", "sms", "video", "order_request"),
    "at_station": ("walk_in", "kiosk"),
    "street": ("sentinel", "grid_worker", "volunteer"),
}
# Figures that speak of everything received, by the mark it leaves.
ALL_RECEIVED = frozenset({
    "received", "received_24h", "received_change_month", "received_change_day",
    "received.category", "received.channel", "received.urgency",
})  # fmt: skip
TIMED = frozenset({"arrival_time", "decision_time", "closing_time"})


@dataclass(frozen=True, slots=True)
class Behind:
    """A matter behind a figure: what it is and in which grid; nothing of what was said."""

    code: str  # "": an outline, which leads nowhere
    category: str
    urgency: str
    state: str
    grid: str  # its name
    reported_at: datetime  # of an outline: the hour
    note: str  # what it adds to the figure: how long, who came first, whose order


@dataclass(frozen=True, slots=True)
class Listing:
    total: int  # as many as the figure counts
    seen: int  # of them the actor may open
    outlined: int  # and those that stand there without a code
    rows: tuple[Behind, ...]
    page: int
    pages: int

    @property
    def hidden(self) -> int:
        """Counted only: not even in outline."""
        return self.total - self.seen - self.outlined

    @property
    def notes(self) -> bool:
        """Whether any row says what it adds to the figure."""
        return any(row.note for row in self.rows)


@dataclass(frozen=True, slots=True)
class _Source:
    """Rows that are one for each thing counted; `path` leads to the incident."""

    rows: QuerySet[Any]
    path: str
    incident: Callable[[Any], int]
    note: Callable[[Any], str]


def listing(
    actor: Actor, metric: str, period: Period, at: datetime, key: str | None = None, page: int = 1
) -> Listing | None:
    """A page of matters, newest first; None for a figure that counts no matters."""
    source = _source(metric, period, at, key)
    if source is None:
        return None
    mine = Incident.objects.filter(incidents.visible(actor))
    shown = Incident.objects.filter(incidents.visible(actor) | in_outline(actor))
    rows = _of_these(source, shown)
    seen, listed = _of_these(source, mine).count(), rows.count()
    pages = max(1, -(-listed // PAGE))
    page = min(max(page, 1), pages)
    on_page = list(rows[(page - 1) * PAGE : page * PAGE])
    opens = set(_matters(source, on_page, mine))
    return Listing(
        source.rows.count(), seen, listed - seen, tuple(_shown(source, on_page, opens)), page, pages
    )


def _of_these(source: _Source, matters: QuerySet[Incident]) -> QuerySet[Any]:
    return source.rows.filter(**{f"{source.path}__in": matters.values("pk")})


def _matters(
    source: _Source, rows: Sequence[Model], among: QuerySet[Incident]
) -> dict[int, Incident]:
    return among.in_bulk([source.incident(row) for row in rows])


def _shown(source: _Source, rows: Sequence[Model], opens: set[int]) -> list[Behind]:
    every = Incident.objects.select_related("cell").defer("cell__geometry")
    found = _matters(source, rows, every)
    names = {column: queries.labels(column) for column in ("category", "state")}
    shown = []
    for row in rows:
        matter = found[source.incident(row)]
        known = matter.pk in opens
        shown.append(
            Behind(
                code=matter.code if known else "",
                category=names["category"].get(matter.initial_category, ""),
                urgency=matter.urgency,
                state=names["state"].get(matter.state, matter.state),
                grid=matter.cell.title if matter.cell else "",
                reported_at=matter.reported_at if known else hour_of(matter.reported_at),
                note=source.note(row),
            )
        )
    return shown


def _source(metric: str, period: Period, at: datetime, key: str | None) -> _Source | None:
    match metric:
        case "stations_complete":
            return None
        case "open_orders":
            return _orders(at, key)
        case "open_calls":
            return _calls(at, key)
        case "half_minute":
            return _alarms(period)
    if metric in TIMED:
        return _spans(metric, period, key)
    return _counted(metric, period, key)


def _counted(metric: str, period: Period, key: str | None) -> _Source:
    rows = Counted.objects.filter(
        _marked(metric, key), hour__gte=period.start, hour__lt=period.end
    ).order_by("-hour", "-pk")
    return _Source(rows, "incident", lambda row: int(row.pk), lambda row: _of(metric, row.marks))


def _marked(metric: str, key: str | None) -> Q:
    """Marks are a JSON list of strings, so a whole mark stands between quotes on both engines."""
    if metric in ALL_RECEIVED and key is None:
        return Q(marks__icontains='"received|"')
    if key is None:
        return Q(marks__icontains=f'"{metric}|')
    found = Q(pk__in=[])
    for one in _keys(metric, key):
        found |= Q(marks__icontains=f'"{metric}|{one}"')
    return found


def _keys(metric: str, key: str) -> Sequence[str]:
    if metric != "received.channel":
        return (key,)
    grouped = {channel for group in CHANNEL_GROUPS.values() for channel in group}
    others = tuple(channel for channel in queries.labels("channel") if channel not in grouped)
    return {**CHANNEL_GROUPS, "other": others}.get(key, ())


def _of(metric: str, marks: Sequence[str]) -> str:
    """What a matter's own mark says about it."""
    said = next((mark.partition("|")[2] for mark in marks if mark.startswith(f"{metric}|")), "")
    match metric:
        case "first_arrival":
            return comers().get(said, "")
        case "diversion":
            return _("effective") if said == "effective" else _("not effective")
        case "received.channel" | "received.category" | "received.urgency":
            column = metric.partition(".")[2]
            return queries.labels(column).get(said, _("Not judged yet"))
    return ""


def _spans(metric: str, period: Period, key: str | None) -> _Source:
    rows = Span.objects.filter(
        metric=metric, at__gte=period.start, at__lt=period.end, seconds__isnull=False
    ).order_by("-at", "-pk")
    if key is not None:
        rows = rows.filter(key=key)
    return _Source(
        rows, "source", lambda row: int(row.source), lambda row: lasting(row.seconds or 0.0)
    )


def _alarms(period: Period) -> _Source:
    counted = Span.objects.filter(
        metric="half_minute", at__gte=period.start, at__lt=period.end
    ).values("source")
    rows = SentinelAlarm.objects.filter(pk__in=counted).order_by("-raised_at", "-pk")

    def note(row: SentinelAlarm) -> str:
        if row.on_scene_at is None:
            return _("nobody reached it")
        return lasting((row.on_scene_at - row.raised_at).total_seconds())

    return _Source(rows, "incident", lambda row: int(row.incident_id), note)


def _orders(at: datetime, key: str | None) -> _Source:
    rows = queries.open_orders().order_by("due_at", "pk")
    if key == "overdue":
        rows = rows.filter(due_at__lt=at)
    names = {agency.code: agency for agency in people.agencies()}

    def note(row: Order) -> str:
        due = _("overdue since {time}") if row.due_at < at else _("due {time}")
        agency = names[row.agency_code].title if row.agency_code in names else row.agency_code
        return f"{agency} · {due.format(time=moment(row.due_at))}"

    return _Source(rows, "incident", lambda row: int(row.incident_id), note)


def _calls(at: datetime, key: str | None) -> _Source:
    rows = queries.open_calls().order_by("-opened_at", "-pk")
    if key == "overdue":
        rows = rows.filter(queries.past_clock(at))

    def note(row: Call) -> str:
        return f"{row.get_kind_display()} · {row.get_state_display()}"

    return _Source(rows, "incident", lambda row: int(row.incident_id), note)
