"""An entry of the journal as bytes on the wire, made once for every listener.

id: <cursor>
event: <room>
data: {"kind": …, …the entry's data…, "at": …}
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from maplebridge.kernel.journal import Cursor, Entry
from maplebridge.live.policies import Watch

RETRY_MS = 2000
BEAT = b": beat\n\n"


@dataclass(frozen=True, slots=True)
class Frame:
    cursor: Cursor
    topics: frozenset[str]
    full: bytes
    bare: bytes  # the kind and the time only

    def for_watch(self, watch: Watch) -> bytes:
        """The bytes this watch may hear; empty when it does not listen to the entry."""
        if not self.topics.isdisjoint(watch.full):
            return self.full
        return b"" if self.topics.isdisjoint(watch.bare) else self.bare


def frame_of(entry: Entry) -> Frame:
    at = entry.at.isoformat(timespec="milliseconds")
    bare = {"kind": entry.kind, "at": at}
    # "kind" says which event it is; an event's own field of that name moves aside.
    data = {("kind_" if name == "kind" else name): value for name, value in entry.data.items()}
    return Frame(
        cursor=entry.cursor,
        topics=frozenset(entry.topics),
        full=event_bytes(entry.kind, {"kind": entry.kind, "at": at, **data}, entry.cursor),
        bare=event_bytes(entry.kind, bare, entry.cursor),
    )


def event_bytes(name: str, data: Mapping[str, object], cursor: Cursor | None = None) -> bytes:
    """One server-sent event; the client keeps the cursor as its Last-Event-ID."""
    head = f"id: {cursor}\n" if cursor is not None else ""
    said = json.dumps(data, separators=(",", ":"), ensure_ascii=False)
    return f"{head}event: {name}\ndata: {said}\n\n".encode()


def opening(cursor: Cursor) -> bytes:
    """The first bytes of a stream: how soon to come back, and from where."""
    return f"retry: {RETRY_MS}\nid: {cursor}\n\n".encode()


def beat(cursor: Cursor) -> bytes:
    """A sign of life that also moves the client's cursor past what was not for it."""
    return f": beat\nid: {cursor}\n\n".encode()


def reset(cursor: Cursor) -> bytes:
    """Too much was missed: read the page again and go on from here."""
    return event_bytes("reset", {"cursor": str(cursor)}, cursor)


def stale(since: str) -> bytes:
    return event_bytes("stale", {"since": since})


def fresh(at: str) -> bytes:
    return event_bytes("fresh", {"at": at})
