"""What came of an incident: the steps, who was first, and what people said afterwards."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import exp
from random import Random

from maplebridge.twin.city.history.responders import Responders
from maplebridge.twin.city.history.stage import Place
from maplebridge.twin.city.history_records import (
    FirstArrival,
    Step,
    StepName,
    Survey,
    VolunteerPart,
)
from maplebridge.twin.city.kinds import Kind, Urgency

DAY = 86_400
TRIAGE = {"P1": 24, "P2": 42, "P3": 150, "P4": 480}  # median seconds
DISPATCH = {"P1": 18, "P2": 40, "P3": 260, "P4": 900}
CLOSE_DAYS = {"P1": 0.4, "P2": 0.6, "P3": 2.2, "P4": 1.6}
SENTINEL_MEDIAN, SENTINEL_SPREAD = 27.0, 0.14  # seconds from the alarm to the scene
SLOW_SHARE, SLOW_DAYS = 0.07, 5.0  # of what an office decides: some of it takes days
TALK_ONLY = ("consultation", "other", "nuisance", "complaint_on_police")


@dataclass(slots=True)
class Course:
    """Steps under construction."""

    steps: dict[StepName, int] = field(default_factory=lambda: {"received": 0})
    unit_code: str | None = None
    volunteers: tuple[VolunteerPart, ...] = ()
    survey: Survey | None = None

    def timeline(self) -> tuple[Step, ...]:
        """Steps in order of time."""
        return tuple(Step(n, s) for n, s in sorted(self.steps.items(), key=lambda kv: kv[1]))

    def first(self) -> FirstArrival:
        """Who was there first."""
        arrivals: list[tuple[int, FirstArrival]] = []
        names: tuple[tuple[StepName, FirstArrival], ...] = (
            ("volunteer_arrived", "volunteer"),
            ("sentinel_arrived", "sentinel"),
            ("police_arrived", "police"),
            ("agency_arrived", "agency"),
        )
        for step, who in names:
            if step in self.steps:
                arrivals.append((self.steps[step], who))
        return min(arrivals)[1] if arrivals else "nobody"


def run_course(
    kind: Kind,
    urgency: Urgency,
    channel: str,
    place: Place,
    when: tuple[int, int],  # weekday, local minute
    crowd: Responders,
    rng: Random,
) -> Course:
    """Run an incident from receipt to closing."""
    course = Course()
    steps = course.steps
    steps["triaged"] = _about(TRIAGE[urgency], 0.45, rng)
    if channel == "sentinel":
        steps["sentinel_arrived"] = _about(SENTINEL_MEDIAN, SENTINEL_SPREAD, rng)
    sends_police = kind.police != "non_police" and kind.category not in TALK_ONLY
    if sends_police and place.point is not None and "nowhere" not in kind.setting:
        _send(course, kind, urgency, place.point, when[1], crowd, rng)
    if kind.volunteer_ok and place.point is not None and urgency != "P4" and rng.random() < 0.85:
        _ask_volunteers(course, place.point, when, crowd, rng)
    if kind.police != "police" and kind.lead != "STATION":
        _transfer(course, kind, urgency, when[1], rng)
    last = max(steps.values())
    wait = 1500.0 if urgency in ("P1", "P2") else 5400.0
    if "transferred" in steps and urgency in ("P3", "P4") and rng.random() < SLOW_SHARE:
        wait = SLOW_DAYS * DAY
    steps["fed_back"] = last + _about(wait, 0.6, rng)
    steps["closed"] = steps["fed_back"] + _about(CLOSE_DAYS[urgency] * DAY, 0.7, rng)
    if not kind.unsafe_contact and kind.category != "nuisance" and rng.random() < 0.42:
        steps["surveyed"] = steps["closed"] - _about(1800, 0.2, rng)
        if steps["surveyed"] < steps["fed_back"]:
            steps["surveyed"] = steps["fed_back"] + 60
            steps["closed"] = max(steps["closed"], steps["surveyed"] + 60)
        course.survey = _survey(kind, course, rng)
    return course


def _about(median: float, spread: float, rng: Random) -> int:
    """Seconds around a median, with the long tail that real delays have."""
    return max(2, int(median * exp(rng.gauss(0.0, spread))))


def _send(
    course: Course,
    kind: Kind,
    urgency: Urgency,
    point: tuple[float, float],
    minute: int,
    crowd: Responders,
    rng: Random,
) -> None:
    what = "traffic" if kind.lead == "PSB-TP" else "patrol"
    unit, travel = crowd.unit(what, point, minute, rng)
    steps = course.steps
    steps["dispatched"] = steps["triaged"] + _about(DISPATCH[urgency], 0.4, rng)
    steps["acknowledged"] = steps["dispatched"] + _about(26, 0.5, rng)
    slack = 0 if urgency in ("P1", "P2") else _about(420, 0.8, rng)
    steps["police_arrived"] = steps["acknowledged"] + travel + slack
    course.unit_code = unit.code
    if kind.lead == "FIRE" or (kind.lead == "HEALTH" and urgency == "P1"):
        help_kind = "micro_fire" if kind.lead == "FIRE" else "ambulance"
        _, travel = crowd.unit(help_kind, point, minute, rng)
        steps["agency_arrived"] = steps["dispatched"] + travel + _about(70, 0.4, rng)


def _ask_volunteers(
    course: Course,
    point: tuple[float, float],
    when: tuple[int, int],
    crowd: Responders,
    rng: Random,
) -> None:
    start = course.steps["triaged"] + rng.randint(6, 30)
    parts = crowd.volunteers(point, when[0], when[1], start, rng)
    course.volunteers = parts
    if not parts:
        return
    course.steps["volunteer_offered"] = start
    went = [p for p in parts if p.arrived_s is not None and p.answered_s is not None]
    if went:
        course.steps["volunteer_accepted"] = min(p.answered_s for p in went if p.answered_s)
        course.steps["volunteer_arrived"] = min(p.arrived_s for p in went if p.arrived_s)


def _transfer(course: Course, kind: Kind, urgency: Urgency, minute: int, rng: Random) -> None:
    """Hand over to the competent body; offices accept slowly after hours."""
    steps = course.steps
    steps["transferred"] = steps["triaged"] + _about(90, 0.5, rng)
    office = 510 <= minute < 1050
    wait = 300 if urgency in ("P1", "P2") else 1500 if office else 9000
    steps["transfer_accepted"] = steps["transferred"] + _about(wait, 0.8, rng)
    on_site = kind.category in ("social_linkage", "fire_rescue", "urgent_help")
    if on_site and "agency_arrived" not in steps and kind.setting != "nowhere":
        travel = 2700 if urgency in ("P1", "P2") else 30_000
        steps["agency_arrived"] = steps["transfer_accepted"] + _about(travel, 0.7, rng)


def _survey(kind: Kind, course: Course, rng: Random) -> Survey:
    """Answers; quick help makes people kinder, long waits and quarrels do not."""
    if rng.random() < 0.18:
        return Survey(None, None, None)
    days = course.steps["closed"] / DAY
    good = 0.86 - min(0.3, 0.06 * days) - (0.12 if kind.category == "dispute" else 0.0)
    if course.first() in ("volunteer", "sentinel"):
        good += 0.06
    draw = rng.random()
    solved = "yes" if draw < good * 0.85 else "partly" if draw < good * 0.85 + 0.14 else "no"
    draw = rng.random()
    mood = good + (0.08 if solved == "yes" else -0.3 if solved == "no" else 0.0)
    satisfied = "satisfied" if draw < mood * 0.75 else "basically" if draw < mood else "not"
    return Survey(rng.random() < 0.94, solved, satisfied)  # type: ignore[arg-type]
