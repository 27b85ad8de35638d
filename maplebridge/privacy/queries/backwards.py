"""The journal backwards: newest first, by mark, as quick at the end of millions as at the start.

One index serves the order of time, one the order of time inside a kind. A room is several kinds,
so its page is made of the newest few of each: no engine would find them by one condition.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection

from maplebridge.kernel.clock import day_bounds
from maplebridge.kernel.models import JournalEntry
from maplebridge.privacy.models import MatterEntry
from maplebridge.privacy.records import Asked, Mark

NEWEST_FIRST = "ORDER BY at DESC, id DESC LIMIT %s"
MOST_OF_A_MATTER = 900  # entries; no matter comes near, and a list of ids has its limits


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
    """Few rows: sorted here, so that no planner walks the journal looking for them."""
    ids = MatterEntry.objects.filter(matter=matter).order_by("-entry")
    held = JournalEntry.objects.in_bulk(
        list(ids.values_list("entry", flat=True)[:MOST_OF_A_MATTER])
    )
    start, end = day_bounds(asked.day) if asked.day else (None, None)
    rows = [
        row
        for row in held.values()
        if row.kind in kinds
        and (start is None or end is None or start <= row.at < end)
        and (asked.before is None or (row.at, row.id) < (asked.before.at, asked.before.id))
    ]
    return sorted(rows, key=lambda row: (row.at, row.id), reverse=True)[:limit]
