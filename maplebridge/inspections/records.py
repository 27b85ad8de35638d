"""Frozen values that cross the door of the inspections room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from maplebridge.incidents.records import Picture


@dataclass(frozen=True, slots=True)
class Answer:
    """What one point of the list came to; the last five say something for a fault only."""

    point: str  # code of checklists.POINTS
    verdict: str  # states.Verdict
    words: str = ""
    way: str = ""  # states.Way
    mend_by: date | None = None  # local day
    major: bool = False
    pictures: Sequence[Picture] = ()


@dataclass(frozen=True, slots=True)
class VisitIn:
    """One visit as it was filled in."""

    key: str  # idempotency: the same key finds the same visit
    premises: str  # code on the door
    answers: tuple[Answer, ...]
    visited_at: datetime | None = None  # by the device's clock; None: now


@dataclass(frozen=True, slots=True)
class Stored:
    visit_id: int
    code: str
    repeated: bool  # the key was known; nothing was written


@dataclass(frozen=True, slots=True)
class PastHazardStep:
    verb: str  # states.Verb
    at: datetime
    role: str = "system:history"
    mend_by: date | None = None  # a notice, and a re-check that failed


@dataclass(frozen=True, slots=True)
class PastHazard:
    """A fault of a past visit with its course; the first step is the finding."""

    point: str
    words: str
    major: bool
    steps: tuple[PastHazardStep, ...]


@dataclass(frozen=True, slots=True)
class PastVisit:
    """A visit brought in from before; see `actions.history`."""

    key: str
    premises: str
    visited_at: datetime
    role: str
    verdicts: dict[str, str]  # point → states.Verdict
    hazards: tuple[PastHazard, ...] = ()
