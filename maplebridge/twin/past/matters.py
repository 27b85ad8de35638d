"""A generated matter as the incidents room imports it, as far as it had come by a moment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from maplebridge.incidents.api import FLOW, PastIncident, PastStep, State, Verb
from maplebridge.kernel.geo import Point
from maplebridge.twin.city.history.answers import answer_of
from maplebridge.twin.city.history_records import HistoryIncident

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


def key_of(p: HistoryIncident) -> str:
    """The key the matter is imported under; other rooms name it by the same key."""
    return f"history:{p.key}"


def past_incident(p: HistoryIncident, at: datetime) -> PastIncident:
    """A generated matter as far as it had come by `at`."""
    steps = tuple(_steps(p, at))
    ended = steps[-1].to_state in (State.FED_BACK, State.CLOSED)
    survey = p.survey if steps[-1].to_state == State.CLOSED else None
    return PastIncident(
        key=key_of(p),
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
        answer=answer_of(p.lead_agency) if ended else "",
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


def step_times(p: HistoryIncident, at: datetime) -> dict[str, datetime]:
    """When each step of the timeline happened; those after `at` have not."""
    moments = ((s.name, p.received_at + timedelta(seconds=s.offset_s)) for s in p.timeline)
    return {name: moment for name, moment in moments if moment <= at}
