"""What reading for facts answers. Frozen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class FactKind(StrEnum):
    """What a stretch of the words tells."""

    TIME = "time"
    MONEY = "money"
    PEOPLE = "people"
    INJURY = "injury"
    WEAPON = "weapon"
    CHILD = "child"
    GAS = "gas"
    FIRE = "fire"
    WATER = "water"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that was said, and where. `low` = `high` for an exact number."""

    kind: FactKind
    start: int  # offset in the text, characters
    end: int  # one past the last
    text: str  # = the text[start:end]
    at: datetime | None = None  # aware; of a time
    margin_min: int = 0  # minutes before and after `at` that the words allow
    low: float | None = None  # yuan of money, heads of people
    high: float | None = None
    rough: bool = False  # "about", "some", "more than"
    denied: bool = False  # "nobody is hurt": said not to be
    ahead: bool = False  # a time after the report: a threat, a plan, an appointment
