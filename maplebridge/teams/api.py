"""The one door of the teams room."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from maplebridge.kernel.actor import SYSTEM, Actor, Channel
from maplebridge.teams import advisor
from maplebridge.teams.actions import load, points
from maplebridge.teams.actions.availability import record_skill, set_availability, set_hours
from maplebridge.teams.actions.correcting import (
    confirm_correction,
    decline_correction,
    propose_correction,
)
from maplebridge.teams.actions.past import import_awards
from maplebridge.teams.actions.points import export_points, set_consent
from maplebridge.teams.advisor import SENTINEL_KEY, VOLUNTEER_KEY, ids_of, unit_key
from maplebridge.teams.events import TeamsLoaded
from maplebridge.teams.queries import (
    balance,
    counts,
    default_account,
    default_sentinel_account,
    experienced,
    lapsed_skills,
    sentinel_of,
    sentinels,
    teams_at_stations,
    volunteer_of,
    volunteers,
)
from maplebridge.teams.records import (
    Award,
    CityTeams,
    Load,
    PastAward,
    SentinelCard,
    VolunteerCard,
)
from maplebridge.teams.states import AvailabilityState, PointReason, WhyNot, skill_label

if TYPE_CHECKING:
    from maplebridge.brain.assignment.records import Unit

__all__ = [
    "SENTINEL_KEY",
    "VOLUNTEER_KEY",
    "AvailabilityState",
    "Award",
    "Load",
    "PastAward",
    "PointReason",
    "SentinelCard",
    "VolunteerCard",
    "WhyNot",
    "award",
    "balance",
    "confirm_correction",
    "counts",
    "decline_correction",
    "default_account",
    "default_sentinel_account",
    "experienced",
    "export_points",
    "ids_of",
    "import_awards",
    "lapsed_skills",
    "load_teams",
    "propose_correction",
    "record_skill",
    "responders",
    "sentinel_of",
    "sentinels",
    "set_availability",
    "set_consent",
    "set_hours",
    "skill_label",
    "teams_at_stations",
    "unit_key",
    "volunteer_of",
    "volunteers",
]


def responders(
    at: datetime,
    loads: Mapping[str, Load] | None = None,
    only: Collection[str] | None = None,
) -> list[Unit]:
    """Volunteers and sentinels as units, with why-not at `at`; two queries however many.

    `loads` says by unit key what dispatch knows of their week; `only` narrows to some keys.
    """
    return advisor.build_units(at, loads or {}, only)


def load_teams(city: CityTeams, *, demo: bool = False, actor: Actor | None = None) -> TeamsLoaded:
    """Teams, volunteers and sentinels of a city in bulk, after places and people are there.

    Everybody gets an account without a password and a post; `demo` flags the accounts as such.
    """
    return load.load_teams(city, demo=demo, actor=actor or SYSTEM("teams.load", Channel.COMMAND))


def award(volunteer_id: int, reason: PointReason | str, source: str, *, actor: Actor) -> Award:
    """Points for something done, once per source and within the caps."""
    return points.award(volunteer_id, PointReason(reason), source, actor=actor)
