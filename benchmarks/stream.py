"""How many events a second one stream process delivers, against a bare socket writer.

    python benchmarks/stream.py [--listeners 1000,5000] [--seconds 60] [--json FILE]

Two servers run as processes of their own: the event stream under uvicorn with a journal in
memory, and a bare asyncio protocol that writes the same bytes to every socket and does nothing
else. The listeners run in this process as bare protocols too. Bursts go to both in turns; the
time of a burst ends when the last listener has the last byte of it. The bare writer is the
ceiling of one core, not an event stream: no HTTP, no topics, no queue, no cursor.

Afterwards every listener is cut in the middle of a burst and comes back with its Last-Event-ID:
nothing may be missing and nothing may come twice.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import re
import resource
import socket
import sys
import threading
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from multiprocessing.connection import Connection as Pipe
from pathlib import Path
from typing import TYPE_CHECKING, cast

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import uvloop

from benchmarks.common import Cell, Rounds, Table, percentile, report, use_django

if TYPE_CHECKING:  # imported for real only after Django is set up
    from maplebridge.kernel.journal import Cursor, Entry

BURST = 50  # events handed to the journal at once
ROUNDS = 12
FILES_SPARE = 200
TOPIC = "follow:222222222"
NUMBER = re.compile(rb"id: 0-(\d+)\nevent: bench")


def raise_file_limit() -> int:
    """As many open files as the system allows this process; how many that is."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard


# --- servers, each in a process of its own --------------------------------------------------------


def serve_stream(port: int, pipe: Pipe) -> None:
    """The event stream; a number on the pipe puts that many entries into its journal."""
    raise_file_limit()
    use_django()
    import uvicorn

    from maplebridge.live.hub import Hub
    from maplebridge.live.stream import Limits, StreamApplication

    journal = BenchJournal()
    app = StreamApplication(
        limits=Limits(per_listener=20_000, in_all=20_000, lifetime_seconds=3600),
        make_hub=lambda: Hub(journal, poll_seconds=0.002, beat_seconds=3600),
    )
    threading.Thread(target=_feed, args=(pipe, journal.add), daemon=True).start()
    config = uvicorn.Config(
        app, port=port, loop="uvloop", http="httptools", log_level="critical", backlog=8192,
        access_log=False,
    )  # fmt: skip
    uvicorn.Server(config).run()


class BenchJournal:
    """Entries in memory, so that the stream is measured and not the database."""

    def __init__(self) -> None:
        self._entries: list[Entry] = []

    def add(self, count: int) -> None:
        from maplebridge.kernel.journal import Cursor, Entry

        first = len(self._entries) + 1
        at = datetime.now(UTC)
        self._entries += [
            Entry(Cursor(0, n), at, "bench.happened", 1, "system", "system:bench", None,
                  (TOPIC, "desk"), {"incident_id": n, "category": "dispute"})
            for n in range(first, first + count)
        ]  # fmt: skip

    def head(self) -> Cursor:
        from maplebridge.kernel.journal import Cursor

        return Cursor(0, len(self._entries))

    def read_after(self, cursor: Cursor, limit: int) -> Sequence[Entry]:
        return self._entries[cursor.id : cursor.id + limit]

    def release(self) -> None:
        """Nothing is held."""


def serve_bare(port: int, pipe: Pipe) -> None:
    """The ceiling: the same bytes to every open socket, and nothing else."""
    raise_file_limit()
    use_django()
    from maplebridge.live.frames import frame_of

    journal = BenchJournal()
    transports: set[asyncio.Transport] = set()

    class Writer(asyncio.Protocol):
        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            self.transport = cast("asyncio.Transport", transport)
            transports.add(self.transport)

        def connection_lost(self, exc: Exception | None) -> None:
            transports.discard(self.transport)

    def write(count: int) -> None:
        before = journal.head()
        journal.add(count)
        batch = journal.read_after(before, count)
        payload = b"".join(frame_of(entry).bare for entry in batch)
        for transport in transports:
            transport.write(payload)

    async def run() -> None:
        loop = asyncio.get_running_loop()
        await loop.create_server(Writer, "127.0.0.1", port, backlog=8192)
        feed = (pipe, lambda n: loop.call_soon_threadsafe(write, n))
        threading.Thread(target=_feed, args=feed, daemon=True).start()
        await asyncio.Event().wait()

    uvloop.run(run())


def _feed(pipe: Pipe, add: Callable[[int], object]) -> None:
    while True:
        try:
            add(pipe.recv())
        except EOFError:
            return


# --- listeners, in this process -------------------------------------------------------------------


class Ear(asyncio.Protocol):
    """One listener: counts events, and keeps what it needs to come back."""

    def __init__(self, crowd: Crowd, request: bytes) -> None:
        self.crowd, self.request = crowd, request
        self.heard = 0
        self.last = 0
        self.tail = b""
        self.here = False
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)
        if self.request:
            self.transport.write(self.request)
        else:
            self.crowd.joined += 1

    def data_received(self, data: bytes) -> None:
        text = self.tail + data
        if self.request and not self.here and b"retry:" in text:
            self.here = True
            self.crowd.joined += 1
        end = text.rfind(b"\n\n")
        whole, self.tail = (text[: end + 2], text[end + 2 :]) if end >= 0 else (b"", text)
        count = whole.count(b"\nevent: bench")
        if count:
            self.heard += count
            self.note(whole)
            self.crowd.hear(count)

    def note(self, text: bytes) -> None:
        """Only the last number matters for a rate."""
        found = text.rfind(b"id: 0-")
        if found >= 0:
            self.last = int(text[found + 6 : text.index(b"\n", found)])


class CarefulEar(Ear):
    """Keeps every number, to prove that none is missing and none comes twice."""

    def __init__(self, crowd: Crowd, request: bytes, numbers: list[int]) -> None:
        super().__init__(crowd, request)
        self.numbers = numbers

    def note(self, text: bytes) -> None:
        self.numbers += [int(n) for n in NUMBER.findall(text)]
        super().note(text)


class Crowd:
    """All listeners of one server."""

    def __init__(self, port: int, pipe: Pipe, *, http: bool) -> None:
        self.port, self.pipe, self.http = port, pipe, http
        self.joined = 0
        self.ears: list[Ear] = []
        self._due = 0
        self._all_heard = asyncio.Event()

    def request(self, after: int | None = None) -> bytes:
        if not self.http:
            return b""
        resume = f"Last-Event-ID: 0-{after}\r\n" if after is not None else ""
        return f"GET /events?topic={TOPIC} HTTP/1.1\r\nHost: localhost\r\n{resume}\r\n".encode()

    async def gather(self, count: int) -> None:
        """`count` listeners, connected and past their first bytes."""
        loop = asyncio.get_running_loop()
        while len(self.ears) < count:
            size = min(100, count - len(self.ears))
            made = await asyncio.gather(*(self._connect(loop) for _ in range(size)))
            self.ears += made
            await until(lambda: self.joined >= len(self.ears))

    async def _connect(self, loop: asyncio.AbstractEventLoop) -> Ear:
        _transport, ear = await loop.create_connection(
            lambda: Ear(self, self.request()), "127.0.0.1", self.port
        )
        return ear

    def hear(self, count: int) -> None:
        self._due -= count
        if self._due <= 0:
            self._all_heard.set()

    async def burst(self, events: int = BURST) -> float:
        """Seconds from handing over until the last listener has heard the last event."""
        self._due = events * len(self.ears)
        self._all_heard.clear()
        began = time.perf_counter()
        self.pipe.send(events)
        await asyncio.wait_for(self._all_heard.wait(), 30)
        return time.perf_counter() - began

    async def leave(self) -> None:
        for ear in self.ears:
            if ear.transport is not None:
                ear.transport.abort()
        self.ears.clear()
        self.joined = 0
        await asyncio.sleep(0.2)


async def until(condition: Callable[[], bool], seconds: float = 30.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError("it did not happen in time")
        await asyncio.sleep(0.005)


async def measure(crowds: dict[str, Crowd], listeners: int, budget: float) -> list[list[Cell]]:
    for crowd in crowds.values():
        await crowd.gather(listeners)
        # These ask for what comes from now on; "now" of the last of thousands is a moment after
        # its headers. A page asks from a cursor and waits for nothing; see `lossless`.
        await asyncio.sleep(1.0)
        await crowd.burst()  # warm
    rounds = Rounds()
    end = time.monotonic() + budget
    single: dict[str, list[float]] = {name: [] for name in crowds}
    for turn in range(ROUNDS):
        order = list(crowds) if turn % 2 == 0 else list(reversed(crowds))
        for name in order:
            rounds.samples.setdefault(name, []).append(await crowds[name].burst())
            single[name].append(await crowds[name].burst(1))
        if time.monotonic() > end:
            break
    ceiling = rounds.median("bare writer")
    rows: list[list[Cell]] = []
    for name in crowds:
        seconds = rounds.median(name)
        low, high = rounds.spread(name)
        rows.append([
            name, listeners, len(rounds.samples[name]), BURST * listeners / seconds,
            BURST * listeners / high, BURST * listeners / low, 100 * ceiling / seconds,
            1000 * percentile(single[name], 50), 1000 * max(single[name]),
        ])  # fmt: skip
    for crowd in crowds.values():
        await crowd.leave()
    return rows


async def lossless(crowd: Crowd, listeners: int) -> dict[str, object]:
    """Cut every listener in the middle of the flow, twice, and let it come back."""
    loop = asyncio.get_running_loop()
    heard: list[list[int]] = [[] for _ in range(listeners)]
    ears: list[CarefulEar] = []

    async def connect(after: list[int | None]) -> None:
        ears.clear()
        for numbers, cursor in zip(heard, after, strict=True):
            request = crowd.request(cursor)
            _transport, ear = await loop.create_connection(
                lambda n=numbers, r=request: CarefulEar(crowd, r, n),  # type: ignore[misc]
                "127.0.0.1", crowd.port,
            )  # fmt: skip
            ears.append(ear)

    await connect([None] * listeners)
    await until(lambda: crowd.joined >= listeners)
    for _cut in range(2):
        for _ in range(20):
            crowd.pipe.send(20)
            await asyncio.sleep(0.005)
        for ear in ears:  # some have heard more than others
            if ear.transport is not None:
                ear.transport.abort()
        crowd.pipe.send(100)  # while nobody listens
        await connect([numbers[-1] if numbers else None for numbers in heard])
        await asyncio.sleep(0.1)
    crowd.pipe.send(10)
    first = [numbers[0] for numbers in heard]
    last = first[0] - 1 + 2 * (20 * 20 + 100) + 10
    await until(lambda: all(numbers[-1] >= last for numbers in heard))
    whole = sum(n == list(range(n[0], last + 1)) for n in heard)
    for ear in ears:
        if ear.transport is not None:
            ear.transport.abort()
    events = last - first[0] + 1
    return {"listeners": listeners, "cuts": 2, "events": events, "without gap or repeat": whole}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def run(sizes: Sequence[int], seconds: float) -> tuple[Table, dict[str, object]]:
    context = multiprocessing.get_context("spawn")
    crowds: dict[str, Crowd] = {}
    processes = []
    try:
        for name, serve, http in (
            ("event stream", serve_stream, True),
            ("bare writer", serve_bare, False),
        ):
            port, (here, there) = free_port(), context.Pipe()
            process = context.Process(target=serve, args=(port, there), daemon=True)
            process.start()
            processes.append(process)
            crowds[name] = Crowd(port, here, http=http)
            await until(lambda port=port: _answers(port), 60)  # type: ignore[misc]
        rows: list[list[Cell]] = []
        for listeners in sizes:
            rows += await measure(crowds, listeners, seconds / (2 * len(sizes)))
        resumed = await lossless(crowds["event stream"], 100)
    finally:
        for process in processes:
            process.terminate()
            process.join(10)
    columns = ["server", "listeners", "rounds", "events/s", "slowest", "fastest",
               "% of ceiling", "one event ms", "worst ms"]  # fmt: skip
    return Table(f"Delivered events a second, bursts of {BURST}", columns, rows), resumed


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 0.2).close()
    except OSError:
        return False
    return True


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--listeners", default="1000,5000", help="sizes of the crowd")
    parser.add_argument("--seconds", type=float, default=60.0, help="about how long in all")
    parser.add_argument("--json", type=Path, default=None, help="write the result here")
    options = parser.parse_args()
    files = raise_file_limit()
    room = (files - FILES_SPARE) // 2
    sizes = [min(int(size), room) for size in options.listeners.split(",")]
    table, resumed = uvloop.run(run(sizes, options.seconds))
    report("stream", [table], {"open files allowed": files, "resume": resumed}, options.json)
    return 0 if resumed["without gap or repeat"] == resumed["listeners"] else 1


if __name__ == "__main__":
    sys.exit(main())
