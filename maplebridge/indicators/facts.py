"""What one incident adds to the figures: a pure function of its row and its status changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

OUT = frozenset({"merged", "invalid"})  # states that count nowhere
CRIME = frozenset({"criminal", "public_order"})
ACCEPT_WITHIN = timedelta(hours=2)  # a hand-over that is taken later is not effective
BACK_WITHIN = timedelta(days=7)  # and one that comes back to the police so soon neither
CAME = frozenset({"arrive", "handle"})
COMERS = {
    "volunteer": "volunteer",
    "team_captain": "volunteer",
    "social_org_member": "volunteer",
    "sentinel": "sentinel",
    "sentinel_leader": "sentinel",
    "police_officer": "police",
    "auxiliary_officer": "police",
    "agency_clerk": "agency",
    "urban_enforcement": "agency",
    "market_supervisor": "agency",
    "grid_worker": "agency",
    "police_assistant": "agency",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One status change."""

    verb: str
    role: str  # of who did it
    urgency: str  # as decided by then
    at: datetime
    before: str = ""  # the state it left


@dataclass(frozen=True, slots=True)
class Arrival:
    """The first helper of any kind on the spot."""

    kind: str  # volunteer | sentinel | police | agency | other
    seconds: float  # since the report


@dataclass(frozen=True, slots=True)
class Judgement:
    """One triage decision: who is competent, and who leads."""

    label: str  # police | mixed | non_police
    led_by_police: bool
    at: datetime

    @property
    def elsewhere(self) -> bool:
        """Whether the matter belongs to somebody who is not the police."""
        return self.label == "non_police" or (self.label == "mixed" and not self.led_by_police)


@dataclass(frozen=True, slots=True)
class Handed:
    """The order to the agency that leads."""

    to: str  # the agency it was issued to, whoever has it now
    issued_at: datetime
    due_at: datetime
    taken_at: datetime | None  # accepted, or answered at once
    answered_at: datetime | None
    returned: bool  # the agency sent it back at least once


@dataclass(frozen=True, slots=True)
class Fact:
    """An incident as the figures see it."""

    incident_id: int
    state: str
    channel: str
    category: str  # initial, frozen at the first triage; "" before
    subtype: str
    key_cell: bool  # its grid was a key grid on the day of the report
    reported_at: datetime
    received_at: datetime
    steps: Sequence[Step]  # in order of time
    arrival: Arrival | None = None  # as dispatch knows it; else the status change says
    judgements: Sequence[Judgement] = ()  # in order of time
    handed: Handed | None = None
    police_came: bool = False  # a police unit was on the spot, first or later
    police_leads: bool = False  # by the first decision

    def first(self, verb: str) -> Step | None:
        return next((step for step in self.steps if step.verb == verb), None)

    def first_arrival(self) -> Arrival | None:
        """Matters that were handed over from elsewhere have the status change only."""
        step = self.first("arrive")
        if self.arrival is not None or step is None:
            return self.arrival
        return Arrival(comer(step.role), (step.at - self.reported_at).total_seconds())

    def by_police(self) -> bool:
        """A police unit came, or the police settled it without anybody going there."""
        arrival = self.first_arrival()
        on_the_spot = any(s.verb in CAME and comer(s.role) == "police" for s in self.steps)
        if self.police_came or on_the_spot or (arrival and arrival.kind == "police"):
            return True
        settled = any(s.verb == "feed_back" and s.before == "triaged" for s in self.steps)
        return self.police_leads and settled and arrival is None

    def diverted(self) -> str | None:
        """ "effective" or "other" for what the first triage gave elsewhere; None for the rest.

        The first decision counts: giving a matter back to the police takes it out of what was
        achieved, and not out of what had to be.
        """
        if not self.judgements or not self.judgements[0].elsewhere:
            return None
        order = self.handed
        if order is None or order.taken_at is None or order.answered_at is None or order.returned:
            return "other"
        in_time = (
            order.taken_at <= order.issued_at + ACCEPT_WITHIN and order.answered_at <= order.due_at
        )
        return "effective" if in_time and not self._came_back(order.taken_at) else "other"

    def _came_back(self, taken: datetime) -> bool:
        back = [s.at for s in self.steps if s.verb == "dispatch"]
        back += [j.at for j in self.judgements if not j.elsewhere]
        return any(taken < at <= taken + BACK_WITHIN for at in back)


@dataclass(frozen=True, slots=True)
class Took:
    metric: str
    key: str
    seconds: float


def hour_of(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)


def marks(fact: Fact) -> frozenset[str]:
    """Where the incident counts, as "metric|key", in the hour it was reported."""
    return frozenset(_marks(fact)) if fact.state not in OUT else frozenset()


def _marks(fact: Fact) -> Iterator[str]:
    yield "received|"
    yield f"received.channel|{fact.channel}"
    yield f"received.category|{fact.category}"
    triage, arrival = fact.first("triage"), fact.first_arrival()
    yield f"received.urgency|{triage.urgency if triage else ''}"
    if fact.category in CRIME and fact.key_cell:
        yield "key_grid_crime|"
    family = fact.subtype.split(".", 1)[0]
    if fact.category == "criminal" and family in {"fraud", "theft"}:
        yield f"{family}|"
    if arrival:
        yield f"first_arrival|{arrival.kind}"
    if fact.by_police():
        yield "police_handled|"
    if diverted := fact.diverted():
        yield f"diversion|{diverted}"


def spans(fact: Fact) -> Iterator[Took]:
    """How long it took; only what has happened, and never a negative time."""
    if fact.state in OUT:
        return
    triage, arrival, close = fact.first("triage"), fact.first_arrival(), fact.first("close")
    found = []
    if triage:
        seconds = (triage.at - fact.received_at).total_seconds()
        found.append(Took("decision_time", triage.urgency, seconds))
    if arrival:
        found.append(Took("arrival_time", arrival.kind, arrival.seconds))
    if close:
        seconds = (close.at - fact.reported_at).total_seconds()
        found.append(Took("closing_time", fact.category, seconds))
    yield from (took for took in found if took.seconds >= 0)


def comer(role: str) -> str:
    """Who came first, by the role of who reported the arrival: volunteer, sentinel, police …"""
    return COMERS.get(role, "other")
