"""Frozen values that cross the door of the orders room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class PastOrderStep:
    """One step of an order that happened before; `agency` is whom it concerns then."""

    verb: str  # states.Verb
    at: datetime
    role: str = "system:history"
    agency: str = ""  # a return: whom it names; a reissue: to whom it goes; else empty
    words: str = ""  # the answer, or the reason of a return


@dataclass(frozen=True, slots=True)
class PastOrder:
    """An order brought in from before, finished or still open; see `actions.history`."""

    incident: str  # public code, or the key the past incident was imported under
    agency: str  # whom it was issued to first
    part: str  # states.Part
    steps: tuple[PastOrderStep, ...]  # in order of time; the first is the issue
