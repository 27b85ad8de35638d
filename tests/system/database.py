"""Scratch databases of the engine under test, looked at from outside the program."""

from __future__ import annotations

import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql as pg

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Database:
    """One database by its address; statements are written with `?` for both engines."""

    url: str  # as DATABASE_URL takes it

    @property
    def is_postgres(self) -> bool:
        return self.url.startswith("postgres")

    @property
    def path(self) -> Path:
        return Path(self.url.removeprefix("sqlite:///"))

    def rows(self, statement: str, *params: object) -> list[Row]:
        """What a second pair of eyes sees: committed rows, read without the program."""
        if self.is_postgres:
            with psycopg.connect(self.url, autocommit=True) as connection:
                return connection.execute(statement.replace("?", "%s").encode(), params).fetchall()
        with closing(sqlite3.connect(self.path, timeout=20)) as file:
            return file.execute(statement, params).fetchall()

    def count(self, statement: str, *params: object) -> int:
        return int(self.rows(statement, *params)[0][0])

    def change(self, statement: str, *params: object) -> int:
        """Rows changed behind the program's back."""
        if self.is_postgres:
            with psycopg.connect(self.url, autocommit=True) as connection:
                return connection.execute(statement.replace("?", "%s").encode(), params).rowcount
        with closing(sqlite3.connect(self.path, timeout=20)) as file, file:
            return file.execute(statement, params).rowcount


def under_test() -> Database:
    """The database this run was asked to use; scratch ones are made beside it."""
    return Database(os.environ["DATABASE_URL"])


@contextmanager
def empty(folder: Path) -> Iterator[Database]:
    """A database without tables."""
    beside = under_test()
    if not beside.is_postgres:
        yield Database(f"sqlite:///{folder / 'maplebridge.sqlite3'}")
        return
    with _made(beside, template="template0") as made:
        yield made


@contextmanager
def copy_of(original: Database, folder: Path) -> Iterator[Database]:
    """A copy of its own for one test; the original must be at rest."""
    if not original.is_postgres:
        copy = Database(f"sqlite:///{folder / 'maplebridge.sqlite3'}")
        source, target = sqlite3.connect(original.path), sqlite3.connect(copy.path)
        with closing(source), closing(target):
            source.backup(target)
        yield copy
        return
    with _made(original, template=original.url.rpartition("/")[2]) as made:
        yield made


@contextmanager
def _made(beside: Database, template: str) -> Iterator[Database]:
    name = f"mb_scratch_{secrets.token_hex(6)}"
    parts = urlsplit(beside.url)
    admin = urlunsplit(parts._replace(path="/postgres"))
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(
            pg.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                pg.Identifier(name), pg.Identifier(template)
            )
        )
    try:
        yield Database(urlunsplit(parts._replace(path=f"/{name}")))
    finally:
        with psycopg.connect(admin, autocommit=True) as connection:
            connection.execute(
                pg.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(pg.Identifier(name))
            )
