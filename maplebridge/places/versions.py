"""Which version of the places a process holds in memory, and when to look again.

Every write of places moves the row `PlacesVersion` to a fresh number in its own transaction. A
process asks for that number at most once every `TTL` seconds, so looking up a cell costs no SQL.
Inside a transaction the number is always asked for and never kept: the transaction may have
changed the places itself, and may still be rolled back.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

from django.db import connection, transaction

from maplebridge.places.models import PlacesVersion

TTL = 2.0  # seconds
T = TypeVar("T")


class VersionWatch:
    """The last known version number of this process."""

    def __init__(self, ttl: float = TTL, tick: Callable[[], float] = time.monotonic) -> None:
        self._ttl, self._tick = ttl, tick
        self._lock = threading.Lock()
        self._number = 0
        self._until = float("-inf")

    def current(self) -> int:
        if connection.in_atomic_block:
            return self._read()
        with self._lock:
            if self._tick() >= self._until:
                self._number = self._read()
                self._until = self._tick() + self._ttl
            return self._number

    def forget(self) -> None:
        """Look again at the next question."""
        with self._lock:
            self._until = float("-inf")

    @staticmethod
    def _read() -> int:
        # Every report of a file asks; building this query with the ORM costs ten times its run.
        table = connection.ops.quote_name(PlacesVersion._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT number FROM {table} WHERE id = 1")  # noqa: S608  ours
            row = cursor.fetchone()
        return int(row[0]) if row else 0


WATCH = VersionWatch()


def bump() -> None:
    """Call in the transaction that changes places."""
    # Random, not counted: after a rollback a counted number would come up a second time, and a
    # process that had kept the rolled-back places under it would believe they are current.
    number = secrets.randbits(62) | 1
    PlacesVersion.objects.update_or_create(id=1, defaults={"number": number})
    transaction.on_commit(WATCH.forget)


class Held(Generic[T]):
    """A value built from the places, kept until they change; safe to use from many threads."""

    def __init__(self, build: Callable[[], T], watch: VersionWatch = WATCH) -> None:
        self._build, self._watch = build, watch
        self._lock = threading.Lock()
        self._kept: tuple[int, T] | None = None

    def get(self) -> T:
        version = self._watch.current()
        kept = self._kept
        if kept is not None and kept[0] == version:
            return kept[1]
        with self._lock:  # one thread builds, the others wait for it instead of building too
            kept = self._kept
            if kept is None or kept[0] != version:
                kept = self._kept = (version, self._build())
            return kept[1]
