"""The one reader of the journal in this process: a thread with a database connection of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

import structlog
from django.db import Error as DatabaseError
from django.db import connection

from maplebridge.kernel import journal
from maplebridge.kernel.clock import now
from maplebridge.kernel.journal import Cursor, Entry
from maplebridge.live.frames import Frame, frame_of

log = structlog.get_logger(__name__)
BATCH = 500
POLL_SECONDS = 0.2
AWAY_SECONDS = 1.0  # between tries while the database is away


class Source(Protocol):
    """Where entries come from: the journal, or a fake in tests and benchmarks."""

    def head(self) -> Cursor: ...

    def read_after(self, cursor: Cursor, limit: int) -> Sequence[Entry]: ...

    def release(self) -> None:
        """Let go of what this thread holds; after a failure, and when done."""


class JournalSource:
    def head(self) -> Cursor:
        return journal.head()

    def read_after(self, cursor: Cursor, limit: int) -> Sequence[Entry]:
        return journal.read_after(cursor, limit)

    def release(self) -> None:
        connection.close()


class Listener(Protocol):
    """What the tailer tells; called in the tailer's thread."""

    def began(self, at: Cursor) -> None: ...

    def arrived(self, frames: list[Frame]) -> None: ...

    def lost(self, since: datetime) -> None: ...

    def found(self, at: datetime) -> None: ...


class Tailer:
    """Reads on from its cursor for ever; survives the loss of the database."""

    def __init__(
        self, source: Source, listener: Listener, *, poll_seconds: float = POLL_SECONDS
    ) -> None:
        self._source = source
        self._listener = listener
        self._poll = poll_seconds
        self._stop = threading.Event()
        self._cursor: Cursor | None = None
        self._away = False
        self._read_at = now()  # of the last successful look
        self._thread = threading.Thread(target=self._run, name="journal-tailer", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()

    def join(self, seconds: float) -> None:
        self._thread.join(seconds)

    def _run(self) -> None:
        try:
            while not self._stop.is_set():
                self._stop.wait(self._guarded(self._turn))
        finally:
            self._source.release()

    def _guarded(self, turn: Callable[[], float]) -> float:
        """One turn; how long to wait before the next."""
        try:
            wait = turn()
        except DatabaseError:
            if not self._away:
                log.warning("journal_away")
                self._away = True
                self._listener.lost(self._read_at)
            self._source.release()
            return AWAY_SECONDS
        self._read_at = now()
        if self._away:
            log.info("journal_back")
            self._away = False
            self._listener.found(self._read_at)
        return wait

    def _turn(self) -> float:
        if self._cursor is None:
            self._cursor = self._source.head()
            self._listener.began(self._cursor)
        entries = self._source.read_after(self._cursor, BATCH)
        if entries:
            self._listener.arrived([frame_of(entry) for entry in entries])
            self._cursor = entries[-1].cursor
        return 0.0 if len(entries) == BATCH else self._poll
