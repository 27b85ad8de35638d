"""What a field page says when no order waits: my next duty, my area, what is open there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from maplebridge.incidents import api as incidents
from maplebridge.kernel.actor import Actor
from maplebridge.kernel.clock import ZONE, local, now
from maplebridge.people import api as people
from maplebridge.people.models import Shift, WeeklyDuty
from maplebridge.places.api import in_language
from maplebridge.places.models import GridCell, Station

WEEK = 7
OPEN_SHOWN = 6
BEGINS = {Shift.NIGHT: 0, Shift.DAY: 8, Shift.EVENING: 16}  # hour of the local day
LASTS = timedelta(hours=8)


@dataclass(frozen=True, slots=True)
class Duty:
    """One shift of the weekly plan."""

    begins: datetime
    ends: datetime
    label: str
    running: bool


@dataclass(frozen=True, slots=True)
class OpenMatter:
    code: str
    title: str
    place: str
    urgency: str
    state_label: str
    reported_at: datetime


@dataclass(frozen=True, slots=True)
class Area:
    """Where this post works: the cell, or the station with all of its cells."""

    name: str
    station: str
    matters: tuple[OpenMatter, ...]  # the most urgent first
    more: int  # open matters that are not among them


def next_duty(actor: Actor) -> Duty | None:
    """The shift that runs, else the next one within a week; None without a plan."""
    if actor.post_id is None:
        return None
    plan = set(WeeklyDuty.objects.filter(post_id=actor.post_id).values_list("weekday", "shift"))
    at = now()
    today = local(at).date()
    coming = (
        _duty(datetime.combine(day, time(hour), ZONE), shift, at)
        for day in (today + timedelta(days=n) for n in range(WEEK + 1))
        for shift, hour in BEGINS.items()
        if (day.weekday(), shift) in plan
    )
    return next((duty for duty in coming if duty.ends > at), None)


def _duty(begins: datetime, shift: Shift, at: datetime) -> Duty:
    return Duty(begins, begins + LASTS, people.shift_label(shift), begins <= at)


def my_area(actor: Actor) -> Area | None:
    """The area of a post of the station; None for helpers, who have none."""
    if not people.role_may(actor, "incident.read") or actor.station_id is None:
        return None
    station = Station.objects.filter(pk=actor.station_id).first()
    cell = GridCell.objects.filter(pk=actor.cell_id).first() if actor.cell_id else None
    rows = incidents.open_incidents(actor)
    matters = tuple(
        OpenMatter(
            row.code, row.title, row.place_words, row.queue_urgency,
            str(row.get_state_display()), row.reported_at,
        )
        for row in rows[:OPEN_SHOWN]
    )  # fmt: skip
    more = max(0, rows.count() - len(matters)) if len(matters) == OPEN_SHOWN else 0
    return Area(
        in_language(cell.name, cell.name_en) if cell else "",
        station.short_title if station else "",
        matters,
        more,
    )
