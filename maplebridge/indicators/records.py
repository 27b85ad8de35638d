"""Figures as other rooms receive them: every one with count, period, age and definition."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from maplebridge.indicators.measures import Change, Share
from maplebridge.indicators.periods import Period


@dataclass(frozen=True, slots=True)
class Figure:
    metric: str  # id of its definition
    value: float | None  # None: nothing to say yet
    n: int  # what it rests on
    period: Period
    as_of: datetime  # everything recorded up to then is in it
    small: bool  # fewer cases than its definition asks for

    @property
    def whole(self) -> int:
        return round(self.value or 0)


@dataclass(frozen=True, slots=True)
class Part:
    key: str
    label: str
    n: int


@dataclass(frozen=True, slots=True)
class Times:
    """How long something took; seconds."""

    figure: Figure
    median: float | None
    nine_in_ten: float | None
    # 95 % intervals from the order of the values; None: too few to bound that end
    median_between: tuple[float | None, float | None] = (None, None)
    nine_in_ten_between: tuple[float | None, float | None] = (None, None)


@dataclass(frozen=True, slots=True)
class Shared:
    figure: Figure
    share: Share
    times: Times


@dataclass(frozen=True, slots=True)
class Compared:
    figure: Figure  # value: per cent
    change: Change
    before: Period


@dataclass(frozen=True, slots=True)
class Clocks:
    figure: Figure
    overdue: int
    soon: int  # due within the hour


@dataclass(frozen=True, slots=True)
class Calls:
    figure: Figure
    overdue: int  # past their clock, those back at the desk included


@dataclass(frozen=True, slots=True)
class StationGap:
    code: str
    name: str
    missing: tuple[str, ...]  # names of the roles


@dataclass(frozen=True, slots=True)
class Stations:
    figure: Figure  # value: complete; n: all
    gaps: tuple[StationGap, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """All the wall shows, read at one moment."""

    at: datetime
    as_of: datetime
    received: Figure
    last_day: Figure
    young: bool  # soon after midnight: what follows speaks of the last 24 hours
    by_category: tuple[Part, ...]
    by_channel: tuple[Part, ...]
    by_urgency: tuple[Part, ...]
    clocks: Clocks
    calls: Calls
    volunteers_first: Shared
    arrival: Times
    decision: Times
    half_minute: Shared
    stations: Stations
    month: Compared
    day: Compared
