"""What happens in the teams, as other rooms hear it: ids, numbers, times; nobody's name."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from maplebridge.kernel.journal import Event, event


@event("teams.loaded", sentence=_("{teams} teams with {persons} people were loaded."))
@dataclass(frozen=True, slots=True)
class TeamsLoaded(Event):
    teams: int
    persons: int  # distinct volunteers
    sentinels: int

    def topics(self) -> tuple[str, ...]:
        return ("desk", "wall")


@event("teams.availability_changed", sentence=_("A volunteer said: {state}."))
@dataclass(frozen=True, slots=True)
class AvailabilityChanged(Event):
    volunteer_id: int
    state: str  # available | paused | weekly_hours
    until: str | None  # ISO, UTC

    def topics(self) -> tuple[str, ...]:
        return ("desk", f"volunteer:{self.volunteer_id}")


@event("teams.hours_changed", sentence=_("A volunteer changed the weekly hours."))
@dataclass(frozen=True, slots=True)
class HoursChanged(Event):
    volunteer_id: int
    windows: int

    def topics(self) -> tuple[str, ...]:
        return (f"volunteer:{self.volunteer_id}",)


@event("teams.skill_recorded", sentence=_("A certificate was recorded: {skill}."))
@dataclass(frozen=True, slots=True)
class SkillRecorded(Event):
    volunteer_id: int
    skill: str
    valid_until: str  # ISO, UTC

    def topics(self) -> tuple[str, ...]:
        return ("desk", f"volunteer:{self.volunteer_id}")


@event("teams.points_given", sentence=_("{points} points were given: {reason}."))
@dataclass(frozen=True, slots=True)
class PointsGiven(Event):
    volunteer_id: int
    points: int
    reason: str
    source: str

    def topics(self) -> tuple[str, ...]:
        return (f"volunteer:{self.volunteer_id}",)


@event(
    "teams.points_imported",
    sentence=_("{entries} past entries of the points were imported, {points} points."),
)
@dataclass(frozen=True, slots=True)
class PointsImported(Event):
    entries: int
    points: int


@event("teams.points_reversed", sentence=_("An entry of {points} points was corrected."))
@dataclass(frozen=True, slots=True)
class PointsReversed(Event):
    volunteer_id: int
    points: int
    transfer_id: int

    def topics(self) -> tuple[str, ...]:
        return (f"volunteer:{self.volunteer_id}",)


@event(
    "teams.correction_proposed",
    sentence=_("An entry of {points} points was held to be wrong; a second person decides."),
)
@dataclass(frozen=True, slots=True)
class CorrectionProposed(Event):
    volunteer_id: int
    points: int
    transfer_id: int

    def topics(self) -> tuple[str, ...]:
        return ("desk", f"volunteer:{self.volunteer_id}")


@event("teams.correction_declined", sentence=_("An entry of {points} points stays as it is."))
@dataclass(frozen=True, slots=True)
class CorrectionDeclined(Event):
    volunteer_id: int
    points: int
    transfer_id: int

    def topics(self) -> tuple[str, ...]:
        return ("desk", f"volunteer:{self.volunteer_id}")


@event("teams.consent_changed", sentence=_("A volunteer decided about passing points on."))
@dataclass(frozen=True, slots=True)
class ConsentChanged(Event):
    volunteer_id: int
    given: bool

    def topics(self) -> tuple[str, ...]:
        return (f"volunteer:{self.volunteer_id}",)


@event("teams.points_exported", sentence=_("{entries} point entries were passed on."))
@dataclass(frozen=True, slots=True)
class PointsExported(Event):
    entries: int
    points: int
