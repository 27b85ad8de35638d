"""The month of visits before a demonstration: believable, and possible by the hazard's machine."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

from maplebridge.inspections.checklists import POINTS
from maplebridge.inspections.states import FLOW, OPEN, State, Verb
from maplebridge.twin.past.visits import TODAY, WORDS, past_visits
from maplebridge.twin.tests.city_fixture import the_city

AT = datetime(2026, 10, 12, 2, 30, tzinfo=UTC)


def test_every_step_is_one_the_machine_knows_and_lies_in_the_past() -> None:
    visits = past_visits(the_city(), AT)
    ends: Counter[str] = Counter()
    for hazard in (h for visit in visits for h in visit.hazards):
        state = State.FOUND
        assert hazard.steps[0].verb == Verb.FIND
        for step in hazard.steps[1:]:
            state = FLOW.after(state, Verb(step.verb))
        times = [step.at for step in hazard.steps]
        assert times == sorted(times)
        assert times[-1] <= AT
        ends[state] += 1
    assert len(visits) > 200
    assert ends[State.CLEARED] > 40
    assert sum(ends[state] for state in OPEN) > 10


def test_the_same_city_has_the_same_visits() -> None:
    assert past_visits(the_city(), AT) == past_visits(the_city(), AT)


def test_there_are_words_for_every_point_that_may_be_at_fault() -> None:
    assert {point.code for point in POINTS} == set(WORDS)
    assert {point for _role, point, _way, _minutes in TODAY} <= set(WORDS)
