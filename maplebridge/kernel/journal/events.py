"""Kinds of entries: frozen, versioned, each with its sentence and its audience."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import datetime
from typing import ClassVar, TypeVar

from maplebridge.kernel.errors import Sentence


class Event:
    """Base of every event. Fields are ids, codes, numbers and times; never personal data."""

    __slots__ = ()
    KIND: ClassVar[str] = ""
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Sentence] = ""

    def topics(self) -> tuple[str, ...]:
        """The live streams that carry this event; none by default."""
        return ()

    def sentence(self) -> str:
        """The entry read aloud, in the active language."""
        return str(self.SENTENCE).format(**self.as_data())

    def as_data(self) -> dict[str, object]:
        data = {}
        for column in dataclasses.fields(self):  # type: ignore[arg-type]
            value = getattr(self, column.name)
            data[column.name] = value.isoformat() if isinstance(value, datetime) else value
        return data


E = TypeVar("E", bound=type[Event])
_kinds: dict[str, type[Event]] = {}


def event(kind: str, *, version: int = 1, sentence: Sentence) -> Callable[[E], E]:
    """Class decorator: registers an event under its kind ("room.what_happened")."""

    def register(cls: E) -> E:
        cls.KIND, cls.VERSION, cls.SENTENCE = kind, version, sentence
        # A dataclass with slots is built twice; the later class replaces the earlier.
        _kinds[kind] = cls
        return cls

    return register


def event_class(kind: str) -> type[Event] | None:
    """The class of a kind; None for a kind this version of the program does not know."""
    return _kinds.get(kind)


def all_kinds() -> dict[str, type[Event]]:
    return dict(_kinds)
