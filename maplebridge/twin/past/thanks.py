"""Points for the duties and courses of the past."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from maplebridge.teams.api import PastAward, PointReason
from maplebridge.twin.city.history_records import HistoryIncident
from maplebridge.twin.city.records import City
from maplebridge.twin.past.matters import key_of, step_times

CERTIFICATE_DAYS = 730  # a first-aid certificate holds for two years
COURSE = "first_aid"
KEPT_DAYS = 700  # how far back the ledger of the demonstration reaches


def past_awards(p: HistoryIncident, at: datetime) -> Iterator[PastAward]:
    """The thanks of one matter: who went, and more when the person was satisfied."""
    times = step_times(p, at)
    if "fed_back" not in times:
        return
    for part in p.volunteers:
        if part.arrived_s is None:
            continue
        source = f"{key_of(p)}:{part.volunteer_code}"
        yield PastAward(part.volunteer_code, PointReason.ORDER_DONE, source, times["fed_back"])
        pleased = p.survey is not None and p.survey.satisfied == "satisfied"
        if pleased and "surveyed" in times:
            yield PastAward(part.volunteer_code, PointReason.RATED_FIVE, source, times["surveyed"])


def past_courses(city: City, at: datetime, days: int) -> Iterator[PastAward]:
    """First-aid courses of the last `days` days, known by the end of their certificate."""
    for volunteer in city.volunteers:
        for skill in volunteer.skills:
            ago = CERTIFICATE_DAYS - skill.valid_days
            if skill.code == COURSE and ago <= days:
                source = f"history:{volunteer.code}:{skill.code}"
                when = at - timedelta(days=ago)
                yield PastAward(volunteer.code, PointReason.TRAINING, source, when)


def earlier_awards(city: City, at: datetime, days: int) -> Iterator[PastAward]:
    """A few duties of each volunteer from before the matters that are told here."""
    for volunteer in city.volunteers:
        draw = Random(f"earlier:{volunteer.code}")
        for n in range(draw.randint(1, 4)):
            when = at - timedelta(days=draw.uniform(days + 1, KEPT_DAYS))
            yield PastAward(
                volunteer.code, PointReason.ORDER_DONE, f"earlier:{volunteer.code}:{n}", when
            )
