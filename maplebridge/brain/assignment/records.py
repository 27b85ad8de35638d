"""What assignment reads and what it answers. Frozen; a unit is an id, never a file on a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol, TypeAlias

from maplebridge.brain.geometry import LonLat

ParamValue: TypeAlias = str | int | float


class UnitKind(StrEnum):
    """Who may be sent [力量]."""

    VOLUNTEER = "volunteer"
    SENTINEL = "sentinel"
    POLICE = "police"
    AGENCY = "agency"


class Mode(StrEnum):
    """How a unit moves; decides speed and which streets are open to it."""

    FOOT = "foot"
    EBIKE = "ebike"
    CAR = "car"


@dataclass(frozen=True, slots=True)
class TierLimit:
    """How far and how many of one kind an order may reach."""

    kind: UnitKind
    max_metres: float | None = None  # street metres; None = no limit
    max_units: int | None = None  # picks of this kind; None = no limit


@dataclass(frozen=True, slots=True)
class OrderNeed:
    """What an order needs, as decided by people; the brain never widens it."""

    order_id: str
    kind: str  # incident category or "category/subtype"; for reasons and priors only
    point: LonLat  # CGCS2000 degrees
    urgency: str  # P1..P4
    at: datetime  # aware; when the ranking is asked for
    needed_skills: frozenset[str] = frozenset()  # all of them; skill codes
    allowed_kinds: frozenset[UnitKind] = frozenset(UnitKind)
    limits: tuple[TierLimit, ...] = ()
    volunteers_allowed: bool = True  # false blocks volunteers whatever allowed_kinds says
    sentinels_allowed: bool = True
    blocked_reason: str | None = None  # code from pre_handling when volunteers are blocked


@dataclass(frozen=True, slots=True)
class Unit:
    """One person on duty or one crew that could go."""

    unit_id: str
    kind: UnitKind
    point: LonLat | None  # CGCS2000; position shared for duty or declared base, None = unknown
    mode: Mode
    skills: frozenset[str] = frozenset()  # valid at OrderNeed.at; expired ones left out
    available: bool = True
    unavailable_reason: str | None = None  # off_duty, resting, on_order … when not available
    recent_alerts_7d: int = 0  # offers received in the last 7 days
    recent_duties_7d: int = 0  # orders worked in the last 7 days
    open_orders: int = 0  # orders accepted and not yet ended
    acceptance_prior: float | None = None  # 0..1 for this kind, hour and order type; None = default
    turnout_s: float | None = None  # seconds from alert to moving; None = default of the kind


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason code of assignment/reasons.py with its parameters."""

    code: str
    params: Mapping[str, ParamValue] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Pick:
    """A unit that may be offered the order."""

    unit_id: str
    kind: UnitKind
    rank: int  # 1 = first
    expected_seconds: float  # turnout + travel, seconds after accepting
    distance_m: float  # street metres
    acceptance: float  # 0..1, probability used
    score: float  # seconds, lower is better
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Rejected:
    """A unit that is not offered the order, with every reason that applies."""

    unit_id: str
    kind: UnitKind
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """Picks in order, the nearest rejected by name, the rest counted by reason."""

    order_id: str
    picks: tuple[Pick, ...]
    rejected: tuple[Rejected, ...]  # nearest first, at most settings.named_rejections
    rejected_more: Mapping[str, int] = field(default_factory=dict, hash=False)  # reason → units
    rejected_more_total: int = 0  # units counted in rejected_more, each once
    model_version: str = ""

    @property
    def total(self) -> int:
        """Units judged; equals the number of units passed in."""
        return len(self.picks) + len(self.rejected) + self.rejected_more_total


@dataclass(frozen=True, slots=True)
class OfferPhase:
    """Units alerted together; the next phase opens when nobody accepted in ``wait_s``."""

    number: int  # 1 = first
    radius_m: float  # street metres for volunteers and sentinels; crews have no radius
    unit_ids: tuple[str, ...]  # in rank order, not alerted in an earlier phase
    wait_s: int  # seconds before the next phase


@dataclass(frozen=True, slots=True)
class OfferPlan:
    """Phases in order; an empty plan says that nobody can be offered the order."""

    order_id: str
    phases: tuple[OfferPhase, ...]
    not_offered: tuple[str, ...] = ()  # picks beyond the last radius or beyond k per phase


class TravelTimes(Protocol):
    """Street travel between one origin and many targets; infinity = cannot be reached."""

    def seconds(self, origin: LonLat, targets: Sequence[LonLat], mode: Mode) -> Sequence[float]:
        """Travel seconds, one per target, in order."""
        ...

    def metres(self, origin: LonLat, targets: Sequence[LonLat], mode: Mode) -> Sequence[float]:
        """Street metres, one per target, in order."""
        ...


@dataclass(frozen=True, slots=True)
class AssignmentSettings:
    """Weights of the score; may be set per city."""

    default_acceptance: Mapping[UnitKind, float] = field(
        default_factory=lambda: {
            UnitKind.VOLUNTEER: 0.36,
            UnitKind.SENTINEL: 0.85,
            UnitKind.POLICE: 0.97,
            UnitKind.AGENCY: 0.90,
        },
        hash=False,
    )
    default_turnout_s: Mapping[UnitKind, float] = field(
        default_factory=lambda: {
            UnitKind.VOLUNTEER: 60.0,
            UnitKind.SENTINEL: 10.0,
            UnitKind.POLICE: 45.0,
            UnitKind.AGENCY: 300.0,
        },
        hash=False,
    )
    alert_penalty_s: float = 12.0  # seconds added per alert in 7 days, before the urgency factor
    duty_penalty_s: float = 20.0  # seconds added per duty in 7 days
    fairness_cap_s: float = 240.0  # seconds; fairness never costs more than this
    fairness_by_urgency: Mapping[str, float] = field(
        default_factory=lambda: {"P1": 0.25, "P2": 0.5, "P3": 1.0, "P4": 1.5}, hash=False
    )
    max_open_orders: int = 1  # a unit with this many open orders is busy
    max_alerts_7d: int = 21  # volunteers beyond this rest, except for P1
    search_limit_s: float = 3_600.0  # seconds; farther is not offered
    max_picks: int = 50  # further able units are counted as reject.enough_nearer
    named_rejections: int = 50  # nearest rejected units listed by name
