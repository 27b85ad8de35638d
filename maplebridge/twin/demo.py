"""Fill an empty database with the generated city and its recent past, by the rooms' own doors."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import islice

from maplebridge.dispatch import api as dispatch
from maplebridge.dispatch.api import PastCall
from maplebridge.incidents import api as incidents
from maplebridge.incidents.api import FLOW, PastIncident, PastStep, State, Verb
from maplebridge.kernel.actor import SYSTEM, Channel
from maplebridge.kernel.clock import local_day, now
from maplebridge.kernel.geo import Point
from maplebridge.people import api as people
from maplebridge.places import api as places
from maplebridge.teams import api as teams
from maplebridge.twin.city import generate_city, history_seed
from maplebridge.twin.city.history_records import HistoryIncident

HISTORY = SYSTEM("history", Channel.COMMAND)
BATCH = 1_000
PER_DAY = 85  # about how many matters a day the generator yields; for the progress bar only
# Which step of the generated timeline is which verb of the flow.
VERBS = {
    "triaged": Verb.TRIAGE,
    "dispatched": Verb.DISPATCH,
    "volunteer_arrived": Verb.ARRIVE,
    "sentinel_arrived": Verb.ARRIVE,
    "police_arrived": Verb.HANDLE,
    "agency_arrived": Verb.HANDLE,
    "transferred": Verb.TRANSFER,
    "fed_back": Verb.FEED_BACK,
    "closed": Verb.CLOSE,
}


def is_filled() -> bool:
    """Whether a city is already there."""
    return bool(places.stations())


class DemoCity:
    """One filling: a city from a seed, and its history up to this minute."""

    def __init__(self, *, seed: int, days: int) -> None:
        self.seed, self.days = seed, days
        self.steps = 4 * BATCH + (days + 1) * PER_DAY

    def fill(self, progress: Callable[[int], None]) -> dict[str, object]:
        """Load places, people, teams and history; counts of what is there now."""
        city = generate_city(self.seed)
        progress(BATCH)
        places.load_city(city)
        progress(2 * BATCH)
        people.load_people(city)
        progress(3 * BATCH)
        teams.load_teams(city, demo=True)
        progress(4 * BATCH)
        at, count, calls = now(), 0, 0
        # The generator ends the day before; today's matters are cut at this minute.
        past = history_seed(city, local_day(at) + timedelta(days=1), self.days + 1, self.seed)
        happened = (p for p in past if p.received_at <= at)
        while batch := list(islice(happened, BATCH)):
            incidents.import_history([past_incident(p, at) for p in batch], actor=HISTORY)
            calls += dispatch.import_history(
                [call for p in batch for call in past_calls(p, at)], actor=HISTORY
            )
            count += len(batch)
            progress(min(self.steps, 4 * BATCH + count))
        team_count, person_count = teams.counts()
        progress(self.steps)
        return {
            "seed": self.seed,
            "stations": len(places.stations()),
            "teams": team_count,
            "volunteers": person_count,
            "incidents": count,
            "calls": calls,
        }


def past_incident(p: HistoryIncident, at: datetime) -> PastIncident:
    """A generated matter as far as it had come by `at`."""
    steps = tuple(_steps(p, at))
    ended = steps[-1].to_state in (State.FED_BACK, State.CLOSED)
    survey = p.survey if steps[-1].to_state == State.CLOSED else None
    return PastIncident(
        key=f"history:{p.key}",
        narrative=p.text,
        channel=p.channel,
        category=p.category,
        subtype=p.subtype,
        urgency=p.urgency,
        police_label=p.police_label,
        lead_agency=p.lead_agency,
        co_agencies=p.co_agencies,
        reported_at=p.received_at,
        steps=steps,
        point=Point(*p.point) if p.point else None,
        precision_m=p.precision_m,
        place_words=" ".join(p.place_words),
        outcome="resolved" if ended else "",
        answer="已处理。" if ended else "",
        contacted=survey.contacted_in_time if survey else None,
        solved=(survey.solved or "") if survey else "",
        satisfied=_satisfied(survey.satisfied) if survey else None,
        answered_at=steps[-1].at if survey else None,
        repeats=f"history:{p.repeat_of}" if p.repeat_of else "",
    )


def _satisfied(word: str | None) -> bool | None:
    return None if word is None else word != "not"


def _steps(p: HistoryIncident, at: datetime) -> Iterator[PastStep]:
    """The steps the flow allows, in time, up to `at`."""
    state = State.RECEIVED
    yield PastStep(Verb.RECEIVE, state, p.received_at)
    for step in sorted(p.timeline, key=lambda s: s.offset_s):
        verb = VERBS.get(step.name)
        if p.repeat_of and verb is Verb.CLOSE:
            verb = Verb.MERGE  # a repeat ends in the matter it repeats
        moment = p.received_at + timedelta(seconds=step.offset_s)
        if verb is None or moment > at or not FLOW.allows(state, verb):
            continue
        state = FLOW.after(state, verb)
        yield PastStep(verb, state, moment)


def past_calls(p: HistoryIncident, at: datetime) -> Iterator[PastCall]:
    """Who was called to a matter: volunteers, and a unit of the police."""
    offsets = {s.name: p.received_at + timedelta(seconds=s.offset_s) for s in p.timeline}
    first = p.first_arrival if p.first_arrival in ("volunteer", "sentinel", "police") else ""
    if p.volunteers and _before(offsets.get("volunteer_offered"), at):
        went = [v for v in p.volunteers if v.arrived_s is not None]
        others = [v for v in p.volunteers if v.arrived_s is None]
        yield PastCall(
            incident=f"history:{p.key}",
            kind="volunteer",
            opened_at=offsets["volunteer_offered"],
            accepted_at=_before(offsets.get("volunteer_accepted"), at),
            arrived_at=_before(offsets.get("volunteer_arrived"), at) if went else None,
            first_kind=first,
            volunteer_codes=tuple(v.volunteer_code for v in (*went, *others)),
            alerts=p.alerts,
            urgency=p.urgency,
        )
    if p.unit_code and _before(offsets.get("dispatched"), at):
        yield PastCall(
            incident=f"history:{p.key}",
            kind="police",
            opened_at=offsets["dispatched"],
            accepted_at=_before(offsets.get("acknowledged"), at),
            arrived_at=_before(offsets.get("police_arrived"), at),
            first_kind=first,
            unit_code=p.unit_code,
            urgency=p.urgency,
        )


def _before(moment: datetime | None, at: datetime) -> datetime | None:
    return moment if moment is not None and moment <= at else None
