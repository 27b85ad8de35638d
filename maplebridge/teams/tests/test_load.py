"""Loading 122 teams and 2,568 people, and judging them for one order."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from maplebridge.kernel.clock import FixedClock, now, use_clock
from maplebridge.kernel.journal.models import JournalEntry
from maplebridge.teams import api
from maplebridge.teams.models import Membership, VolunteerTeam
from maplebridge.teams.tests import factories

pytestmark = pytest.mark.django_db


def test_122_teams_2568_people_load_quickly_and_a_person_counts_once() -> None:
    city = factories.big_city()
    # Processor time of this process: what others do on the machine is not our slowness.
    began = time.process_time()
    api.load_teams(city)
    took = time.process_time() - began
    assert api.counts() == (122, 2568)
    assert Membership.objects.count() == 2568 + 129  # the second memberships do not add persons
    assert took < 5.0


def test_loading_twice_is_the_same_and_each_load_is_one_entry() -> None:
    city = factories.big_city(teams=4, persons=40)
    api.load_teams(city)
    before = Membership.objects.count()
    api.load_teams(city)
    assert (api.counts(), Membership.objects.count()) == ((4, 40), before)
    assert JournalEntry.objects.filter(kind="teams.loaded").count() == 2
    captains = VolunteerTeam.objects.order_by("code").values_list("captain__code", flat=True)
    assert list(captains) == ["N0000", "N0001", "N0002", "N0003"]


@pytest.mark.parametrize("persons", [30, 300])
def test_everybody_is_judged_in_two_queries_however_many(persons: int) -> None:
    api.load_teams(factories.big_city(teams=3, persons=persons))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        units = api.responders(now())
    assert len(queries) == 2
    assert len(units) == persons + 6


def test_why_not_is_said_for_each() -> None:
    ready = factories.volunteer()
    asleep = factories.volunteer(always=False)
    paused = factories.volunteer()
    awake = factories.volunteer(always=False)
    busy = factories.volunteer()
    guard, lapsed = factories.sentinel(), factories.sentinel(trained_days=-1)
    me = factories.as_volunteer
    api.set_availability(paused.pk, api.AvailabilityState.PAUSED, actor=me(paused))
    api.set_availability(
        awake.pk, api.AvailabilityState.AVAILABLE, until=now() + timedelta(hours=2), actor=me(awake)
    )
    loads = {f"volunteer:{busy.pk}": api.Load(open_orders=1)}
    units = {u.unit_id: u for u in api.responders(now(), loads)}
    said = {key: unit.unavailable_reason for key, unit in units.items()}
    assert said == {
        f"volunteer:{ready.pk}": None,
        f"volunteer:{asleep.pk}": "off_duty",
        f"volunteer:{paused.pk}": "paused",
        f"volunteer:{awake.pk}": None,
        f"volunteer:{busy.pk}": "on_order",
        f"sentinel:{guard.pk}": None,
        f"sentinel:{lapsed.pk}": "training_lapsed",
    }
    later = {u.unit_id: u.available for u in api.responders(now() + timedelta(hours=3))}
    assert not later[f"volunteer:{awake.pk}"], "what was said by hand runs out"


def test_a_lapsed_skill_ends_in_the_same_minute() -> None:
    at = now()
    clock = FixedClock(at)
    with use_clock(clock):
        person = factories.volunteer(skills=("first_aid",), skills_until=at + timedelta(seconds=30))
        key = f"volunteer:{person.pk}"

        def skills() -> frozenset[str]:
            return next(u.skills for u in api.responders(now()) if u.unit_id == key)

        assert skills() == {"first_aid"}
        clock.move(seconds=30)
        assert skills() == frozenset()
        assert [row.volunteer_id for row in api.lapsed_skills(["first_aid"], now())] == [person.pk]
