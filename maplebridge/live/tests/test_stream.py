"""GET /events by the door its users take: ASGI messages, and a real server."""

from __future__ import annotations

import asyncio
import json
import signal
import socket
import subprocess
import sys
import textwrap
import time
from collections.abc import AsyncIterator, MutableMapping
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest
import uvicorn
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from maplebridge.commands.serve import _serve_asgi
from maplebridge.kernel import numbers
from maplebridge.live import stream
from maplebridge.live.hub import Hub
from maplebridge.live.stream import Limits, StreamApplication
from maplebridge.live.tests.listening import Heard, MemoryJournal, entry, until

CODE = numbers.new_code()
FOLLOW = f"topic=follow:{CODE}"


def application(journal: MemoryJournal, **limits: float) -> StreamApplication:
    return StreamApplication(
        limits=Limits(**limits),  # type: ignore[arg-type]
        make_hub=lambda: Hub(journal, poll_seconds=0.01, beat_seconds=0.2),
    )


def scope(query: str, *headers: tuple[bytes, bytes], method: str = "GET") -> dict[str, Any]:
    return {
        "type": "http",
        "method": method,
        "path": "/events",
        "query_string": query.encode(),
        "headers": [(b"host", b"localhost"), *headers],
        "client": ("10.1.1.1", 5000),
    }


class Browser:
    """One request to the application, and what came back."""

    def __init__(self, app: StreamApplication, asked: dict[str, Any]) -> None:
        self.status = 0
        self.headers: dict[bytes, bytes] = {}
        self.heard = Heard()
        self.ended = False
        self._left = asyncio.Event()
        self.task = asyncio.get_running_loop().create_task(app(asked, self._receive, self._send))

    def leave(self) -> None:
        self._left.set()

    async def _receive(self) -> MutableMapping[str, Any]:
        await self._left.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], dict(message["headers"])
        else:
            self.heard.raw += message.get("body", b"")
            self.ended = not message.get("more_body", False)


@asynccontextmanager
async def ending(app: StreamApplication) -> AsyncIterator[None]:
    try:
        yield
    finally:
        await app.stop()


@pytest.mark.parametrize(
    ("asked", "status", "code"),
    [
        (scope(""), 422, "stream.topics"),
        (scope("topic=news"), 422, "stream.topic"),
        (scope("topic=desk"), 403, "stream.role"),
        (scope("topic=volunteer:3"), 403, "stream.not_own"),
        (scope(f"{FOLLOW}&topic=desk"), 403, "stream.role"),
        (scope(FOLLOW, method="POST"), 400, "stream.method"),
        (scope(FOLLOW, (b"sec-fetch-site", b"cross-site")), 403, "stream.cross_site"),
        (scope("&".join(f"topic=unit:{n}" for n in range(41))), 400, "stream.query"),
    ],
)
def test_refusals_have_a_status_and_a_code(asked: dict[str, Any], status: int, code: str) -> None:
    async def story() -> None:
        app = application(MemoryJournal())
        async with ending(app):
            browser = Browser(app, asked)
            await browser.task
            assert browser.status == status
            assert json.loads(browser.heard.raw)["code"] == code

    asyncio.run(story())


def test_a_foreign_host_name_is_refused() -> None:
    async def story() -> None:
        app = application(MemoryJournal())
        asked = scope(FOLLOW)
        asked["headers"] = [(b"host", b"elsewhere.example")]
        browser = Browser(app, asked)
        await browser.task
        assert browser.status == 400

    asyncio.run(story())


def test_a_follower_hears_their_matter_and_no_other() -> None:
    async def story() -> None:
        journal = MemoryJournal([entry(1)])
        app = application(journal)
        async with ending(app):
            browser = Browser(app, scope(FOLLOW))
            await until(lambda: browser.status == 200 and bool(browser.heard.raw))
            assert browser.headers[b"content-type"].startswith(b"text/event-stream")
            assert browser.headers[b"cache-control"] == b"no-store"
            journal.append("desk")
            journal.append("follow:222222222", "desk")
            journal.append(f"follow:{CODE}", "desk")
            await until(lambda: bool(browser.heard.events()))
            [(cursor, kind, data)] = browser.heard.events()
            assert (cursor, kind) == ("0-4", "incidents.report_received")
            assert set(data) == {"kind", "at"}

    asyncio.run(story())


def test_last_event_id_is_newer_than_the_address_of_the_page() -> None:
    async def story() -> None:
        journal = MemoryJournal(entry(n, f"follow:{CODE}") for n in range(1, 6))
        app = application(journal)
        async with ending(app):
            asked = scope(f"{FOLLOW}&after=0-1", (b"last-event-id", b"0-4"))
            browser = Browser(app, asked)
            await until(lambda: bool(browser.heard.events()))
            assert [cursor for cursor, _event, _data in browser.heard.events()] == ["0-5"]

    asyncio.run(story())


def test_one_address_holds_only_so_many_streams_and_gets_them_back() -> None:
    async def story() -> None:
        app = application(MemoryJournal(), per_listener=2)
        async with ending(app):
            first, second = (Browser(app, scope(FOLLOW)) for _ in range(2))
            await until(lambda: (first.status, second.status) == (200, 200))
            third = Browser(app, scope(FOLLOW))
            await third.task
            assert third.status == 429
            assert third.headers[b"retry-after"] == b"5"
            first.leave()
            await first.task
            fourth = Browser(app, scope(FOLLOW))
            await until(lambda: fourth.status == 200)

    asyncio.run(story())


def test_leaving_frees_the_place_in_the_hub() -> None:
    async def story() -> None:
        app = application(MemoryJournal())
        async with ending(app):
            browser = Browser(app, scope(FOLLOW))
            await until(lambda: browser.status == 200)
            assert app.hub is not None
            assert app.hub.listeners == 1
            browser.leave()
            await browser.task
            assert app.hub.listeners == 0

    asyncio.run(story())


def test_a_stream_ends_cleanly_when_it_must_prove_its_rights_again() -> None:
    async def story() -> None:
        app = application(MemoryJournal(), lifetime_seconds=0.05)
        async with ending(app):
            browser = Browser(app, scope(FOLLOW))
            await asyncio.wait_for(browser.task, 2)
            assert browser.ended

    asyncio.run(story())


# --- a real server ------------------------------------------------------------------------------


@asynccontextmanager
async def served(app: StreamApplication) -> AsyncIterator[int]:
    """The application under a real server on a free port of the loopback."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    config = uvicorn.Config(app, log_level="error", lifespan="off")
    server = uvicorn.Server(config)
    task = asyncio.get_running_loop().create_task(server.serve(sockets=[listening]))
    try:
        await until(lambda: server.started)
        yield listening.getsockname()[1]
    finally:
        await app.stop()
        server.should_exit = True
        await asyncio.wait_for(task, 10)


async def open_stream(port: int, query: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 22)
    writer.write(f"GET /events?{query} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    await writer.drain()
    head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 5)
    assert b"200 OK" in head
    return reader, writer


def test_a_stuck_socket_neither_blocks_the_others_nor_piles_up() -> None:
    async def story() -> None:
        journal = MemoryJournal([entry(1)])
        app = application(journal, queue_bytes=50_000, per_listener=50)
        async with served(app) as port:
            stuck = socket.socket()  # asks, and never reads
            stuck.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            stuck.connect(("127.0.0.1", port))
            stuck.sendall(f"GET /events?{FOLLOW} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            reader, writer = await open_stream(port, FOLLOW)
            assert app.hub is not None
            hub, heard = app.hub, 0
            await until(lambda: hub.listeners == 2)
            for _ in range(200):
                for _ in range(300):
                    journal.append(f"follow:{CODE}")
                await until(lambda: hub.position == journal.head())
                while heard < hub.position.id - 1:
                    heard += (await asyncio.wait_for(reader.read(1 << 20), 5)).count(b"\nevent: ")
                if hub.dropped:
                    break
            assert hub.dropped == 1
            assert hub.listeners == 1
            stuck.close()
            writer.close()
            await writer.wait_closed()

    asyncio.run(story())


@pytest.mark.slow
def test_told_to_stop_the_process_ends_its_streams_and_goes() -> None:
    program = textwrap.dedent(
        """
        import sys
        import django; django.setup()
        import uvicorn
        from maplebridge.live.hub import Hub
        from maplebridge.live.stream import StreamApplication
        from maplebridge.live.tests.listening import MemoryJournal
        app = StreamApplication(make_hub=lambda: Hub(MemoryJournal()))
        uvicorn.run(app, port=int(sys.argv[1]), log_level="error")
        """
    )
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen([sys.executable, "-c", program, str(port)])
    try:
        stream = _patient_connect(port, process)
        stream.sendall(f"GET /events?{FOLLOW} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        assert b"200 OK" in stream.recv(4096)
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        process.wait(5)
        assert time.monotonic() - began < 3
        stream.close()
    finally:
        process.kill()
        process.wait()


def _patient_connect(port: int, process: subprocess.Popen[bytes]) -> socket.socket:
    end = time.monotonic() + 15
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), 5)
        except OSError:
            alive = process.poll() is None and time.monotonic() < end
            assert alive, "the server did not come up"
            time.sleep(0.05)


def test_the_server_believes_the_proxy_that_is_named(
    monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    """Otherwise everybody behind it would share the streams of one address."""
    given: dict[str, Any] = {}
    monkeypatch.setattr(uvicorn, "run", lambda app, **options: given.update(options))
    settings.MAPLEBRIDGE = replace(settings.MAPLEBRIDGE, trusted_proxy="10.9.9.9")
    _serve_asgi("maplebridge.live.stream:stream_application", "127.0.0.1", 0)
    assert given["proxy_headers"]
    seen: list[str] = []

    async def app(scope: Any, _receive: Any, _send: Any) -> None:
        seen.append(stream.asked(scope).address)

    async def story() -> None:
        trusting = ProxyHeadersMiddleware(app, given["forwarded_allow_ips"])
        for proxy in ("10.9.9.9", "10.8.8.8"):
            via = scope(FOLLOW, (b"x-forwarded-for", b"6.6.6.6, 1.1.1.7"))
            await trusting({**via, "client": (proxy, 5000)}, None, None)  # type: ignore[arg-type]

    asyncio.run(story())
    assert seen == ["1.1.1.7", "10.8.8.8"]
