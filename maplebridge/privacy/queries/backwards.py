"""The journal backwards: newest first, by mark, as quick at the end of millions as at the start.

One index serves the order of time, one the order of time inside a kind. A room is several kinds,
so its page is made of the newest few of each: no engine would find them by one condition.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import CharField, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from maplebridge.incidents.models import Incident
from maplebridge.kernel.clock import day_bounds
from maplebridge.kernel.models import JournalEntry
from maplebridge.privacy.models import MatterEntry
from maplebridge.privacy.records import Asked, Mark

NEWEST_FIRST = "ORDER BY at DESC, id DESC LIMIT %s"
CHUNK = 900  # ids in one statement: a list of them has its limits


def kinds_present() -> list[str]:
    """The kinds that occur, one index look-up each; also those this program no longer knows."""
    table = connection.ops.quote_name(JournalEntry._meta.db_table)
    with connection.cursor() as sql:
        sql.execute(
            f"WITH RECURSIVE held(kind) AS (SELECT MIN(kind) FROM {table} UNION ALL "  # noqa: S608  ours
            f"SELECT (SELECT MIN(kind) FROM {table} WHERE kind > held.kind) FROM held "
            "WHERE held.kind IS NOT NULL) SELECT kind FROM held WHERE kind IS NOT NULL"
        )
        return [str(row[0]) for row in sql.fetchall()]


def entries(asked: Asked, kinds: Sequence[str], limit: int) -> list[JournalEntry]:
    """At most `limit` entries, newest first; `kinds` are those that occur."""
    wanted = [kind for kind in kinds if _fits(kind, asked)]
    if asked.incident_id is not None:
        return _of_matter(asked.incident_id, asked, wanted, limit)
    if (asked.kind or asked.room) and not wanted:
        return []
    parts = [(kind,) for kind in wanted] if asked.kind or asked.room else [()]
    sql, params = statement(parts, asked.day, asked.before, limit)
    return list(JournalEntry.objects.raw(sql, params))


def of_station(kind: str, day: date | None, station_id: int, limit: int) -> list[JournalEntry]:
    """The newest of one kind whose matter belongs to a station."""
    here = Incident.objects.filter(station_id=station_id)
    # As words: an entry somebody meddled with may hold no number there, and must not stop the page.
    codes = here.annotate(said=Cast("pk", CharField())).values("said")
    rows = _within(JournalEntry.objects.filter(kind=kind), Asked(day=day))
    known = rows.annotate(matter=KeyTextTransform("incident_id", "data"))
    return list(known.filter(matter__in=codes).order_by("-at", "-id")[:limit])


def _fits(kind: str, asked: Asked) -> bool:
    if asked.kind:
        return kind == asked.kind
    return not asked.room or kind.startswith(f"{asked.room}.")


def statement(
    parts: Sequence[Sequence[str]], day: date | None, before: Mark | None, limit: int
) -> tuple[str, list[Any]]:
    """One SELECT for each kind, or one for all of them, each stopping after `limit` rows."""
    table = connection.ops.quote_name(JournalEntry._meta.db_table)
    selects: list[str] = []
    params: list[Any] = []
    for kinds in parts:
        where, given = _conditions(kinds, day, before)
        selects.append(f"SELECT * FROM {table}{where} {NEWEST_FIRST}")  # noqa: S608  ours
        params += [*given, limit]
    if len(selects) == 1:
        return selects[0], params
    united = " UNION ALL ".join(
        f"SELECT * FROM ({select}) AS part{n}"  # noqa: S608  ours
        for n, select in enumerate(selects)
    )
    return f"{united} {NEWEST_FIRST}", [*params, limit]


def _conditions(
    kinds: Sequence[str], day: date | None, before: Mark | None
) -> tuple[str, list[Any]]:
    said: list[str] = ["kind = %s" for _kind in kinds]
    params: list[Any] = list(kinds)
    if day is not None:
        start, end = day_bounds(day)
        said.append("at >= %s AND at < %s")
        params += [_bind(start), _bind(end)]
    if before is not None:
        # Not a comparison of pairs: where id is the row's own number no index serves the pair.
        said.append("at <= %s AND NOT (at = %s AND id >= %s)")
        params += [_bind(before.at), _bind(before.at), before.id]
    return (" WHERE " + " AND ".join(said) if said else ""), params


def _bind(at: datetime) -> object:
    return connection.ops.adapt_datetimefield_value(at)


def _of_matter(matter: int, asked: Asked, kinds: Sequence[str], limit: int) -> list[JournalEntry]:
    """Looked up by id and sorted here, so that no planner walks the journal looking for them.

    All that speak of the matter are asked for their kind: positions by the thousand must not push
    the reading of a contact out of sight.
    """
    about = MatterEntry.objects.filter(matter=matter).order_by("-entry")
    ids = list(about.values_list("entry", flat=True))
    held: list[tuple[datetime, int]] = []
    for start in range(0, len(ids), CHUNK):
        rows = JournalEntry.objects.filter(pk__in=ids[start : start + CHUNK])
        if asked.kind or asked.room:
            rows = rows.filter(kind__in=kinds)
        held += _within(rows, asked).values_list("at", "id")
    newest = sorted(held, reverse=True)[:limit]
    found = JournalEntry.objects.in_bulk([entry for _at, entry in newest])
    return [found[entry] for _at, entry in newest if entry in found]


def _within(rows: QuerySet[JournalEntry], asked: Asked) -> QuerySet[JournalEntry]:
    """Of the day, and older than the mark."""
    if asked.day is not None:
        start, end = day_bounds(asked.day)
        rows = rows.filter(at__gte=start, at__lt=end)
    if asked.before is not None:
        mark = asked.before
        rows = rows.filter(Q(at__lt=mark.at) | Q(at=mark.at, id__lt=mark.id))
    return rows
