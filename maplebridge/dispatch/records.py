"""Frozen values that cross the door of the dispatch room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Heard:
    """The words of an incident for the safety screen; never shown in this room."""

    words: str
    channel: str
    confidential: bool


@dataclass(frozen=True, slots=True)
class Ranked:
    """Somebody who can be sent, with the reasons in the active language."""

    key: str  # "unit:3", "volunteer:12"
    pk: int
    kind: str  # volunteer | sentinel | police | agency
    label: str  # alias, or the unit's name
    rank: int
    seconds: float | None  # turnout and way; None when the place is not known
    metres: float | None  # street metres
    reasons: tuple[str, ...]
    first_choice: bool = (
        False  # ticked before anybody chose: the nearest that can do what is needed
    )

    @property
    def minutes(self) -> int | None:
        """Whole minutes, rounded up: a promise is never early."""
        return None if self.seconds is None else max(1, -int(-self.seconds // 60))


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Somebody near who is not proposed, and why."""

    key: str
    kind: str
    label: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phase:
    """Those who are asked together; the next phase opens after `wait_s` of silence."""

    number: int
    radius_m: float | None
    wait_s: int
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the brain proposes for an incident. Nothing is sent yet."""

    incident_id: int
    code: str
    at: datetime
    police: tuple[Ranked, ...]
    volunteers: tuple[Ranked, ...]
    left_out: tuple[LeftOut, ...]
    left_out_more: Mapping[str, int]  # sentence → how many beyond those named
    phases: tuple[Phase, ...]
    needed_skills: frozenset[str]
    blocked_reason: str | None  # code; None: volunteers may be asked
    blocked_sentence: str
    model_version: str
    snapshot: Mapping[str, object] = field(default_factory=dict)  # as stored with a call

    @property
    def can_call_volunteers(self) -> bool:
        return self.blocked_reason is None and bool(self.phases)


@dataclass(frozen=True, slots=True)
class Acts:
    """What a helper may and may not do, in the active language; shown before the yes."""

    may: tuple[str, ...]
    may_not: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PreHandlingIn:
    """The hand-over form [前期处置]."""

    did: tuple[str, ...]  # codes of states.Did
    injuries: str  # states.Injuries
    wishes: str = ""
    evidence: str = ""
    handed_to: int | None = None  # unit id; None: whoever comes


@dataclass(frozen=True, slots=True)
class PastCall:
    """A finished call brought in from before; see `actions.history`."""

    incident: str  # public code, or the key the past incident was imported under
    kind: str  # volunteer | police | sentinel
    opened_at: datetime
    accepted_at: datetime | None = None
    arrived_at: datetime | None = None
    first_kind: str = ""  # who was first on the spot: volunteer | sentinel | police | ""
    volunteer_codes: tuple[str, ...] = ()  # asked; the first is the one who went
    unit_code: str = ""
    alerts: int = 0  # people asked in all, also those without a code here
    urgency: str = ""


@dataclass(frozen=True, slots=True)
class Coming:
    """What a resident reads while somebody is on the way: an alias, never a phone number."""

    kind: str  # volunteer | sentinel | police
    who: str
    arrived: bool
    promised_at: datetime | None  # moves later, never earlier
    late: bool  # the promised moment has passed
    unit: str = ""  # patrol | traffic | micro_fire | ambulance; empty for a helper
