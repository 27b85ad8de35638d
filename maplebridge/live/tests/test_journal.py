"""The stream over the real journal, while several writers commit, dawdle and give up."""

from __future__ import annotations

import asyncio
import random
import threading
import time
from dataclasses import dataclass

import pytest
from django.db import connection, transaction

from maplebridge.kernel.actor import SYSTEM
from maplebridge.kernel.journal import Cursor, Event, event, head, read_after, record
from maplebridge.live.connection import Connection
from maplebridge.live.hub import Hub
from maplebridge.live.tests.listening import DESK, Heard, pumped, until

WRITERS, EACH = 4, 25


@event("live_test.noted", version=1, sentence="Number {incident_id}.")
@dataclass(frozen=True, slots=True)
class Noted(Event):
    incident_id: int

    def topics(self) -> tuple[str, ...]:
        return ("desk",)


class GaveUp(Exception):
    """A writer's transaction fails after it recorded."""


def _write(writer: int) -> None:
    dice = random.Random(writer)
    try:
        for number in range(EACH):
            try:
                with transaction.atomic():
                    record(Noted(writer * 1000 + number), actor=SYSTEM("test"))
                    time.sleep(dice.random() * 0.008)  # others get ids and commit meanwhile
                    if dice.random() < 0.2:
                        raise GaveUp
            except GaveUp:
                pass
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_every_committed_entry_reaches_every_listener_once_and_in_order() -> None:
    begin = head()
    listeners: list[tuple[Cursor, Heard]] = []

    async def story() -> None:
        hub = Hub(ring=20, poll_seconds=0.01)
        hub.start()
        writers = [threading.Thread(target=_write, args=(n,)) for n in range(1, WRITERS + 1)]
        for writer in writers:
            writer.start()
        while any(writer.is_alive() for writer in writers):
            await asyncio.sleep(0.005)
            after = random.choice([begin, hub.position])
            listener, heard = Connection(DESK), Heard()
            await hub.join(listener, after)
            pumped(listener, heard)
            listeners.append((after, heard))
        last = await asyncio.to_thread(_newest)
        await until(lambda: hub.position == last)
        await asyncio.sleep(0.05)
        await hub.stop()

    asyncio.run(story())
    written = read_after(begin, 10_000)
    assert 0 < len(written) < WRITERS * EACH
    assert len(listeners) > 5
    for after, heard in listeners:
        expected = [entry.data["incident_id"] for entry in written if entry.cursor > after]
        assert heard.numbers() == expected


def _newest() -> Cursor:
    try:
        return head()
    finally:
        connection.close()
