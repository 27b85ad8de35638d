"""What crosses to the pages: frozen, no rows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

_MARK = re.compile(r"^(\d{1,17})-(\d{1,18})$")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a page of the journal ended; the next one lists what is older."""

    at: datetime
    id: int

    def __str__(self) -> str:
        return f"{(self.at - _EPOCH) // _MICROSECOND}-{self.id}"

    @classmethod
    def parse(cls, text: str) -> Mark | None:
        """None for anything that is no mark."""
        found = _MARK.match(text)
        if found is None:
            return None
        try:
            return cls(_EPOCH + int(found[1]) * _MICROSECOND, int(found[2]))
        except OverflowError:  # a time beyond the calendar
            return None


@dataclass(frozen=True, slots=True)
class Asked:
    """What the auditor asks the journal for. There is no field for a person."""

    room: str = ""
    kind: str = ""
    day: date | None = None
    incident_id: int | None = None
    before: Mark | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One entry read aloud."""

    id: int
    at: datetime
    sentence: str
    kind: str
    role: str
    post: str  # code of the post, never a name
    channel: str


@dataclass(frozen=True, slots=True)
class JournalPage:
    lines: tuple[Line, ...]
    older: Mark | None  # None: this is the end


@dataclass(frozen=True, slots=True)
class Sealed:
    """How far the journal is sealed."""

    newest_at: datetime | None
    unsealed: int


@dataclass(frozen=True, slots=True)
class ProofState:
    """The newest proof: how far it is, or what it found."""

    asked_at: datetime
    ended_at: datetime | None
    percent: int
    entries: int
    whole: bool | None
    why: str
    broken_seal: int | None
    broken_entry: int | None
    stands_still: bool  # begun, and nobody carries it on


@dataclass(frozen=True, slots=True)
class SetAside:
    """An entry a subscriber could not digest."""

    subscriber: str
    entry: int
    at: datetime


@dataclass(frozen=True, slots=True)
class ContactRead:
    """One reading of a contact."""

    at: datetime
    role: str
    post: str
    purpose: str
    code: str
    late: bool  # after the matter had been closed


@dataclass(frozen=True, slots=True)
class Count:
    label: str
    n: int


@dataclass(frozen=True, slots=True)
class Opened:
    """By how many posts of which roles one matter was opened."""

    code: str
    station: str
    posts: int
    roles: tuple[Count, ...]
    late: int  # openings after it had been closed


@dataclass(frozen=True, slots=True)
class Readings:
    contacts: tuple[ContactRead, ...]
    contacts_in_all: int
    counted_at_most: int | None  # there are more than that; None: all were counted
    purposes: tuple[Count, ...]
    roles: tuple[Count, ...]
    late: int
    opened: tuple[Opened, ...]
    opened_in_all: int
    older: Mark | None
