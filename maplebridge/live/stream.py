"""GET /events as a native ASGI application: `/events?topic=desk&topic=wall&after=<cursor>`.

Used inside the embedded server and as a process of its own. It reads the database once to
learn who listens; everything after comes from the hub.
"""

from __future__ import annotations

import asyncio
import json
import random
import signal
from collections import Counter
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from types import FrameType
from typing import Any
from urllib.parse import parse_qs

import structlog
from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import Error as DatabaseError
from django.http.request import split_domain_port, validate_host

from maplebridge.kernel.actor import RESIDENT, Actor
from maplebridge.kernel.errors import MapleError, NotAllowed, Unavailable
from maplebridge.kernel.journal import Cursor
from maplebridge.live import session
from maplebridge.live.connection import MOST_BYTES, Connection, Ending
from maplebridge.live.hub import Hub
from maplebridge.live.policies import Topic, Watch, parse_topics, watch

log = structlog.get_logger(__name__)
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),  # a proxy that collects bytes would hold the news back
    (b"x-content-type-options", b"nosniff"),
]


class TooMany(MapleError):
    """One address or account holds too many streams."""

    status = 429
    default_code = "stream.too_many"


class NotHere(MapleError):
    """The request is not one this endpoint answers."""

    status = 400
    default_code = "stream.bad_request"


@dataclass(frozen=True, slots=True)
class Limits:
    per_listener: int = 20  # streams of one account, or of one address without an account
    in_all: int = 10_000  # streams of this process
    lifetime_seconds: float = 900.0  # then the listener comes back and proves its rights again
    queue_bytes: int = MOST_BYTES
    farewell_seconds: float = 1.0  # for the last bytes to a listener that may be stuck


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks for, checked for form only."""

    topics: list[Topic]
    after: Cursor | None
    cookie: dict[str, str]
    address: str


def asked(scope: Scope) -> Asked:
    """The request as values; raises a refusal for anything that is not a stream request."""
    headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
    if scope["method"] != "GET":
        raise NotHere("stream.method")
    host, _port = split_domain_port(headers.get(b"host", ""))
    if not validate_host(host, settings.ALLOWED_HOSTS or [".localhost", "127.0.0.1", "[::1]"]):
        raise NotHere("stream.host")
    if headers.get(b"sec-fetch-site") == "cross-site":
        raise NotAllowed("stream.cross_site")
    try:
        query = parse_qs(scope["query_string"].decode("latin-1"), max_num_fields=40)
    except ValueError as error:  # more fields than any page of ours asks for
        raise NotHere("stream.query") from error
    # The browser's own memory is newer than the address the page was made with.
    after = headers.get(b"last-event-id") or (query.get("after") or [""])[0]
    client = scope.get("client") or ("", 0)
    return Asked(
        topics=parse_topics(query.get("topic", [])),
        after=Cursor.parse(after),
        cookie=session.session_cookie(headers.get(b"cookie", "")),
        address=str(client[0]),
    )


def _checked_watch(actor: Actor, topics: list[Topic]) -> Watch:
    heard, verdict = watch(actor, topics)
    if not verdict:
        raise NotAllowed(verdict.reason)
    return heard


class StreamApplication:
    """The endpoint, its limits, and the hub of this process."""

    def __init__(
        self,
        *,
        limits: Limits | None = None,
        make_hub: Callable[[], Hub] = Hub,
    ) -> None:
        self.limits = limits or Limits()
        self.hub: Hub | None = None
        self._make_hub = make_hub
        self._open: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        elif scope["type"] == "http":
            await self._http(scope, receive, send)

    # --- life of the process ------------------------------------------------------------------

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                self._running_hub()
                self._close_on_signal()
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                await self.stop()
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def stop(self) -> None:
        hub, self.hub = self.hub, None
        if hub is not None:
            await hub.stop()

    def _running_hub(self) -> Hub:
        if self.hub is None:
            self.hub = self._make_hub()
            self.hub.start()
        return self.hub

    def _close_on_signal(self) -> None:
        """End the streams as soon as the process is told to stop.

        Servers wait for open responses before they say so to the application, and a stream is
        a response that never ends.
        """
        loop, hub = asyncio.get_running_loop(), self.hub
        for number in (signal.SIGTERM, signal.SIGINT):
            before = signal.getsignal(number)

            def passed_on(
                number: int, frame: FrameType | None, before: Any = before
            ) -> None:  # bound now: the loop variable moves on
                if hub is not None:
                    loop.call_soon_threadsafe(hub.close_all)
                if callable(before):
                    before(number, frame)

            try:
                if callable(before):
                    signal.signal(number, passed_on)
            except ValueError:  # not the main thread: whoever runs us stops us by `stop`
                return

    # --- one request ----------------------------------------------------------------------------

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        key = ""
        try:
            wanted = asked(scope)
            key = wanted.address
            if not wanted.cookie:
                self._claim(key)
                heard = _checked_watch(RESIDENT, wanted.topics)
            else:
                actor, heard = await self._who(wanted)
                key = wanted.address if actor.account_id is None else f"#{actor.account_id}"
                self._claim(key)
        except MapleError as refusal:
            await refuse(send, refusal)
            return
        try:
            await self._stream(heard, wanted.after, receive, send)
        finally:
            self._give_back(key)

    def _claim(self, key: str) -> None:
        if self._open[key] >= self.limits.per_listener:
            raise TooMany
        if self._open.total() >= self.limits.in_all:
            raise Unavailable("stream.full")
        self._open[key] += 1

    def _give_back(self, key: str) -> None:
        self._open[key] -= 1
        if self._open[key] <= 0:
            del self._open[key]

    async def _who(self, wanted: Asked) -> tuple[Actor, Watch]:
        """The actor and what they may hear: one visit to the database, in a thread."""

        def read() -> tuple[Actor, Watch]:
            actor = session.actor_of_cookie(wanted.cookie)
            return actor, _checked_watch(actor, wanted.topics)

        try:
            return await sync_to_async(read, thread_sensitive=False)()
        except DatabaseError as error:
            log.warning("stream_without_database")
            raise Unavailable("stream.database") from error

    async def _stream(
        self, heard: Watch, after: Cursor | None, receive: Receive, send: Send
    ) -> None:
        connection = Connection(heard, self.limits.queue_bytes)
        hub = self._running_hub()
        try:
            await hub.join(connection, after)
        except (Unavailable, DatabaseError):
            hub.leave(connection)
            await refuse(send, Unavailable("stream.not_ready"))
            return
        loop = asyncio.get_running_loop()
        # Spread out, so that a crowd that came together does not come back together.
        lifetime = self.limits.lifetime_seconds * random.uniform(0.8, 1.0)
        renewal = loop.call_later(lifetime, connection.close, Ending.RENEW)
        gone = loop.create_task(_watch_for_leaving(receive, connection))
        try:
            await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
            ending = await connection.pump(lambda payload: _write(send, payload))
            if ending is not Ending.GONE:
                await self._farewell(send)
        finally:
            renewal.cancel()
            gone.cancel()
            hub.leave(connection)

    async def _farewell(self, send: Send) -> None:
        """End the response cleanly, unless the socket is stuck; then the server cuts it."""
        try:
            last = send({"type": "http.response.body", "body": b"", "more_body": False})
            await asyncio.wait_for(last, self.limits.farewell_seconds)
        except TimeoutError:
            log.info("stream_cut")


async def _write(send: Send, payload: bytes) -> None:
    await send({"type": "http.response.body", "body": payload, "more_body": True})


async def _watch_for_leaving(receive: Receive, connection: Connection) -> None:
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            connection.close(Ending.GONE)
            return


async def refuse(send: Send, refusal: MapleError) -> None:
    """A refusal as a problem document; the code is for machines, a page tells people."""
    body = json.dumps({"status": refusal.status, "code": refusal.code}).encode()
    headers = [(b"content-type", b"application/problem+json"), (b"cache-control", b"no-store")]
    if refusal.status in {429, 503}:
        headers.append((b"retry-after", b"5"))
    await send({"type": "http.response.start", "status": refusal.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


stream_application = StreamApplication()
