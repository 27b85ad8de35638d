"""Years of closed matters for `growth.py`: copies of a demo city's own matters, moved back in time.

Only here is SQL written past the rooms' doors: a million matters by the doors would take hours.
Each copy is the whole of a few hundred matters one day earlier, with reports, status changes,
journal entries, orders, calls, offers and roll-ups, so that every table grows as it would.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from django.db import connection, models, transaction

from maplebridge.dispatch.models import (
    Call,
    DispatchChange,
    FirstArrival,
    Offer,
    PreHandling,
    SentinelAlarm,
)
from maplebridge.incidents.api import OPEN, State, import_history
from maplebridge.incidents.events import IncidentStateChanged
from maplebridge.incidents.models import (
    Incident,
    Report,
    SceneReport,
    StatusChange,
    SurveyAnswer,
)
from maplebridge.indicators.api import rebuild
from maplebridge.indicators.models import Counted, HourlyCount, Span
from maplebridge.kernel.actor import SYSTEM
from maplebridge.kernel.clock import local_day, now
from maplebridge.kernel.crypto import suite
from maplebridge.kernel.jobs.models import Job
from maplebridge.kernel.journal import head
from maplebridge.kernel.journal.models import JournalEntry, JournalSeal, SubscriberCursor
from maplebridge.kernel.journal.subscribers import deliver_all
from maplebridge.orders.models import Order
from maplebridge.teams.models import Sentinel
from maplebridge.twin.city import generate_city, history_seed
from maplebridge.twin.past.matters import past_incident

SEED = 330399  # the demo city's, so that volunteers and units are the same
STRIDE = 100_000  # more than any id of the small city; a copy's ids are n strides away
COPIES = 40  # a statement; a transaction of its own, as in life
SEALED = 2_000  # entries a seal
MOST_JOBS = 400_000  # done ones are swept after a week, so their number has a ceiling
TEMPLATE = "growth_template"
BENCH = SYSTEM("growth")
Said = Mapping[str, str]  # column → SQL


def _postgres() -> bool:
    return connection.vendor == "postgresql"


def _copies(first: int, last: int) -> str:
    """A row source `c(n)`."""
    if _postgres():
        return f"generate_series({first}, {last}) AS c(n)"
    return (
        f"(WITH RECURSIVE c(n) AS (SELECT {first} UNION ALL SELECT n + 1 FROM c WHERE n < {last}) "  # noqa: S608  numbers
        "SELECT n FROM c) AS c"
    )


def _earlier(column: str) -> str:
    """A time n days before; NULL stays NULL."""
    if _postgres():
        return f"s.{column} - c.n * interval '1 day'"
    return f"strftime('%Y-%m-%d %H:%M:%f', s.{column}, '-' || c.n || ' days') || '000'"


def _object(pairs: Said) -> str:
    parts = ", ".join(f"'{name}', {sql}" for name, sql in pairs.items())
    return f"jsonb_build_object({parts})" if _postgres() else f"json_object({parts})"


def _padded(sql: str, width: int) -> str:
    return f"lpad(({sql})::text, {width}, '0')" if _postgres() else f"printf('%0{width}d', {sql})"


def _run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


COPIED: tuple[type[models.Model], ...] = (
    Incident, Report, StatusChange, SceneReport, SurveyAnswer, Call, Offer, DispatchChange,
    FirstArrival, Counted,
)  # fmt: skip
MOVED = (Incident, Call, Offer)  # others point at them, so their ids are set and not drawn


def _column(model: type[models.Model], column: models.Field[Any, Any]) -> str | None:
    """What a copied row says in one column; None leaves it to the database."""
    name = str(column.column)
    if isinstance(column, models.ForeignKey):  # also one that is the primary key
        return f"s.{name} + c.n * {STRIDE}" if column.related_model in MOVED else f"s.{name}"
    if column.primary_key:
        return f"s.{name} + c.n * {STRIDE}" if model in MOVED else None
    if isinstance(column, models.DateTimeField):
        return _earlier(name)
    if model is Incident and name == "code":
        return "'Z' || " + _padded("c.n * 2000 + s.id % 2000", 8)
    if model is Incident and name == "intake_key":
        return "s.intake_key || '~' || c.n"
    return f"s.{name}"


def _source(model: type[models.Model]) -> str:
    """Which rows of the small city are copied: those of its closed matters."""
    chosen = f"SELECT id FROM {TEMPLATE}"  # noqa: S608  our name
    calls = f"SELECT id FROM {Call._meta.db_table} WHERE incident_id IN ({chosen})"  # noqa: S608
    if model is Incident:
        return f"s.id IN ({chosen})"
    if model in (Offer, DispatchChange):
        return f"s.call_id IN ({calls})"
    return f"s.incident_id IN ({chosen})"


def _copy(model: type[models.Model], first: int, last: int) -> None:
    said = {str(f.column): _column(model, f) for f in model._meta.concrete_fields}
    _insert(model, {k: v for k, v in said.items() if v is not None}, first, last, _source(model))


def _insert(
    model: type[models.Model],
    said: Said,
    first: int,
    last: int,
    where: str,
    source: type[models.Model] | None = None,
) -> None:
    quoted = ", ".join(connection.ops.quote_name(name) for name in said)
    table, rows = model._meta.db_table, (source or model)._meta.db_table
    _run(
        f"INSERT INTO {table} ({quoted}) SELECT {', '.join(said.values())} "  # noqa: S608
        f"FROM {rows} AS s CROSS JOIN {_copies(first, last)} WHERE {where} ORDER BY c.n DESC"
    )


def _copy_batch(first: int, last: int) -> None:
    """Some copies of everything, in one transaction."""
    with transaction.atomic():
        for model in COPIED:
            _copy(model, first, last)
        _insert_orders(first, last)
        _insert_pre_handlings(first, last)
        _insert_spans(first, last)
        _insert_hours(first, last)
        _insert_entries(first, last)


def _insert_orders(first: int, last: int) -> None:
    at, empty = _earlier("reported_at"), "''"
    said = {
        "incident_id": f"s.id + c.n * {STRIDE}", "agency_code": "s.lead_agency", "part": "'lead'",
        "mandatory": "true", "state": "'answered'", "issued_at": at, "accept_by": at,
        "due_at": at, "promised_at": at, "answered_at": at, "answer": "'done'",
        "return_reason": empty, "names_agency": empty, "returns": "0", "urged": "0",
    }  # fmt: skip
    _insert(Order, said, first, last, f"{_source(Incident)} AND s.lead_agency <> ''", Incident)


def _insert_pre_handlings(first: int, last: int) -> None:
    at = _earlier("offered_at")
    said = {
        "offer_id": f"s.id + c.n * {STRIDE}", "did": "'[\"calm\"]'", "injuries": "'none'",
        "wishes": "''", "evidence": "''", "handed_at": at, "taken_at": at,
    }  # fmt: skip
    helped = f"{_source(Offer)} AND s.state = 'done' AND s.volunteer_id IS NOT NULL"
    _insert(PreHandling, said, first, last, helped, Offer)


def _insert_spans(first: int, last: int) -> None:
    said = {
        "metric": "s.metric", "at": _earlier("at"), "key": "s.key", "seconds": "s.seconds",
        "source": f"s.source + c.n * {STRIDE}",
    }  # fmt: skip
    chosen = f"s.metric <> 'half_minute' AND s.source IN (SELECT id FROM {TEMPLATE})"  # noqa: S608
    _insert(Span, said, first, last, chosen)


def _insert_hours(first: int, last: int) -> None:
    """Counts of the hours the copies fall in; neighbouring copies share hours."""
    table, hour = HourlyCount._meta.db_table, _earlier("hour")
    _run(
        f"INSERT INTO {table} (metric, hour, key, n) SELECT s.metric, {hour}, s.key, sum(s.n) "  # noqa: S608
        f"FROM growth_hours AS s CROSS JOIN {_copies(first, last)} WHERE true GROUP BY 1, 2, 3 "
        f"ON CONFLICT (metric, hour, key) DO UPDATE SET n = {table}.n + excluded.n"
    )


def _insert_entries(first: int, last: int) -> None:
    """One journal entry a status change, as when they happened one by one."""
    said = {
        "incident_id": f"s.incident_id + c.n * {STRIDE}", "code": "'Z00000000'",
        "verb": "s.verb", "from_state": "s.from_state", "to_state": "s.to_state",
        "category": "s.category", "urgency": "s.urgency",
    }  # fmt: skip
    columns = {
        "at": _earlier("at"), "kind": f"'{IncidentStateChanged.KIND}'",
        "version": str(IncidentStateChanged.VERSION), "actor_kind": "'person'",
        "actor_role": "'dispatcher'", "channel": "'web'", "topics": "'[\"desk\",\"wall\"]'",
        "data": _object(said),
    }  # fmt: skip
    _insert(JournalEntry, columns, first, last, _source(StatusChange), StatusChange)


def prepare(open_matters: int) -> None:
    """The small city with its roll-ups counted, and open matters by the rooms' own door."""
    while deliver_all():
        pass
    _add_open(open_matters)
    while deliver_all():
        pass
    rebuild()
    _run(f"DROP TABLE IF EXISTS {TEMPLATE}")
    _run(
        f"CREATE TABLE {TEMPLATE} AS SELECT id FROM {Incident._meta.db_table} "  # noqa: S608
        "WHERE state = 'closed' AND intake_key LIKE 'history:%'"
    )
    _run("DROP TABLE IF EXISTS growth_hours")
    _run(
        f"CREATE TABLE growth_hours AS SELECT metric, hour, key, n FROM {HourlyCount._meta.db_table} "  # noqa: S608, E501
        f"WHERE hour >= (SELECT min(reported_at) FROM {Incident._meta.db_table} "
        "WHERE intake_key LIKE 'history:%')"
    )


def _add_open(wanted: int) -> None:
    """Matters of the last weeks, each cut off at one of its earlier steps, with their orders."""
    at = now()
    past = history_seed(generate_city(SEED), local_day(at), 90, SEED + 1)
    cut = []
    for number, one in enumerate(past):
        whole = past_incident(one, at)
        kept = [step for step in whole.steps if step.to_state in OPEN]
        kept = kept[: 1 + number % max(1, len(kept))]
        cut.append(
            dataclasses.replace(
                whole, key=f"open:{number}", steps=tuple(kept), outcome="", answer="",
                answered_at=None,
            )
        )  # fmt: skip
        if len(cut) == wanted:
            break
    import_history(cut, actor=BENCH)
    rows = Incident.objects.filter(intake_key__startswith="open:").exclude(lead_agency="")
    later = timedelta(hours=2)
    Order.objects.bulk_create(
        Order(
            incident=row, agency_code=row.lead_agency, part="lead", issued_at=row.reported_at,
            accept_by=row.reported_at + later, due_at=row.reported_at + later,
            promised_at=row.reported_at + later,
        )
        for row in rows
    )  # fmt: skip


def grow(wanted: int) -> int:
    """Copies until about `wanted` closed matters are there; how many are."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {TEMPLATE}")  # noqa: S608
        one = int(cursor.fetchone()[0])
        cursor.execute(
            f"SELECT coalesce(max(id), 0) / {STRIDE} FROM {Incident._meta.db_table}"  # noqa: S608
        )
        done = int(cursor.fetchone()[0])
    goal = max(done, wanted // one)
    for first in range(done + 1, goal + 1, COPIES):
        _copy_batch(first, min(goal, first + COPIES - 1))
    _settle(goal * one)
    return (goal + 1) * one


def _settle(closed: int) -> None:
    """What a running installation has done by then: read, sealed, swept, counted its rows."""
    _done_jobs(min(closed, MOST_JOBS))
    _add_alarms()
    if _postgres():
        for table in (Incident, Call, Offer):
            name = table._meta.db_table
            _run(
                f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), "  # noqa: S608
                f"(SELECT max(id) FROM {name}))"
            )
    newest = head()
    SubscriberCursor.objects.update(xact=newest.xact, entry=newest.id)
    JournalSeal.objects.all().delete()
    blank = bytes(40 * SEALED)
    seals = [
        JournalSeal(
            suite=suite().mark, count=SEALED, leaves=blank, root="0" * 64, chain="0" * 64,
            last_xact=newest.xact, last_id=newest.id, sealed_at=now(),
        )
        for _batch in _batches(JournalEntry.objects.count())
    ]  # fmt: skip
    JournalSeal.objects.bulk_create(seals, batch_size=100)
    _run("VACUUM ANALYZE" if _postgres() else "ANALYZE")


def _batches(entries: int) -> Iterator[int]:
    return iter(range(0, entries + 1, SEALED))


def _done_jobs(wanted: int) -> None:
    """Jobs of the last week, all done."""
    there = Job.objects.exclude(done_at=None).count()
    if wanted <= there:
        return
    at = "now() - c.n * interval '1 second'" if _postgres() else (
        "strftime('%Y-%m-%d %H:%M:%f', 'now', '-' || c.n || ' seconds') || '000'"
    )  # fmt: skip
    _run(
        f"INSERT INTO {Job._meta.db_table} (name, payload, key, run_at, attempts, done_at, error) "  # noqa: S608
        f"SELECT 'incidents.suggest', '{{}}', 'growth:' || c.n, {at}, 1, {at}, '' "
        f"FROM {_copies(there + 1, wanted)}"
    )


def _add_alarms() -> None:
    """Closed alarms of some sentinels, a few a month for years."""
    chosen = Incident.objects.filter(state=State.CLOSED).order_by("pk")[:1].get()
    at = now()
    rows = (
        SentinelAlarm(
            key=f"growth:{guard.pk}:{n}", sentinel=guard, team_id=guard.team_id, incident=chosen,
            kind="quarrel", status="stable", state="closed",
            raised_at=at - timedelta(days=10 * n + 1), closed_at=at - timedelta(days=10 * n + 1),
        )
        for guard in Sentinel.objects.order_by("pk")[:100]
        for n in range(50)
    )  # fmt: skip
    SentinelAlarm.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)
