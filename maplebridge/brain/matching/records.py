"""What matching reads and what it answers. Frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

ParamValue: TypeAlias = str | int | float


class PartName(StrEnum):
    """The parts of a match score, shown separately."""

    TEXT = "text"
    DISTANCE = "distance"
    TIME = "time"
    PLACE_WORDS = "place_words"
    CATEGORY = "category"
    CONTACT = "contact"


class Verdict(StrEnum):
    """How strongly a match is put to the desk; people merge, never the brain."""

    SUGGEST = "suggest"
    NOT_SURE = "not_sure"


@dataclass(frozen=True, slots=True)
class MatchFacts:
    """One report or one open event, reduced to what tells events apart."""

    event_id: str  # opaque id of the caller's row
    text: str  # verbatim narrative
    at: datetime  # aware; when it was reported (event: latest report)
    lon: float | None = None  # degrees, CGCS2000
    lat: float | None = None  # degrees, CGCS2000
    place_words: tuple[str, ...] = ()  # gazetteer codes or names found in the text
    category: str | None = None  # Category code
    subtype: str | None = None
    contact_token: str | None = None  # keyed one-way token, never a number; same contact = same


@dataclass(frozen=True, slots=True)
class MatchPart:
    """One part of the score. A part that cannot be judged is absent, it never counts as 0."""

    name: PartName
    value: float  # 0..1, 1 = speaks fully for the same event
    weight: float  # share in the score after renormalising over the parts present
    reason_code: str  # from matching/reasons.py
    params: Mapping[str, ParamValue] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Match:
    """An open event that may be the same, with the parts that say so."""

    event_id: str
    score: float  # 0..1
    verdict: Verdict
    parts: tuple[MatchPart, ...]  # in the order of PartName


@dataclass(frozen=True, slots=True)
class MatchSettings:
    """Thresholds and weights; may be set per city."""

    suggest_at: float = 0.60  # score from which a match is suggested
    not_sure_at: float = 0.45  # score from which it is shown as "not sure"
    window_s: float = 72 * 3600.0  # seconds; older events are not compared
    half_life_s: float = 6 * 3600.0  # seconds after which the time part is 0.5
    half_distance_m: float = 150.0  # metres at which the distance part is 0.5
    far_m: float = 1_500.0  # metres beyond which two located events are never matched
    max_results: int = 5
    max_scored: int = 24  # candidates by shared rare 2-grams that get the full score
    weight_text: float = 0.40
    weight_distance: float = 0.25
    weight_time: float = 0.10
    weight_place_words: float = 0.10
    weight_category: float = 0.10
    weight_contact: float = 0.05
