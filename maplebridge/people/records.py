"""Frozen records of people: what other rooms are handed, and what they hand in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from maplebridge.kernel.errors import Sentence
from maplebridge.places.api import in_language


@dataclass(frozen=True, slots=True)
class AgencyInfo:
    id: int
    code: str
    name: str
    name_en: str
    kind: str  # police | department | utility | community | station

    @property
    def title(self) -> str:
        return in_language(self.name, self.name_en)


@dataclass(frozen=True, slots=True)
class UnitOnDuty:
    """A unit that can be sent now; the point is where it stands when idle."""

    id: int
    code: str
    name: str
    name_en: str
    kind: str  # patrol | traffic | micro_fire | ambulance
    agency_code: str | None
    station_id: int | None
    lon: float  # degrees, CGCS2000
    lat: float
    mode: str  # foot | ebike | car
    skills: frozenset[str]
    external: bool  # alerted through its own body

    @property
    def title(self) -> str:
        return in_language(self.name, self.name_en)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of 2+5+X on a day."""

    name: str  # police_officers | auxiliaries | partners | forces
    title: Sentence
    ok: bool
    have: int
    need: int
    missing: tuple[str, ...]  # role codes, or cell codes for auxiliaries
    reason: str  # in the active language; empty when ok


@dataclass(frozen=True, slots=True)
class Compliance:
    """2+5+X of one station on one day."""

    station_id: int
    day: date
    parts: tuple[Part, ...]

    @property
    def complete(self) -> bool:
        return all(part.ok for part in self.parts)

    @property
    def reasons(self) -> tuple[str, ...]:
        return tuple(part.reason for part in self.parts if not part.ok)

    @property
    def summary(self) -> str:
        """The formula with its figures: "3 + 6/6 + 5/5 + X 4"."""
        by = {part.name: part for part in self.parts}
        two, aux = by["police_officers"], by["auxiliaries"]
        five, force = by["partners"], by["forces"]
        return f"{two.have} + {aux.have}/{aux.need} + {five.have}/{five.need} + X {force.have}"


@dataclass(frozen=True, slots=True)
class RosterLine:
    """One post on the roster of a day, for staff who may read it."""

    duty_post_id: int
    shift: str
    role: str
    name: str  # in the active language
    present: bool


@dataclass(frozen=True, slots=True)
class DemoLogin:
    """A role card of the demonstration."""

    card: str  # resident | duty_desk | grid_worker …
    title: Sentence
    does: Sentence  # what somebody in this role does here
    role: str
    account_id: int | None  # None is the resident, who never signs in
    post_id: int | None
    name: str  # in the active language; empty for the resident
    more: bool = False  # stands in the folded list


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody a downstream room enrols: a volunteer, a captain, a sentinel."""

    code: str  # unique among posts, e.g. the volunteer's code
    role: str
    alias: str
    alias_en: str = ""
    station_id: int | None = None
    agency_code: str | None = None
    cell_id: int | None = None
    volunteer_ref: int | None = None
    sentinel_ref: int | None = None


@dataclass(frozen=True, slots=True)
class NewAccount:
    """Somebody who is to sign in, with the first post."""

    username: str
    password: str
    role: str  # roles.Role
    display_name: str = ""
    display_name_en: str = ""
    agency: str = ""  # code
    station: str = ""  # code
