"""Work orders of generated matters: most answered in time, some late, urged or returned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from maplebridge.orders import api as orders
from maplebridge.orders.api import PastOrder, PastOrderStep
from maplebridge.twin.city.history.answers import RETURNS, answer_of
from maplebridge.twin.city.history_records import HistoryIncident
from maplebridge.twin.past.matters import key_of

WITHOUT = ("PSB", "STATION")  # they act through dispatch and the desk, without a paper order
RETURNED = 0.03  # share of matters that went to the wrong agency first
RETURN_NEEDS = timedelta(hours=3)  # shorter matters are settled before anybody sends them back
MISTAKEN = ("HCD", "UMLE", "COMM", "WATER")  # who is taken to be competent and is not
URGE_AT = 0.8  # of the time the agency has
URGE_AGAIN = timedelta(hours=6)  # after it was due
ANSWERING, DESK = "agency_clerk", "dispatcher"


@dataclass(frozen=True, slots=True)
class _Course:
    """When the matter was judged, settled and closed, whatever the moment we look."""

    issued: datetime
    settled: datetime
    closed: datetime
    due: datetime


def past_orders(p: HistoryIncident, names: Mapping[str, str], at: datetime) -> Iterator[PastOrder]:
    """The orders of one matter as they stood at `at`; `names` are the agencies' names."""
    involved = [a for a in dict.fromkeys((p.lead_agency, *p.co_agencies)) if a not in WITHOUT]
    course = _course(p, len(involved))
    if p.repeat_of or course is None or course.issued > at:
        return
    for agency in involved:
        draw = Random(f"order:{p.key}:{agency}")
        lead = agency == p.lead_agency
        first, steps = agency, [PastOrderStep("issue", course.issued, "system:orders")]
        begun = course.issued
        long_enough = course.settled - course.issued > RETURN_NEEDS
        if lead and long_enough and draw.random() < RETURNED:
            first = next(a for a in MISTAKEN if a not in involved)
            steps += _returned(begun, names.get(agency, agency), agency, draw)
            begun = steps[-1].at
        steps += _worked(p, course, agency, begun, lead, draw)
        done = tuple(step for step in sorted(steps, key=lambda s: s.at) if step.at <= at)
        yield PastOrder(key_of(p), first, "lead" if lead else "assist", done)


def _course(p: HistoryIncident, agencies: int) -> _Course | None:
    offsets = {s.name: p.received_at + timedelta(seconds=s.offset_s) for s in p.timeline}
    if not {"triaged", "fed_back", "closed"} <= set(offsets):
        return None
    issued = offsets["triaged"]
    due = orders.answer_due(issued, urgency=p.urgency, subtype=p.subtype, agencies=agencies)
    return _Course(issued, offsets["fed_back"], offsets["closed"], due)


def _returned(
    begun: datetime, to: str, agency: str, draw: Random
) -> tuple[PastOrderStep, PastOrderStep]:
    """Sent to the wrong agency, which says so; then sent on by the desk."""
    back = begun + timedelta(minutes=draw.randint(15, 55))
    why = draw.choice(RETURNS).format(to=to)
    on = back + timedelta(minutes=draw.randint(4, 20))
    return (
        PastOrderStep("return", back, ANSWERING, agency, why),
        PastOrderStep("reissue", on, DESK, agency),
    )


def _worked(
    p: HistoryIncident, course: _Course, agency: str, begun: datetime, lead: bool, draw: Random
) -> Iterator[PastOrderStep]:
    """Accepted, urged when it takes long, answered; an assisting part may be overtaken."""
    span = course.settled - begun
    wait = timedelta(
        minutes=draw.randint(2, 7) if p.urgency in ("P1", "P2") else draw.randint(5, 95)
    )
    accepted = begun + min(wait, span * 0.4)
    answered = (
        course.settled if lead else accepted + (course.settled - accepted) * draw.uniform(0.3, 0.98)
    )
    yield PastOrderStep("accept", accepted, ANSWERING)
    overtaken = not lead and draw.random() < 0.08
    ends = course.closed if overtaken else answered
    urged = course.issued + (course.due - course.issued) * URGE_AT
    for moment in (urged, course.due + URGE_AGAIN):
        if accepted < moment < ends:
            yield PastOrderStep("urge", moment, DESK)
    if overtaken:
        yield PastOrderStep("cancel", ends, "system:orders")
    else:
        yield PastOrderStep("answer", ends, ANSWERING, words=answer_of(agency))
