"""Keeping the counts: exact after every entry, and equal to counting everything anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from maplebridge.indicators import queries
from maplebridge.indicators.facts import Fact, hour_of, marks, spans
from maplebridge.indicators.models import Counted, HourlyCount, Span
from maplebridge.kernel.journal.models import SubscriberCursor

SUBSCRIBER = "indicators.count"
INCIDENT_SPANS = ("decision_time", "arrival_time", "closing_time")
ALARM_SPAN = "half_minute"
BATCH = 500  # rows a statement
Cell = tuple[str, datetime, str]  # metric, hour, key


def count_incidents(ids: Iterable[int]) -> None:
    """Bring the counts of these incidents up to what their rows say now.

    The difference to what was counted before is added, so an entry may come twice, late or out
    of order. Deliveries to one subscriber never overlap; only `rebuild` needs the lock.
    """
    facts = queries.facts(ids)
    before = Counted.objects.in_bulk([fact.incident_id for fact in facts])
    difference: Counter[Cell] = Counter()
    for fact in facts:
        known = before.get(fact.incident_id)
        if known is not None:
            difference.subtract(_cells(known.hour, known.marks))
        difference.update(_cells(hour_of(fact.reported_at), marks(fact)))
    _add({cell: n for cell, n in difference.items() if n})
    Counted.objects.bulk_create(
        [_counted(fact) for fact in facts],
        update_conflicts=True,
        unique_fields=["incident"],
        update_fields=["hour", "marks"],
        batch_size=BATCH,
    )
    _keep_spans(facts)


def count_alarms(ids: Iterable[int]) -> None:
    """Bring the spans of these alarms up to what their rows say now."""
    _upsert_spans(_alarm_rows(queries.alarm_times(ids)))


def count_between(first: datetime, last: datetime) -> None:
    """Count everything reported in [first, last]; for matters that were imported in bulk."""
    for piece in queries.incident_ids(first, last):
        count_incidents(piece)
    _upsert_spans(_alarm_rows(queries.alarm_times(between=(first, last))))


def count_handed(first: datetime, last: datetime) -> None:
    """Count matters anew whose lead got its order in [first, last]; for orders from an import."""
    for piece in queries.handed_ids(first, last):
        count_incidents(piece)


@transaction.atomic
def recount_before(first: int | None) -> int | None:
    """Count the next older piece of matters anew; where it ended, None when nothing is left.

    For figures that were defined after their matters came in. In pieces, because counting a
    million in one transaction would keep everybody else from writing for minutes; and the newest
    first, so that the oldest hour of a figure says from when on it is complete.
    """
    _hold_deliveries()
    ids = queries.ids_before(first, BATCH)
    if not ids:
        return None
    count_incidents(ids)
    return min(ids)


def _hold_deliveries() -> None:
    """What they bring afterwards is counted again without harm; at once would be twice."""
    SubscriberCursor.objects.get_or_create(name=SUBSCRIBER)
    SubscriberCursor.objects.select_for_update().get(name=SUBSCRIBER)


@transaction.atomic
def rebuild() -> int:
    """Throw the counts away and count every incident anew; how many there are."""
    _hold_deliveries()
    for table in (Counted, HourlyCount, Span):
        table.objects.all().delete()
    Span.objects.bulk_create(_alarm_rows(queries.alarm_times()), batch_size=BATCH)
    total: Counter[Cell] = Counter()
    seen = 0
    for piece in queries.incident_ids():
        facts = queries.facts(piece)
        for fact in facts:
            total.update(_cells(hour_of(fact.reported_at), marks(fact)))
        Counted.objects.bulk_create([_counted(fact) for fact in facts], batch_size=BATCH)
        Span.objects.bulk_create(_span_rows(facts), batch_size=BATCH)
        seen += len(facts)
    HourlyCount.objects.bulk_create(
        [HourlyCount(metric=m, hour=h, key=k, n=n) for (m, h, k), n in sorted(total.items())],
        batch_size=BATCH,
    )
    return seen


def _cells(hour: datetime, said: Iterable[str]) -> list[Cell]:
    found = []
    for mark in said:
        metric, _bar, key = mark.partition("|")
        found.append((metric, hour, key))
    return found


def _counted(fact: Fact) -> Counted:
    return Counted(
        incident_id=fact.incident_id,
        hour=hour_of(fact.reported_at),
        marks=sorted(marks(fact)),
    )


def _add(difference: dict[Cell, int]) -> None:
    if not difference:
        return
    hours = [hour for _metric, hour, _key in difference]
    rows = HourlyCount.objects.filter(hour__gte=min(hours), hour__lte=max(hours))
    standing = {(r.metric, r.hour, r.key): r for r in rows}
    kept, empty = [], []
    for (metric, hour, key), more in difference.items():
        row = standing.get((metric, hour, key))
        n = (row.n if row else 0) + more
        if n > 0:
            kept.append(HourlyCount(metric=metric, hour=hour, key=key, n=n))
        elif row is not None:
            empty.append(row.pk)
    HourlyCount.objects.filter(pk__in=empty).delete()
    HourlyCount.objects.bulk_create(
        kept,
        update_conflicts=True,
        unique_fields=["metric", "hour", "key"],
        update_fields=["n"],
        batch_size=BATCH,
    )


def _span_rows(facts: Iterable[Fact]) -> list[Span]:
    return [
        Span(
            metric=took.metric,
            at=fact.reported_at,
            key=took.key,
            seconds=took.seconds,
            source=fact.incident_id,
        )
        for fact in facts
        for took in spans(fact)
    ]


def _alarm_rows(times: Iterable[tuple[int, datetime, datetime | None]]) -> list[Span]:
    return [
        Span(
            metric=ALARM_SPAN,
            at=raised,
            seconds=None if reached is None else (reached - raised).total_seconds(),
            source=alarm,
        )
        for alarm, raised, reached in times
    ]


def _keep_spans(facts: list[Fact]) -> None:
    rows = _span_rows(facts)
    due = {(row.metric, row.source) for row in rows}
    standing = Span.objects.filter(
        metric__in=INCIDENT_SPANS, source__in=[fact.incident_id for fact in facts]
    )
    gone = [row.pk for row in standing if (row.metric, row.source) not in due]
    if gone:
        Span.objects.filter(pk__in=gone).delete()
    _upsert_spans(rows)


def _upsert_spans(rows: list[Span]) -> None:
    Span.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["metric", "source"],
        update_fields=["at", "key", "seconds"],
        batch_size=BATCH,
    )
