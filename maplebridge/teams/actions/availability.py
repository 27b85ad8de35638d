"""What volunteers say about when they can be asked, and what they were certified for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from maplebridge.kernel.actor import Actor
from maplebridge.kernel.clock import now
from maplebridge.kernel.errors import BadInput
from maplebridge.kernel.journal import record
from maplebridge.kernel.policy import require
from maplebridge.teams.actions.points import award
from maplebridge.teams.events import AvailabilityChanged, HoursChanged, SkillRecorded
from maplebridge.teams.models import AvailabilityNow, AvailabilityWindow, VolunteerSkill
from maplebridge.teams.policies import volunteer_policy
from maplebridge.teams.queries import access_volunteer
from maplebridge.teams.states import TRAINING_SKILLS, AvailabilityState, PointReason

WEEKLY_HOURS = "weekly_hours"
Hours = tuple[int, int, int]  # weekday (Monday 0), from minute, to minute (not included)


def set_availability(
    volunteer_id: int,
    state: AvailabilityState | None,
    *,
    until: datetime | None = None,
    actor: Actor,
) -> None:
    """Say it by hand until `until`; None goes back to the weekly hours."""
    volunteer = access_volunteer(actor, volunteer_id, verb="change")
    if until is not None and until <= now():
        raise BadInput("teams.until_past", _("That moment has already passed."))
    with transaction.atomic():
        if state is None:
            AvailabilityNow.objects.filter(volunteer=volunteer).delete()
        else:
            AvailabilityNow.objects.update_or_create(
                volunteer=volunteer, defaults={"state": state, "until": until, "at": now()}
            )
        record(
            AvailabilityChanged(
                volunteer.pk, state or WEEKLY_HOURS, until.isoformat() if until else None
            ),
            actor=actor,
        )


def set_hours(volunteer_id: int, hours: Sequence[Hours], *, actor: Actor) -> None:
    """Replace the weekly hours; they may not overlap on one day."""
    volunteer = access_volunteer(actor, volunteer_id, verb="change")
    wanted = sorted(set(hours))
    for (day, _begins, ends), (next_day, next_begins, _ends) in pairwise(wanted):
        if day == next_day and next_begins < ends:
            raise BadInput("teams.hours_overlap", _("These hours overlap."))
    if any(not (0 <= d <= 6 and 0 <= b < e <= 1440) for d, b, e in wanted):
        raise BadInput("teams.hours_wrong", _("These hours are not inside one day."))
    with transaction.atomic():
        AvailabilityWindow.objects.filter(volunteer=volunteer).delete()
        AvailabilityWindow.objects.bulk_create(
            [
                AvailabilityWindow(volunteer=volunteer, weekday=d, from_minute=b, to_minute=e)
                for d, b, e in wanted
            ]
        )
        record(HoursChanged(volunteer.pk, len(wanted)), actor=actor)


def record_skill(volunteer_id: int, skill: str, valid_until: datetime, *, actor: Actor) -> None:
    """A captain enters or renews a certificate of a member of the own team.

    First aid is thanked for, once a year and once for each certificate.
    """
    volunteer = access_volunteer(actor, volunteer_id, verb="read")
    require(volunteer_policy.may(actor, "train", volunteer))
    with transaction.atomic():
        VolunteerSkill.objects.update_or_create(
            volunteer=volunteer, skill=skill, defaults={"valid_until": valid_until}
        )
        record(SkillRecorded(volunteer.pk, skill, valid_until.isoformat()), actor=actor)
        if skill in TRAINING_SKILLS and valid_until > now():
            source = f"certificate:{volunteer.pk}:{skill}:{valid_until:%Y-%m-%d}"
            award(volunteer.pk, PointReason.TRAINING, source, actor=actor)
