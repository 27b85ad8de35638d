"""Frozen values that cross the room's door."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from maplebridge.kernel.geo import Point


@dataclass(frozen=True, slots=True)
class ContactIn:
    name: str = ""
    phone: str = ""
    safe_contact: str = "unknown"  # codes.SafeContact


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that was checked and re-encoded; see `pictures.clean_picture`."""

    content: bytes
    content_type: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Intake:
    """What any channel hands in. One shape for a call, a form, an alarm, a file row."""

    key: str  # idempotency: the same key finds the same incident
    narrative: str  # verbatim
    channel: str = "app"  # codes.Channel
    call_type: str = "normal"
    place_words: str = ""
    point: Point | None = None  # CGCS2000; outside frames are converted before
    precision_m: float | None = None
    point_source: str = ""  # pin | here | device | desk | file
    reported_at: datetime | None = None  # None: now
    answered_at: datetime | None = None
    call_ended_at: datetime | None = None
    contact: ContactIn | None = None
    confidential: bool = False
    source_ref: str = ""
    language: str = ""
    pictures: Sequence[Picture] = ()


@dataclass(frozen=True, slots=True)
class Received:
    incident_id: int
    code: str
    repeated: bool  # the key was known; nothing was written


@dataclass(frozen=True, slots=True)
class Triage:
    """One decision of the desk on all questions."""

    category: str
    urgency: str
    police_label: str
    subtype: str = ""
    lead_agency: str = ""
    co_agencies: tuple[str, ...] = ()
    point: Point | None = None  # a corrected place; None leaves it
    precision_m: float | None = None
    place_words: str | None = None
    safe_contact: str | None = None
    reason: str = ""
    occurred_at: datetime | None = None  # aware; None leaves it


@dataclass(frozen=True, slots=True)
class StopPaymentCard:
    """What a bank asks for, as it is written at the desk; an empty part is not known yet."""

    victim: str = ""
    own_bank: str = ""
    own_account: str = ""
    amount: str = ""  # as said and typed: "38,000" or "两笔，5000和8000"
    counter_bank: str = ""
    counter_account: str = ""
    counter_holder: str = ""
    receipt: str = ""  # its number, or where it can be seen
    paid_at: datetime | None = None  # aware; the last transfer
    bank_told: bool = False
    centre_told: bool = False


@dataclass(frozen=True, slots=True)
class SceneReportIn:
    outcome: str  # codes.Outcome
    measures: str
    answer: str  # what the resident reads
    injuries: str = ""
    final_category: str = ""  # empty: as triaged
    final_subtype: str = ""
    reason: str = ""  # required when the category moves between the watched families


@dataclass(frozen=True, slots=True)
class ContactOut:
    name: str
    phone: str
    safe_contact: str


@dataclass(frozen=True, slots=True)
class IncidentBrief:
    """What a downstream room needs to act on an incident; no personal words but the title."""

    id: int
    code: str
    title: str
    category: str
    subtype: str
    urgency: str  # as decided; empty while nobody has
    acting_urgency: (
        str  # what to act by now: decided, else suggested, and never below what happened
    )
    police_label: str
    lead_agency: str
    co_agencies: tuple[str, ...]
    state: str
    lon: float | None
    lat: float | None
    precision_m: float | None
    cell_id: int | None
    cell_code: str
    station_id: int | None
    place_words: str
    channel: str
    safe_contact: str
    reported_at: datetime


@dataclass(frozen=True, slots=True)
class PastStep:
    verb: str  # states.Verb
    to_state: str
    at: datetime
    role: str = "system:history"
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PastIncident:
    """A finished (or still open) matter brought in from before; see `actions.history`."""

    key: str
    narrative: str
    channel: str
    category: str
    subtype: str
    urgency: str
    police_label: str
    lead_agency: str
    reported_at: datetime
    steps: tuple[PastStep, ...]  # the first is the receipt
    co_agencies: tuple[str, ...] = ()
    point: Point | None = None
    precision_m: float | None = None
    place_words: str = ""
    answer: str = ""
    outcome: str = ""
    contacted: bool | None = None
    solved: str = ""
    satisfied: bool | None = None
    answered_at: datetime | None = None  # when the resident answered the three questions
    repeats: str = ""  # key of the matter this one reports again; it was merged into that one
