"""From the weekly plan to the roster of each day, and marking who is there."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from django.db import transaction

from maplebridge.kernel.actor import Actor
from maplebridge.kernel.errors import Conflict, NotFound
from maplebridge.kernel.journal import record
from maplebridge.kernel.policy import require
from maplebridge.people.events import PresenceMarked
from maplebridge.people.models import DutyDay, DutyPost, WeeklyDuty
from maplebridge.people.policies import may_change_roster

DAYS_BACK, DAYS_AHEAD = 7, 7


def plan_duty(first: date, last: date) -> int:
    """Write the rosters of these days from the weekly plan; days that have one keep theirs.

    Returns the number of posts put on a roster. No journal entry: it follows from the plan.
    """
    weekly: defaultdict[int, list[WeeklyDuty]] = defaultdict(list)
    for slot in WeeklyDuty.objects.filter(post__active=True).order_by("id"):
        weekly[slot.weekday].append(slot)
    added = 0
    with transaction.atomic():
        day = first
        while day <= last:
            added += _plan_day(day, weekly[day.weekday()])
            day += timedelta(days=1)
    return added


def _plan_day(day: date, slots: list[WeeklyDuty]) -> int:
    known = set(DutyDay.objects.filter(day=day).values_list("station_id", "shift"))
    wanted = {(s.station_id, s.shift) for s in slots} - known
    DutyDay.objects.bulk_create(
        [DutyDay(station_id=station, day=day, shift=shift) for station, shift in sorted(wanted)],
        ignore_conflicts=True,  # two workers may plan the same day
    )
    duties = {
        (d.station_id, d.shift): d.id
        for d in DutyDay.objects.filter(day=day)
        if (d.station_id, d.shift) in wanted
    }
    rows = [
        DutyPost(duty_id=duties[s.station_id, s.shift], role=s.role, post_id=s.post_id)
        for s in slots
        if (s.station_id, s.shift) in duties
    ]
    DutyPost.objects.bulk_create(rows, ignore_conflicts=True, batch_size=2_000)
    return len(rows)


def mark_presence(duty_post_id: int, present: bool, *, actor: Actor) -> None:
    """Say that somebody on the roster is there, or is not."""
    row = DutyPost.objects.select_related("duty__station").filter(id=duty_post_id).first()
    if row is None:
        raise NotFound("people.duty_post")
    require(may_change_roster(actor, row.duty.station_id))
    with transaction.atomic():
        moved = DutyPost.objects.filter(id=row.id, present=not present).update(present=present)
        if not moved:  # somebody marked it first; marking the same twice is told, not hidden
            raise Conflict("people.presence")
        record(
            PresenceMarked(
                station_code=row.duty.station.code,
                day=row.duty.day.isoformat(),
                role=row.role,
                post_id=row.post_id,
                present=present,
            ),
            actor=actor,
        )
