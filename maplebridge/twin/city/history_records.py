"""Frozen records of past incidents, as the history generator yields them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from maplebridge.twin.city.records import LonLat, PoliceLabel

FirstArrival = Literal["volunteer", "sentinel", "police", "agency", "nobody"]
StepName = Literal[
    "received",
    "triaged",
    "dispatched",
    "acknowledged",
    "volunteer_offered",
    "volunteer_accepted",
    "volunteer_arrived",
    "sentinel_arrived",
    "police_arrived",
    "agency_arrived",
    "transferred",
    "transfer_accepted",
    "fed_back",
    "surveyed",
    "closed",
]


@dataclass(frozen=True, slots=True)
class DayWeather:
    """Invented weather of one day."""

    day: date
    kind: Literal["clear", "cloudy", "rain", "storm", "typhoon", "fog", "heat"]
    high_c: int  # degrees Celsius
    rain_mm: int
    festival_zh: str  # empty on ordinary days
    festival_en: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the timeline."""

    name: StepName
    offset_s: int  # seconds after receipt


@dataclass(frozen=True, slots=True)
class VolunteerPart:
    """What one asked volunteer answered."""

    volunteer_code: str
    team_code: str
    offered_s: int  # seconds after receipt
    answer: Literal["accepted", "declined", "silent", "stood_down"]
    answered_s: int | None
    arrived_s: int | None


@dataclass(frozen=True, slots=True)
class Survey:
    """Answers of the person afterwards; None where the question got no answer."""

    contacted_in_time: bool | None
    solved: Literal["yes", "partly", "no"] | None
    satisfied: Literal["satisfied", "basically", "not"] | None


@dataclass(frozen=True, slots=True)
class HistoryIncident:
    """A believable past incident with everything that came of it."""

    key: str  # unique, e.g. "H20260401-0007"
    received_at: datetime  # aware UTC
    channel: str
    category: str
    subtype: str
    police_label: PoliceLabel
    urgency: Literal["P1", "P2", "P3", "P4"]
    text: str  # Chinese, in the person's own words; unique in one history
    point: LonLat | None
    precision_m: int | None
    cell_code: str | None  # None when there is no point, or it lies outside all cells
    station_code: str | None
    place_words: tuple[str, ...]  # as spoken in the text
    premises_code: str | None
    lead_agency: str
    co_agencies: tuple[str, ...]
    needs_joint: bool
    volunteer_ok: bool
    unsafe_contact: bool
    unit_code: str | None  # unit that was sent
    timeline: tuple[Step, ...]  # ascending; first is received at 0
    volunteers: tuple[VolunteerPart, ...]
    alerts: int  # people asked
    first_arrival: FirstArrival
    repeat_of: str | None  # key of the incident this one reports again
    survey: Survey | None
    weather: DayWeather
