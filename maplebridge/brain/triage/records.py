"""What triage reads and what it answers. Frozen; codes are those of the code lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

ParamValue: TypeAlias = str | int | float
AspectValue: TypeAlias = str | bool | tuple[str, ...]


class Category(StrEnum):
    """Category level 1 of an incident [警情类别]."""

    CRIMINAL = "criminal"
    PUBLIC_ORDER = "public_order"
    TRAFFIC = "traffic"
    FIRE_RESCUE = "fire_rescue"
    URGENT_HELP = "urgent_help"
    DISPUTE = "dispute"
    TIP_OFF = "tip_off"
    COMPLAINT_ON_POLICE = "complaint_on_police"
    SOCIAL_LINKAGE = "social_linkage"
    COLLECTIVE_PETITION = "collective_petition"
    MASS_INCIDENT = "mass_incident"
    CONSULTATION = "consultation"
    OTHER = "other"
    NUISANCE = "nuisance"


class PoliceLabel(StrEnum):
    """Does it need police power, another body, or both?"""

    POLICE = "police"
    MIXED = "mixed"
    NON_POLICE = "non_police"


class Urgency(StrEnum):
    """Urgency [警情等级]; P1 is the most urgent, so ``min`` by name is the higher one."""

    P1 = "P1"
    P2 = "P2"
    P3 = "P3"
    P4 = "P4"


class AspectName(StrEnum):
    """The questions triage answers, one aspect each."""

    CATEGORY = "category"
    SUBTYPE = "subtype"
    POLICE_LABEL = "police_label"
    URGENCY = "urgency"
    LEAD_AGENCY = "lead_agency"
    CO_AGENCIES = "co_agencies"
    PLACE = "place"
    VOLUNTEER_OK = "volunteer_ok"
    NEEDS_JOINT_HANDLING = "needs_joint_handling"
    UNSAFE_CONTACT = "unsafe_contact"
    FRAUD_TYPE = "fraud_type"


class EvidenceKind(StrEnum):
    """Where a reason comes from."""

    WORDS = "words"
    DISTANCE = "distance"
    RULE = "rule"
    PLACE = "place"
    CHANNEL = "channel"


PIN_CODE = "pin"  # PlaceCandidate.code of a bare point; it names nothing


class PlaceKind(StrEnum):
    """What a gazetteer name stands for."""

    COMMUNITY = "community"
    STREET = "street"
    PREMISES = "premises"
    LANDMARK = "landmark"
    PIN = "pin"  # no name in the words, only the point the device gave


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """One report as received. No identity: who called is not a fact triage may use."""

    text: str  # the reporter's own words, verbatim
    channel: str  # source code 2.3.1: phone, walk_in, kiosk, app, sms, iot_device, sentinel …
    lon: float | None = None  # degrees, CGCS2000; given by the device or the map pin
    lat: float | None = None  # degrees, CGCS2000
    reported_at: datetime | None = None  # aware
    language: str | None = None  # BCP 47, None = not stated


@dataclass(frozen=True, slots=True)
class CompetenceRule:
    """One row of the competence table: who leads for a category or subtype."""

    rule_id: str  # stable, shown as a reason
    category: str  # Category code
    subtype: str  # "" = whole category; "fraud" also covers "fraud.romance"
    lead: str  # agency code
    co: tuple[str, ...] = ()  # agency codes that have a duty too
    police_label: str | None = None  # PoliceLabel code; None = rule does not say
    joint: bool | None = None  # one answer from several bodies; None = rule does not say


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason: a code from ``reasons.py``, its parameters, and the words it stands on."""

    kind: EvidenceKind
    reason_code: str
    start: int = -1  # offset in ReportFacts.text, characters; -1 = not in the text
    end: int = -1  # one past the last character
    text: str = ""  # the words themselves, = ReportFacts.text[start:end]
    params: Mapping[str, ParamValue] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Alternative:
    """A second or third best answer."""

    value: AspectValue
    confidence: float  # 0..1


@dataclass(frozen=True, slots=True)
class Aspect:
    """The answer to one question; ``value`` None means "not sure", never a guess."""

    name: AspectName
    value: AspectValue | None
    confidence: float  # 0..1, of the best answer even when it was too weak to be given
    alternatives: tuple[Alternative, ...] = ()  # best first, at most 3, the best one included
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceCandidate:
    """A place the words may mean."""

    code: str  # gazetteer code
    name: str  # gazetteer name, with the street number when one was read
    kind: PlaceKind
    lon: float | None  # degrees, CGCS2000; None = named but not located
    lat: float | None
    cell: str | None  # governance cell code
    precision_m: float  # metres, radius in which the event very likely is
    confidence: float  # 0..1
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class SafetySignal:
    """One thing the safety screen heard; ``urgency`` is a floor, it only raises."""

    code: str  # violence, weapon, fire, gas, child, self_harm, life, money_transfer, silent_call …
    urgency: Urgency  # at least this
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class TriageSuggestion:
    """All aspects of one report, the safety signals and the model that said so."""

    category: Aspect
    subtype: Aspect
    police_label: Aspect
    urgency: Aspect
    lead_agency: Aspect
    co_agencies: Aspect
    place: Aspect
    volunteer_ok: Aspect
    needs_joint_handling: Aspect
    unsafe_contact: Aspect
    places: tuple[PlaceCandidate, ...]  # best first
    safety: tuple[SafetySignal, ...]
    model_version: str
    fraud_type: Aspect  # class of a fraud, "none" when no fraud is told; beside the ten

    @property
    def aspects(self) -> tuple[Aspect, ...]:
        """The ten aspects in the order a desk reads them."""
        return (
            self.category,
            self.subtype,
            self.urgency,
            self.police_label,
            self.lead_agency,
            self.co_agencies,
            self.place,
            self.volunteer_ok,
            self.needs_joint_handling,
            self.unsafe_contact,
        )


@dataclass(frozen=True, slots=True)
class TriageSettings:
    """Thresholds; all may be set per city."""

    not_sure_below: float = 0.30  # confidence under which an aspect answers None
    max_alternatives: int = 3
    max_places: int = 3
    agreeing_place_m: float = 1_500.0  # metres; a named place this near the pin supports it
    emergency_from: float = 0.25  # probability of P1 from which a report is P1: doubt goes up
    unsafe_from: float = 0.20  # probability from which contact counts as unsafe
