"""One hub per process: it hears every entry once and hands the same bytes to every listener.

All state below is touched in the event loop only. A listener joins between two batches, so it
cannot miss or repeat one:

1. It is at the hub's position: it hears from the next batch on.
2. It is behind: it is put on the live list first, at position P; what lies between its cursor
   and P is read from memory or from the journal and put in front of its queue.
3. It is ahead (its page was read a moment later than the hub's last look): it is put on the
   live list, and entries up to its cursor are left out until the hub has passed it.
"""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Callable, Sequence
from datetime import datetime

from asgiref.sync import sync_to_async

from maplebridge.kernel.errors import Unavailable
from maplebridge.kernel.journal import Cursor
from maplebridge.live import frames
from maplebridge.live.connection import Connection, Ending
from maplebridge.live.frames import Frame, frame_of
from maplebridge.live.policies import Watch
from maplebridge.live.tailer import POLL_SECONDS, JournalSource, Source, Tailer

RING = 5_000  # newest frames kept in memory, so that a crowd coming back asks no database
MOST_REPLAYED = 5_000  # entries looked at for one listener that was away; beyond it, reset
PAGE = 500
BEAT_SECONDS = 5.0  # pages call themselves stale after ten seconds of silence
READY_SECONDS = 3.0


class Lane:
    """All listeners with the same watch; each batch is put together once for them."""

    __slots__ = ("ahead", "level", "watch")

    def __init__(self, watch: Watch) -> None:
        self.watch = watch
        self.level: set[Connection] = set()
        self.ahead: set[Connection] = set()

    def deliver(self, batch: Sequence[Frame]) -> None:
        payload = b"".join(frame.for_watch(self.watch) for frame in batch)
        if payload:
            for connection in self.level:
                connection.push(payload)

    def deliver_ahead(self, batch: Sequence[Frame]) -> None:
        for connection in list(self.ahead):
            assert connection.after is not None
            after = connection.after
            said = b"".join(f.for_watch(self.watch) for f in batch if f.cursor > after)
            if said:
                connection.push(said)
            if batch[-1].cursor >= after:
                connection.after = None
                self.ahead.discard(connection)
                self.level.add(connection)


class Hub:
    """Keeps the listeners; `start` and `stop` run in the loop that owns it."""

    def __init__(
        self,
        source: Source | None = None,
        *,
        ring: int = RING,
        most_replayed: int = MOST_REPLAYED,
        poll_seconds: float = POLL_SECONDS,
        beat_seconds: float = BEAT_SECONDS,
    ) -> None:
        self.source = source or JournalSource()
        self.position = Cursor()  # of the newest entry handed out
        self.stale_since: str | None = None
        self.joined = 0  # since the start
        self.dropped = 0  # listeners that were too slow
        self._most_replayed = most_replayed
        self._ring: deque[Frame] = deque(maxlen=ring)
        self._floor = Cursor()  # the ring holds everything after it
        self._lanes: dict[Watch, Lane] = {}
        self._by_topic: dict[str, set[Lane]] = {}
        self._connections: set[Connection] = set()
        self._beat_seconds = beat_seconds
        self._ready = asyncio.Event()
        self._stopped = False
        self._loop = asyncio.get_running_loop()
        self._tailer = Tailer(self.source, self, poll_seconds=poll_seconds)
        self._beating: asyncio.Task[None] | None = None

    # --- life -------------------------------------------------------------------------------

    def start(self) -> None:
        self._tailer.start()
        self._beating = self._loop.create_task(self._beat())

    def close_all(self, ending: Ending = Ending.STOP) -> None:
        """End every stream now; a server that stops waits for its open responses."""
        self._stopped = True
        for connection in list(self._connections):
            connection.close(ending)

    async def stop(self) -> None:
        self.close_all()
        self._tailer.stop()
        if self._beating is not None:
            self._beating.cancel()
        await self._loop.run_in_executor(None, self._tailer.join, 3.0)

    @property
    def listeners(self) -> int:
        return len(self._connections)

    # --- joining ----------------------------------------------------------------------------

    async def join(self, connection: Connection, after: Cursor | None) -> None:
        """Put a listener on the live list, with everything it missed since `after` in front."""
        await self._until_ready()
        head = await self._head_if_ahead(after)
        # From here to the first await nothing else runs: position and live list agree.
        start, missed, lost = self.position, b"", False
        if after is not None and head is not None and after > max(head, start):
            lost = True  # a cursor of another journal
        elif after is not None and after > start:
            connection.after = start = after
        elif after is not None and after < start:
            if after >= self._floor:
                missed = self._from_ring(after, connection.watch)
            else:
                self._enter(connection)
                said = await self._from_journal(after, start, connection.watch)
                missed, lost = said or b"", said is None
        self._enter(connection)
        first = frames.opening(start if after is None or lost else after)
        if lost:
            first += frames.reset(start)
        connection.push_first(first + missed)

    async def _until_ready(self) -> None:
        try:
            await asyncio.wait_for(self._ready.wait(), READY_SECONDS)
        except TimeoutError:
            raise Unavailable("stream.not_ready") from None
        if self._stopped:
            raise Unavailable("stream.stopping")
        if self.stale_since is not None:
            raise Unavailable("stream.database")

    async def _head_if_ahead(self, after: Cursor | None) -> Cursor | None:
        if after is None or after <= self.position:
            return None
        return await sync_to_async(self._read_head, thread_sensitive=False)()

    def _read_head(self) -> Cursor:
        try:
            return self.source.head()
        finally:
            self.source.release()

    def _enter(self, connection: Connection) -> None:
        if connection in self._connections or connection.ending is not None:
            return
        lane = self._lanes.get(connection.watch)
        if lane is None:
            lane = self._lanes[connection.watch] = Lane(connection.watch)
            for topic in connection.watch.topics:
                self._by_topic.setdefault(topic, set()).add(lane)
        (lane.level if connection.after is None else lane.ahead).add(connection)
        self._connections.add(connection)
        self.joined += 1

    def leave(self, connection: Connection) -> None:
        """Forget a listener; leaving twice is leaving once."""
        self._connections.discard(connection)
        if connection.ending is Ending.SLOW:
            self.dropped += 1
        lane = self._lanes.get(connection.watch)
        if lane is None:
            return
        lane.level.discard(connection)
        lane.ahead.discard(connection)
        if not lane.level and not lane.ahead:
            del self._lanes[lane.watch]
            for topic in lane.watch.topics:
                self._by_topic[topic].discard(lane)
                if not self._by_topic[topic]:
                    del self._by_topic[topic]

    # --- what was missed --------------------------------------------------------------------

    def _from_ring(self, after: Cursor, watch: Watch) -> bytes:
        newest: list[bytes] = []
        for frame in reversed(self._ring):
            if frame.cursor <= after:
                break
            newest.append(frame.for_watch(watch))
        return b"".join(reversed(newest))

    async def _from_journal(self, after: Cursor, until: Cursor, watch: Watch) -> bytes | None:
        """Entries in (after, until] for this watch; None when there are too many."""
        read = sync_to_async(self._read_between, thread_sensitive=False)
        return await read(after, until, watch)

    def _read_between(self, after: Cursor, until: Cursor, watch: Watch) -> bytes | None:
        said: list[bytes] = []
        seen = 0
        try:
            while after < until:
                page = self.source.read_after(after, PAGE)
                between = [entry for entry in page if entry.cursor <= until]
                seen += len(between)
                if seen > self._most_replayed:
                    return None
                said += [frame_of(entry).for_watch(watch) for entry in between]
                if not page:
                    break
                after = page[-1].cursor
            return b"".join(said)
        finally:
            self.source.release()

    # --- live: called by the tailer's thread, carried into the loop ---------------------------

    def began(self, at: Cursor) -> None:
        self._post(self._begin, at)

    def arrived(self, batch: list[Frame]) -> None:
        """Hands a batch over and waits, so that a burst cannot outrun the loop."""
        done = threading.Event()
        if self._post(self._deliver, batch, done):
            done.wait(5.0)

    def lost(self, since: datetime) -> None:
        self._post(self._mark_stale, since)

    def found(self, at: datetime) -> None:
        self._post(self._mark_fresh, at)

    def _post(self, callback: Callable[..., None], *said: object) -> bool:
        try:
            self._loop.call_soon_threadsafe(callback, *said)
        except RuntimeError:  # the loop has ended before us
            self._tailer.stop()
            return False
        return True

    def _begin(self, at: Cursor) -> None:
        self.position = self._floor = at
        self._ready.set()

    def _deliver(self, batch: list[Frame], done: threading.Event) -> None:
        for lane, heard in self._sorted(batch).items():
            lane.deliver(heard)
        for lane in list(self._lanes.values()):
            if lane.ahead:
                lane.deliver_ahead(batch)
        self._remember(batch)
        self.position = batch[-1].cursor
        self._loop.call_soon(done.set)

    def _remember(self, batch: list[Frame]) -> None:
        held = len(self._ring)
        overflow = held + len(batch) - (self._ring.maxlen or 0)
        if overflow > 0:
            last_gone = self._ring[overflow - 1] if overflow <= held else batch[overflow - held - 1]
            self._floor = last_gone.cursor
        self._ring.extend(batch)

    def _sorted(self, batch: list[Frame]) -> dict[Lane, list[Frame]]:
        """Frames per lane, so that five thousand followers of other matters cost nothing."""
        found: dict[Lane, list[Frame]] = {}
        for frame in batch:
            lanes: set[Lane] = set()
            for topic in frame.topics:
                lanes |= self._by_topic.get(topic, set())
            for lane in lanes:
                found.setdefault(lane, []).append(frame)
        return found

    def _mark_stale(self, since: datetime) -> None:
        self.stale_since = since.isoformat(timespec="seconds")
        self._tell_all(frames.stale(self.stale_since))

    def _mark_fresh(self, at: datetime) -> None:
        self.stale_since = None
        self._tell_all(frames.fresh(at.isoformat(timespec="seconds")))

    def _tell_all(self, payload: bytes) -> None:
        for connection in self._connections:
            connection.push(payload)

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(self._beat_seconds)
            if self.stale_since is not None:
                continue  # silence is the truth: nobody can say that nothing happened
            moving = frames.beat(self.position)
            for connection in self._connections:
                if connection.idle:
                    connection.push(moving if connection.after is None else frames.BEAT)
