"""One listener's end: a bounded queue between the hub and a socket."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from enum import StrEnum
from typing import cast

from maplebridge.kernel.journal import Cursor
from maplebridge.live.policies import Watch

Send = Callable[[bytes], Awaitable[None]]
MOST_BYTES = 1 << 20  # waiting for one listener


class Ending(StrEnum):
    GONE = "gone"  # the listener left
    SLOW = "slow"  # its queue ran over; it resumes by cursor
    RENEW = "renew"  # old enough to prove its rights again
    STOP = "stop"  # the process stops


class Connection:
    """Bytes go in from the hub and out through `pump`; both run in the same event loop."""

    __slots__ = ("_most", "_queue", "_size", "_task", "_wake", "after", "ending", "watch")

    def __init__(self, watch: Watch, most_bytes: int = MOST_BYTES) -> None:
        self.watch = watch
        self.after: Cursor | None = None  # set while this listener is ahead of the hub
        self.ending: Ending | None = None
        self._queue: deque[bytes] = deque()
        self._size = 0
        self._most = most_bytes
        self._wake: asyncio.Future[None] | None = None
        self._task: asyncio.Task[None] | None = None  # set while a write is held up by the socket

    @property
    def idle(self) -> bool:
        return not self._queue

    def push(self, payload: bytes) -> None:
        if self.ending is not None:
            return
        self._size += len(payload)
        if self._size > self._most:
            self.close(Ending.SLOW)
            return
        self._queue.append(payload)
        self._notify()

    def push_first(self, payload: bytes) -> None:
        """Put what was missed before what came meanwhile; only before `pump` runs."""
        if payload and self.ending is None:
            self._queue.appendleft(payload)
            self._size += len(payload)

    def close(self, ending: Ending) -> None:
        if self.ending is not None:
            return
        self.ending = ending
        self._queue.clear()
        if self._task is not None:
            self._task.cancel()
        self._notify()

    async def pump(self, send: Send) -> Ending:
        """Write until the stream ends; says why it ended."""
        while self.ending is None:
            if not self._queue:
                await self._until_pushed()
                continue
            payload = self._queue.popleft() if len(self._queue) == 1 else self._drain()
            self._size = 0
            self._task = task = cast("asyncio.Task[None]", asyncio.current_task())
            try:
                await send(payload)
            except asyncio.CancelledError:
                if not self._closed():  # the server cancels, not we
                    raise
                task.uncancel()
            finally:
                self._task = None
        return self.ending

    def _closed(self) -> bool:
        """Asked again after an await; the hub may have closed us meanwhile."""
        return self.ending is not None

    def _drain(self) -> bytes:
        payload = b"".join(self._queue)
        self._queue.clear()
        return payload

    async def _until_pushed(self) -> None:
        self._wake = asyncio.get_running_loop().create_future()
        try:
            await self._wake
        finally:
            self._wake = None

    def _notify(self) -> None:
        if self._wake is not None and not self._wake.done():
            self._wake.set_result(None)
