"""Reading for the figures: incident rows upstream, and our own roll-ups."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

from django.db.models import Field, Min, Sum

from maplebridge.dispatch.models import FirstArrival, SentinelAlarm
from maplebridge.incidents import api as incidents
from maplebridge.incidents.models import Incident, StatusChange
from maplebridge.indicators.facts import Arrival, Fact, Step
from maplebridge.indicators.models import Counted, HourlyCount, Span
from maplebridge.indicators.periods import Period
from maplebridge.kernel import journal
from maplebridge.kernel.actor import Actor
from maplebridge.kernel.journal import Cursor
from maplebridge.kernel.journal.models import SubscriberCursor

CHUNK = 500
MOST_BEHIND = 2_000  # ids of one figure that are looked up; the newest ones
COLUMNS = (
    "pk", "state", "channel", "initial_category", "initial_subtype", "cell__is_key",
    "reported_at", "received_at",
)  # fmt: skip


def facts(ids: Iterable[int]) -> list[Fact]:
    """The facts of some incidents, in three queries."""
    wanted = list(ids)
    steps: dict[int, list[Step]] = defaultdict(list)
    changes = StatusChange.objects.filter(incident_id__in=wanted).order_by("at", "pk")
    for incident, verb, role, urgency, at in changes.values_list(
        "incident_id", "verb", "actor_role", "urgency", "at"
    ):
        steps[incident].append(Step(verb, role, urgency, at))
    firsts = FirstArrival.objects.filter(incident_id__in=wanted)
    came = {
        pk: Arrival(kind, seconds)
        for pk, kind, seconds in firsts.values_list("incident_id", "kind", "seconds")
    }
    rows = Incident.objects.filter(pk__in=wanted).order_by("pk").values_list(*COLUMNS)
    return [
        Fact(
            incident_id=pk,
            state=state,
            channel=channel,
            category=category,
            subtype=subtype,
            key_cell=bool(key),
            reported_at=reported,
            received_at=received,
            steps=steps[pk],
            arrival=came.get(pk),
        )
        for pk, state, channel, category, subtype, key, reported, received in rows
    ]


def alarm_times(
    ids: Iterable[int] | None = None, between: tuple[datetime, datetime] | None = None
) -> list[tuple[int, datetime, datetime | None]]:
    """(id, raised, first sentinel on the spot) of alarms: some, those of a time, or all."""
    rows = SentinelAlarm.objects.order_by("pk")
    if ids is not None:
        rows = rows.filter(pk__in=list(ids))
    if between is not None:
        rows = rows.filter(raised_at__gte=between[0], raised_at__lte=between[1])
    return list(rows.values_list("pk", "raised_at", "on_scene_at"))


def incident_ids(
    first: datetime | None = None, last: datetime | None = None
) -> Iterator[list[int]]:
    """Ids in pieces, all or those reported in [first, last]."""
    rows = Incident.objects.order_by("pk")
    if first is not None:
        rows = rows.filter(reported_at__gte=first)
    if last is not None:
        rows = rows.filter(reported_at__lte=last)
    after = 0
    while piece := list(rows.filter(pk__gt=after).values_list("pk", flat=True)[:CHUNK]):
        yield piece
        after = piece[-1]


def count(metric: str, start: datetime, end: datetime) -> int:
    rows = HourlyCount.objects.filter(metric=metric, hour__gte=start, hour__lt=end)
    return int(rows.aggregate(total=Sum("n"))["total"] or 0)


def counts(metrics: Sequence[str], start: datetime, end: datetime) -> dict[str, Counter[str]]:
    """n by key for several metrics over hours in [start, end)."""
    rows = HourlyCount.objects.filter(metric__in=metrics, hour__gte=start, hour__lt=end)
    found: dict[str, Counter[str]] = {metric: Counter() for metric in metrics}
    for metric, key, n in rows.values_list("metric", "key").annotate(total=Sum("n")):
        found[metric][key] = n
    return found


def durations(metric: str, start: datetime, end: datetime, key: str | None = None) -> list[float]:
    """Seconds in ascending order, of what has come about."""
    rows = Span.objects.filter(metric=metric, at__gte=start, at__lt=end, seconds__isnull=False)
    if key is not None:
        rows = rows.filter(key=key)
    return [s for s in rows.order_by("seconds").values_list("seconds", flat=True) if s is not None]


def known_since() -> datetime | None:
    """The first hour anything was reported in; None while nothing was."""
    found = HourlyCount.objects.filter(metric="received").aggregate(first=Min("hour"))
    return cast("datetime | None", found["first"])


def begun(metric: str, start: datetime, end: datetime) -> int:
    """How many spans began, come about or not."""
    return Span.objects.filter(metric=metric, at__gte=start, at__lt=end).count()


def labels(column: str) -> dict[str, str]:
    """The names of an incident's codes ("category", "channel", "urgency", "state")."""
    field = Incident._meta.get_field(column)
    assert isinstance(field, Field)
    return {str(code): str(label) for code, label in field.flatchoices}


def counted_up_to(subscriber: str, at: datetime) -> datetime:
    """The moment up to which everything recorded is in the counts; `at` when nothing waits."""
    cursor = SubscriberCursor.objects.filter(name=subscriber).first()
    newest = journal.head()
    if newest == Cursor() or (cursor and Cursor(cursor.xact, cursor.entry) >= newest):
        return at
    if cursor is None or cursor.moved_at is None:
        return datetime.fromtimestamp(0, UTC)
    return min(cursor.moved_at, at)


@dataclass(frozen=True, slots=True)
class Behind:
    """A matter behind a figure: what it is and in which grid; nothing of what was said."""

    code: str
    category: str
    urgency: str
    state: str
    cell_code: str
    reported_at: datetime


def behind(actor: Actor, metric: str, period: Period, limit: int = 100) -> list[Behind]:
    """The newest matters that stand in a figure and that the actor may see."""
    ids = _counted_ids(metric, period) or _timed_ids(metric, period)
    rows = Incident.objects.filter(incidents.visible(actor), pk__in=ids[-MOST_BEHIND:])
    names = {column: labels(column) for column in ("category", "urgency", "state")}
    return [
        Behind(
            code=row.code,
            category=names["category"].get(row.initial_category, ""),
            urgency=row.urgency,
            state=names["state"].get(row.state, row.state),
            cell_code=row.cell_code,
            reported_at=row.reported_at,
        )
        for row in rows.order_by("-reported_at", "-pk")[:limit]
    ]


def _counted_ids(metric: str, period: Period) -> list[int]:
    rows = Counted.objects.filter(hour__gte=period.start, hour__lt=period.end).order_by("hour")
    return [
        pk
        for pk, marks in rows.values_list("pk", "marks").iterator()
        if any(mark.partition("|")[0] == metric for mark in marks)
    ]


def _timed_ids(metric: str, period: Period) -> list[int]:
    rows = Span.objects.filter(metric=metric, at__gte=period.start, at__lt=period.end)
    if metric == "half_minute":  # its spans are alarms
        alarms = rows.values_list("source", flat=True)
        found = SentinelAlarm.objects.filter(pk__in=list(alarms)).order_by("raised_at")
        return list(found.values_list("incident_id", flat=True))
    return list(rows.order_by("at").values_list("source", flat=True))
