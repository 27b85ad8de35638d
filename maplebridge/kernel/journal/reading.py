"""Reading the journal by cursor, without ever skipping an entry that commits late.

Ids are handed out before a transaction commits, so `id > cursor` loses the entry of a slow
writer. A cursor here is (transaction, id), and a reader stops below the horizon: every
transaction below it has ended, so nothing can appear behind the cursor any more.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from django.db import connection
from django.db.models import Q

from maplebridge.kernel.capabilities import capabilities
from maplebridge.kernel.journal.events import Event, event_class
from maplebridge.kernel.journal.models import JournalEntry

_CURSOR = re.compile(r"^(\d{1,19})-(\d{1,19})$")


@dataclass(frozen=True, slots=True, order=True)
class Cursor:
    xact: int = 0
    id: int = 0

    def __str__(self) -> str:
        return f"{self.xact}-{self.id}"

    @classmethod
    def parse(cls, text: str) -> Cursor | None:
        """None for anything that is not a cursor; the caller decides where to begin then."""
        found = _CURSOR.match(text or "")
        return cls(int(found[1]), int(found[2])) if found else None


@dataclass(frozen=True, slots=True)
class Entry:
    cursor: Cursor
    at: datetime
    kind: str
    version: int
    actor_kind: str
    actor_role: str
    actor_post: int | None
    topics: tuple[str, ...]
    data: dict[str, object]

    def event(self) -> Event | None:
        """The typed event; None for a kind or shape this program does not know."""
        cls = event_class(self.kind)
        if cls is None or self.version != cls.VERSION:
            return None
        known = {column.name for column in fields(cls)}  # type: ignore[arg-type]
        return cls(**{k: v for k, v in self.data.items() if k in known})


def entry_of(row: JournalEntry) -> Entry:
    return Entry(
        cursor=Cursor(row.xact, row.id),
        at=row.at,
        kind=row.kind,
        version=row.version,
        actor_kind=row.actor_kind,
        actor_role=row.actor_role,
        actor_post=row.actor_post,
        topics=tuple(row.topics),
        data=row.data,
    )


def up_to(cursor: Cursor) -> Q:
    """The entries a reader at this cursor has read."""
    return Q(xact__lt=cursor.xact) | Q(xact=cursor.xact, id__lte=cursor.id)


def beyond(cursor: Cursor) -> Q:
    """The entries that are still before it; not the negation of `up_to`, which no index serves."""
    return Q(xact__gt=cursor.xact) | Q(xact=cursor.xact, id__gt=cursor.id)


def rows_after(cursor: Cursor, limit: int) -> Sequence[JournalEntry]:
    """Rows behind the cursor below the horizon, in order; as cheap at the end as at the start.

    Not one comparison of pairs: where `id` is the row's own number no index serves the pair, and
    every poll would read the whole journal.
    """
    horizon = capabilities().horizon
    table = connection.ops.quote_name(JournalEntry._meta.db_table)
    same = f"SELECT * FROM {table} WHERE xact = %s AND id > %s AND xact < {horizon} ORDER BY id"  # noqa: S608  ours
    later = f"SELECT * FROM {table} WHERE xact > %s AND xact < {horizon} ORDER BY xact, id"  # noqa: S608  ours
    return list(
        JournalEntry.objects.raw(
            f"SELECT * FROM ({same} LIMIT %s) AS same "  # noqa: S608  ours
            f"UNION ALL SELECT * FROM ({later} LIMIT %s) AS later ORDER BY xact, id LIMIT %s",
            [cursor.xact, cursor.id, limit, cursor.xact, limit, limit],
        )
    )


def read_after(cursor: Cursor, limit: int = 500) -> list[Entry]:
    """Entries behind the cursor in journal order, at most `limit`."""
    return [entry_of(row) for row in rows_after(cursor, limit)]


def head() -> Cursor:
    """The newest position a reader may start from without missing what commits next."""
    horizon = capabilities().horizon
    table = connection.ops.quote_name(JournalEntry._meta.db_table)
    with connection.cursor() as sql:
        sql.execute(
            f"SELECT xact, id FROM {table} WHERE xact < {horizon} "  # noqa: S608  names are ours
            "ORDER BY xact DESC, id DESC LIMIT 1"
        )
        row = sql.fetchone()
    return Cursor(int(row[0]), int(row[1])) if row else Cursor()
