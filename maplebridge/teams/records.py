"""Frozen values that cross the door of the teams room, and the shape a loader reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from maplebridge.teams.states import PointReason


@dataclass(frozen=True, slots=True)
class Load:
    """What dispatch knows about somebody's week; counted from its own rows."""

    alerts_7d: int = 0
    duties_7d: int = 0
    open_orders: int = 0


@dataclass(frozen=True, slots=True)
class Award:
    """What became of an award; `given` false names the rule that said no."""

    given: bool
    points: int
    because: str  # "given" | "repeated" | "daily_cap" | "weekly_cap" | "yearly_cap"


@dataclass(frozen=True, slots=True)
class PastAward:
    """Something done before, brought in in bulk; see `actions.past`."""

    volunteer_code: str
    reason: PointReason
    source: str  # what it is for; never thanked twice
    at: datetime


@dataclass(frozen=True, slots=True)
class VolunteerCard:
    """A volunteer as other rooms may show them: an alias, never a phone number."""

    id: int
    code: str
    display_name: str
    active: bool
    ebike: bool
    account_id: int | None
    base_lon: float | None
    base_lat: float | None


@dataclass(frozen=True, slots=True)
class SentinelCard:
    id: int
    code: str
    display_name: str
    active: bool
    team_id: int
    team_code: str
    team_title: str
    premises_id: int
    premises_title: str
    station_id: int | None
    account_id: int | None
    post_lon: float
    post_lat: float
    training_valid_until: datetime
    licence: bool

    def trained(self, at: datetime) -> bool:
        """Whether the sentinel may act as one; it ends in the minute the training ends."""
        return self.active and self.licence and self.training_valid_until > at


@dataclass(frozen=True, slots=True)
class Lapsed:
    """A certificate that has run out, for the reason beside the name."""

    volunteer_id: int
    skill: str
    since: datetime


class SkillSeed(Protocol):
    @property
    def code(self) -> str: ...
    @property
    def valid_days(self) -> int: ...


class WindowSeed(Protocol):
    @property
    def weekday(self) -> int: ...
    @property
    def from_minute(self) -> int: ...
    @property
    def to_minute(self) -> int: ...


class TeamSeed(Protocol):
    @property
    def code(self) -> str: ...
    @property
    def name_zh(self) -> str: ...
    @property
    def name_en(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def station_code(self) -> str: ...
    @property
    def captain_code(self) -> str: ...


class VolunteerSeed(Protocol):
    @property
    def code(self) -> str: ...
    @property
    def alias(self) -> str: ...
    @property
    def point(self) -> tuple[float, float]: ...
    @property
    def skills(self) -> Sequence[SkillSeed]: ...
    @property
    def windows(self) -> Sequence[WindowSeed]: ...
    @property
    def ebike(self) -> bool: ...
    @property
    def minor(self) -> bool: ...


class MembershipSeed(Protocol):
    @property
    def team_code(self) -> str: ...
    @property
    def volunteer_code(self) -> str: ...


class SentinelTeamSeed(Protocol):
    @property
    def code(self) -> str: ...
    @property
    def name_zh(self) -> str: ...
    @property
    def name_en(self) -> str: ...
    @property
    def premises_code(self) -> str: ...
    @property
    def station_code(self) -> str: ...
    @property
    def post(self) -> tuple[float, float]: ...


class SentinelSeed(Protocol):
    @property
    def code(self) -> str: ...
    @property
    def alias(self) -> str: ...
    @property
    def team_code(self) -> str: ...
    @property
    def shift(self) -> str: ...
    @property
    def training_valid_days(self) -> int: ...
    @property
    def licensed(self) -> bool: ...
    @property
    def leader(self) -> bool: ...


class CityTeams(Protocol):
    """What `load_teams` reads of a city; coordinates are (lon, lat) in CGCS2000 degrees."""

    @property
    def teams(self) -> Sequence[TeamSeed]: ...
    @property
    def volunteers(self) -> Sequence[VolunteerSeed]: ...
    @property
    def memberships(self) -> Sequence[MembershipSeed]: ...
    @property
    def sentinel_teams(self) -> Sequence[SentinelTeamSeed]: ...
    @property
    def sentinels(self) -> Sequence[SentinelSeed]: ...
