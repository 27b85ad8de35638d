"""The hub: nobody misses an entry, nobody hears one twice, nobody holds the others up."""

from __future__ import annotations

import asyncio
import random
import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from maplebridge.kernel.errors import Unavailable
from maplebridge.kernel.journal import Cursor
from maplebridge.live import hub as hubs
from maplebridge.live.connection import Connection, Ending
from maplebridge.live.hub import Hub
from maplebridge.live.policies import Watch
from maplebridge.live.tests.listening import DESK, Heard, MemoryJournal, entry, pumped, until


@asynccontextmanager
async def running(journal: MemoryJournal, **options: float | int) -> AsyncIterator[Hub]:
    hub = Hub(journal, **{"poll_seconds": 0.01, **options})  # type: ignore[arg-type]
    hub.start()
    try:
        yield hub
    finally:
        await hub.stop()


async def listen(
    hub: Hub, after: int | None = None, watch: Watch = DESK
) -> tuple[Connection, Heard]:
    connection, heard = Connection(watch), Heard()
    await hub.join(connection, None if after is None else Cursor(0, after))
    pumped(connection, heard)
    return connection, heard


def test_a_new_listener_hears_what_comes_after_it_joined() -> None:
    async def story() -> None:
        journal = MemoryJournal([entry(1), entry(2)])
        async with running(journal) as hub:
            _connection, heard = await listen(hub)
            journal.append("desk")
            journal.append("follow:ABC")
            journal.append("desk", "wall")
            await until(lambda: heard.numbers() == [3, 5])
            assert heard.raw.startswith(b"retry: 2000\nid: 0-2\n\n")

    asyncio.run(story())


@pytest.mark.parametrize("ring", [0, 3, 100], ids=["journal", "both", "memory"])
def test_a_listener_that_was_away_hears_what_it_missed_once(ring: int) -> None:
    async def story() -> None:
        journal = MemoryJournal([entry(1)])
        async with running(journal, ring=ring) as hub:
            for _ in range(9):
                journal.append("desk")
            await until(lambda: hub.position.id == 10)
            missed = [await listen(hub, after) for after in range(1, 11)]
            journal.append("desk")
            for after, (_connection, heard) in enumerate(missed, start=1):
                await until(lambda heard=heard: heard.numbers()[-1:] == [11])  # type: ignore[misc]
                assert heard.numbers() == list(range(after + 1, 12))

    asyncio.run(story())


def test_a_listener_ahead_of_the_hub_hears_nothing_twice() -> None:
    """Its page was read a moment after the hub's last look at the journal."""

    async def story() -> None:
        journal = MemoryJournal([entry(1)])
        async with running(journal, poll_seconds=0.3) as hub:
            await until(lambda: hub.position.id == 1)
            await asyncio.sleep(0.05)
            journal.append("desk")
            journal.append("desk")
            _connection, heard = await listen(hub, 3)
            journal.append("desk")
            await until(lambda: heard.numbers() == [4])

    asyncio.run(story())


def test_a_cursor_of_another_journal_is_told_to_begin_again() -> None:
    async def story() -> None:
        async with running(MemoryJournal([entry(1)])) as hub:
            _connection, heard = await listen(hub, 999)
            await until(lambda: heard.names() == ["reset"])
            hub.source.append("desk")  # type: ignore[attr-defined]
            await until(lambda: heard.numbers() == [2])

    asyncio.run(story())


def test_too_much_to_replay_is_a_reset_and_the_stream_goes_on() -> None:
    async def story() -> None:
        journal = MemoryJournal(entry(n) for n in range(1, 40))
        async with running(journal, ring=0, most_replayed=10) as hub:
            _connection, heard = await listen(hub, 2)
            await until(lambda: heard.names() == ["reset"])
            assert heard.events()[0][0] == "0-39"
            journal.append("desk")
            await until(lambda: heard.numbers() == [40])

    asyncio.run(story())


def test_joining_while_entries_pour_in_leaves_no_gap_and_repeats_nothing() -> None:
    """Race: 100 listeners join at random cursors while a writer appends and reads are slow."""
    total = 1_500

    async def story() -> None:
        journal = MemoryJournal([entry(1)], read_seconds=0.002)
        writer = threading.Thread(target=_pour, args=(journal, total))
        dice = random.Random(7)
        async with running(journal, ring=100, most_replayed=total) as hub:
            writer.start()
            listeners = []
            for _ in range(100):
                await asyncio.sleep(dice.random() * 0.004)
                # Behind, level and ahead of the hub, all three.
                after = dice.randint(0, journal.head().id)
                listeners.append((after, *await listen(hub, after)))
            await until(lambda: hub.position.id == total, 20)
            last = f'"incident_id":{total},'.encode()
            await until(lambda: all(last in heard.raw[-300:] for _, _, heard in listeners))
            for after, _connection, heard in listeners:
                assert heard.numbers() == list(range(after + 1, total + 1))
        writer.join()

    asyncio.run(story())


def _pour(journal: MemoryJournal, total: int) -> None:
    for _ in range(2, total + 1):
        journal.append("desk")
        if random.random() < 0.05:
            time.sleep(0.003)


def test_a_slow_listener_is_let_go_and_the_others_go_on() -> None:
    async def story() -> None:
        journal = MemoryJournal([entry(1)])
        async with running(journal) as hub:
            stuck = Connection(DESK, most_bytes=2_000)
            await hub.join(stuck, None)
            never = asyncio.Event()

            async def blocked(_payload: bytes) -> None:
                await never.wait()

            ending = asyncio.create_task(stuck.pump(blocked))
            _connection, heard = await listen(hub)
            for _ in range(50):
                journal.append("desk")
            assert await asyncio.wait_for(ending, 5) is Ending.SLOW
            hub.leave(stuck)
            await until(lambda: len(heard.numbers()) == 50)
            assert (hub.dropped, hub.listeners) == (1, 1)

    asyncio.run(story())


def test_a_listener_let_go_resumes_by_its_last_id_without_loss() -> None:
    async def story() -> None:
        journal = MemoryJournal([entry(1)])
        async with running(journal) as hub:
            first = Connection(DESK, most_bytes=600)
            heard = Heard()
            await hub.join(first, None)
            pump = asyncio.create_task(first.pump(heard.write))
            journal.append("desk")
            await until(lambda: heard.numbers() == [2])
            for _ in range(30):  # one burst larger than its queue
                journal.append("desk")
            assert await asyncio.wait_for(pump, 5) is Ending.SLOW
            hub.leave(first)
            last = int(heard.events()[-1][0].split("-")[1])
            _connection, again = await listen(hub, last)
            await until(lambda: (heard.numbers() + again.numbers())[-1:] == [32])
            assert heard.numbers() + again.numbers() == list(range(2, 33))

    asyncio.run(story())


def test_losing_the_database_is_told_and_nothing_is_missed_when_it_is_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("maplebridge.live.tailer.AWAY_SECONDS", 0.02)

    async def story() -> None:
        journal = MemoryJournal([entry(1)])
        async with running(journal) as hub:
            _connection, heard = await listen(hub)
            journal.away = True
            await until(lambda: heard.names() == ["stale"])
            with pytest.raises(Unavailable):  # nothing could be shown beside it either
                await listen(hub)
            journal.append("desk")
            journal.away = False
            await until(lambda: heard.numbers() == [2] and "fresh" in heard.names())
            assert heard.names()[0] == "stale"

    asyncio.run(story())


def test_a_beat_moves_the_cursor_past_what_was_not_for_the_listener() -> None:
    async def story() -> None:
        journal = MemoryJournal([entry(1)])
        async with running(journal, beat_seconds=0.05) as hub:
            _connection, heard = await listen(hub)
            journal.append("volunteer:7")
            await until(lambda: b": beat\nid: 0-2\n\n" in heard.raw)
            assert heard.events() == []

    asyncio.run(story())


def test_no_beat_pretends_that_all_is_well_while_the_database_is_away() -> None:
    async def story() -> None:
        journal = MemoryJournal([entry(1)])
        async with running(journal, beat_seconds=0.02) as hub:
            _connection, heard = await listen(hub)
            await until(lambda: b": beat" in heard.raw)
            journal.away = True
            await until(lambda: heard.names() == ["stale"])
            silent = bytes(heard.raw)
            await asyncio.sleep(0.1)
            assert bytes(heard.raw) == silent

    asyncio.run(story())


def test_each_entry_is_put_together_once_for_all_with_the_same_watch() -> None:
    async def story() -> None:
        journal = MemoryJournal([entry(1)])
        async with running(journal) as hub:
            kept: list[list[bytes]] = [[], []]

            async def join(store: list[bytes]) -> None:
                async def write(payload: bytes) -> None:
                    store.append(payload)

                connection = Connection(DESK)
                await hub.join(connection, None)
                asyncio.get_running_loop().create_task(connection.pump(write))

            for store in kept:
                await join(store)
            await until(lambda: all(kept))
            journal.append("desk")
            await until(lambda: all(len(store) == 2 for store in kept))
            assert kept[0][1] is kept[1][1]

    asyncio.run(story())


def test_stopping_ends_every_stream_at_once() -> None:
    async def story() -> None:
        async with running(MemoryJournal([entry(1)])) as hub:
            connection = Connection(DESK)
            await hub.join(connection, None)
            pump = asyncio.create_task(connection.pump(Heard().write))
            began = time.monotonic()
            hub.close_all()
            assert await pump is Ending.STOP
            assert time.monotonic() - began < 0.5
            with pytest.raises(Unavailable):
                await hub.join(Connection(DESK), None)

    asyncio.run(story())


def test_a_hub_that_cannot_reach_the_journal_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hubs, "READY_SECONDS", 0.05)

    async def story() -> None:
        journal = MemoryJournal()
        journal.away = True
        async with running(journal) as hub:
            with pytest.raises(Unavailable):
                await hub.join(Connection(DESK), None)

    asyncio.run(story())


def test_leaving_leaves_nothing_behind() -> None:
    async def story() -> None:
        async with running(MemoryJournal([entry(1)])) as hub:
            watch = Watch(bare=frozenset({"follow:X", "wall"}))
            connection, _heard = await listen(hub, watch=watch)
            connection.close(Ending.GONE)
            hub.leave(connection)
            hub.leave(connection)
            assert hub.listeners == 0
            assert not hub._lanes and not hub._by_topic

    asyncio.run(story())
