"""Closed lists of the teams room: availability, training, and the rules of the points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class AvailabilityState(models.TextChoices):
    """What a volunteer said by hand; it goes before the weekly hours until it runs out."""

    AVAILABLE = "available", _("Can be asked now")
    PAUSED = "paused", _("Not now, please")


class WhyNot(models.TextChoices):
    """Why somebody can not be asked at this moment; the desk reads it beside the name."""

    INACTIVE = "inactive", _("has left or is on leave")
    OFF_DUTY = "off_duty", _("outside the hours they gave")
    PAUSED = "paused", _("has paused for now")
    ON_ORDER = "on_order", _("is busy with an order")
    TRAINING_LAPSED = "training_lapsed", _("sentinel training has lapsed")
    UNLICENSED = "unlicensed", _("has no guard licence")
    MINOR = "minor", _("is a minor")


class ShiftCode(models.TextChoices):
    DAY = "day", _("Day, 08–16")
    EVENING = "evening", _("Evening, 16–24")
    NIGHT = "night", _("Night, 00–08")


SHIFT_MINUTES: Final = {
    ShiftCode.DAY: (480, 960),
    ShiftCode.EVENING: (960, 1440),
    ShiftCode.NIGHT: (0, 480),
}


class PointReason(models.TextChoices):
    ORDER_DONE = "order_done", _("Order completed and confirmed")
    TRAINING = "training", _("First-aid training")
    PATROL = "patrol", _("Patrol with its check points")
    HAZARD = "hazard", _("Verified hazard report")
    RATED_FIVE = "rated_five", _("Rated five by the requester")
    REVERSAL = "reversal", _("Correction of an entry")


class CorrectionState(models.TextChoices):
    PROPOSED = "proposed", _("waiting for a second person")
    CONFIRMED = "confirmed", _("corrected")
    DECLINED = "declined", _("the entry stays")


class Period(models.TextChoices):
    DAY = "day"
    WEEK = "week"
    YEAR = "year"
    EVER = "ever"


@dataclass(frozen=True, slots=True)
class PointRule:
    points: int
    cap: int | None  # entries in one period; None has no cap
    period: Period  # counted in local time; a week begins on Monday


# A certificate for one of these is the training that is thanked for.
TRAINING_SKILLS: Final = frozenset({"first_aid", "aed"})

# Patrols have no room yet, and hazards are found by staff on visits: nothing awards these two.
# Thanks, not wages: only positive, small, capped. Conduct never costs points.
POINT_RULES: Final[dict[PointReason, PointRule]] = {
    PointReason.ORDER_DONE: PointRule(10, 5, Period.DAY),
    PointReason.TRAINING: PointRule(20, 1, Period.YEAR),
    PointReason.PATROL: PointRule(5, 3, Period.WEEK),
    PointReason.HAZARD: PointRule(5, None, Period.EVER),
    PointReason.RATED_FIVE: PointRule(2, None, Period.EVER),
}


class Skill(models.TextChoices):
    """What a volunteer can be certified for; an order asks for codes of this list."""

    FIRST_AID = "first_aid", _("First aid")
    AED = "aed", _("Defibrillator")
    FIRE_BASIC = "fire_basic", _("Small fires")
    WATER_RESCUE = "water_rescue", _("Water rescue")
    MEDIATION = "mediation", _("Mediation")
    DIALECT = "dialect", _("Local dialect")
    CHILD_CARE = "child_care", _("With children")
    ELDER_CARE = "elder_care", _("With old people")
    TRAFFIC_GUIDE = "traffic_guide", _("Guiding traffic")
    ELECTRIC = "electric", _("Electrician")
    DRIVE = "drive", _("Driver")


def skill_label(code: str) -> str:
    """The skill in the active language; an unknown code stays as it is."""
    return str(Skill(code).label) if code in Skill.values else code
