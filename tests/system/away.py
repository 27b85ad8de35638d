"""A server whose database can be taken away and brought back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from urllib.parse import urlsplit, urlunsplit

from tests.system.database import Database
from tests.system.installation import Installation, Server
from tests.system.relay import Relay
from tests.system.visitor import Visitor

Act = Callable[[], None]


@contextmanager
def breakable(house: Installation) -> Iterator[tuple[Server, Act, Act]]:
    """A server, and how to take its database away and bring it back."""
    if house.database.is_postgres:
        with _behind_a_relay(house) as found:
            yield found
        return
    # The folder of the file is unmounted, so to say. The server has no connection yet: an open
    # SQLite file can not be taken from a process.
    path, aside = house.database.path, house.folder / "aside"

    def take() -> None:
        path.rename(aside)
        path.mkdir()

    def bring() -> None:
        path.rmdir()
        aside.rename(path)

    with house.serving() as server:
        yield server, take, bring


@contextmanager
def _behind_a_relay(house: Installation) -> Iterator[tuple[Server, Act, Act]]:
    parts = urlsplit(house.database.url)
    assert parts.port
    with Relay(parts.port) as relay:
        line = parts.netloc.rpartition(":")[0] + f":{relay.port}"
        database = Database(urlunsplit(parts._replace(netloc=line)))
        with replace(house, database=database).serving() as server:
            with Visitor(server.url) as early:
                early.page("/")  # lasting connections are open when the line is cut
                assert early.hand_in("before-the-cut").status_code == 201
            yield server, relay.cut, relay.join
