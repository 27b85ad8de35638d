"""Helpers of the stream's tests: a journal in memory, and a listener that reads what was sent."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db import OperationalError

from maplebridge.kernel.journal import Cursor, Entry
from maplebridge.live.connection import Connection
from maplebridge.live.policies import Watch

DESK = Watch(full=frozenset({"desk"}))
AT = datetime(2026, 7, 14, 1, 30, tzinfo=UTC)


def entry(number: int, *topics: str, kind: str = "incidents.report_received") -> Entry:
    return Entry(
        cursor=Cursor(0, number),
        at=AT,
        kind=kind,
        version=1,
        actor_kind="system",
        actor_role="system:test",
        actor_post=None,
        topics=topics or ("desk",),
        data={"incident_id": number, "code": f"C{number}"},
    )


class MemoryJournal:
    """A journal in memory that can be slow, or away."""

    def __init__(self, entries: Iterable[Entry] = (), *, read_seconds: float = 0.0) -> None:
        self._entries = list(entries)
        self._lock = threading.Lock()
        self.read_seconds = read_seconds
        self.away = False
        self.reads = 0

    def append(self, *topics: str) -> Entry:
        with self._lock:
            added = entry(len(self._entries) + 1, *topics)
            self._entries.append(added)
        return added

    def head(self) -> Cursor:
        self._maybe_away()
        with self._lock:
            return self._entries[-1].cursor if self._entries else Cursor()

    def read_after(self, cursor: Cursor, limit: int) -> Sequence[Entry]:
        self._maybe_away()
        time.sleep(self.read_seconds)
        with self._lock:
            self.reads += 1
            return self._entries[cursor.id : cursor.id + limit]

    def release(self) -> None:
        """Nothing is held."""

    def _maybe_away(self) -> None:
        if self.away:
            raise OperationalError("the database is away")


@dataclass
class Heard:
    """What came out of one stream, parsed as a browser would."""

    raw: bytearray = field(default_factory=bytearray)

    async def write(self, payload: bytes) -> None:
        self.raw += payload

    def events(self) -> list[tuple[str, str, dict[str, Any]]]:
        """(id, event, data) of every event with data."""
        found = []
        for block in bytes(self.raw).decode().split("\n\n"):
            lines = dict(
                line.split(": ", 1) for line in block.split("\n") if line and line[0] != ":"
            )
            if "data" in lines:
                found.append((lines.get("id", ""), lines["event"], json.loads(lines["data"])))
        return found

    def numbers(self) -> list[int]:
        """The numbers of the incidents that were heard, in order."""
        return [data["incident_id"] for _id, _event, data in self.events() if "incident_id" in data]

    def names(self) -> list[str]:
        return [name for _id, name, _data in self.events()]


async def until(condition: Callable[[], bool], seconds: float = 5.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        await asyncio.sleep(0.005)


def pumped(connection: Connection, heard: Heard) -> asyncio.Task[Any]:
    return asyncio.get_running_loop().create_task(connection.pump(heard.write))
