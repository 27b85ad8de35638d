"""2+5+X: two officers and all auxiliaries, five partners, other forces; each with its reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from maplebridge.kernel.clock import local_day
from maplebridge.kernel.errors import Conflict, NotAllowed, NotFound
from maplebridge.kernel.testing import CHEN, MORNING, frozen
from maplebridge.people import api, roster
from maplebridge.people.models import DutyPost, Post, WeeklyDuty
from maplebridge.people.roles import Role
from maplebridge.people.tests import factories as f
from maplebridge.places.models import Station
from maplebridge.places.tests import factories as places
from maplebridge.places.tests.journal import newest, written_since

TODAY = local_day(MORNING)


def four_teams(stations: Sequence[int]) -> dict[int, int]:
    return dict.fromkeys(stations, 4)


@pytest.fixture(autouse=True)
def loaded(db: None) -> Iterator[None]:
    kept = dict(roster._providers)
    roster._providers.clear()
    with frozen(), translation.override("en"):
        f.people_of_small_city()
        yield
    roster._providers.clear()
    roster._providers.update(kept)


def judged(day: date = TODAY) -> api.Compliance:
    return api.roster_compliance(places.station().id, day)


def part(name: str, day: date = TODAY) -> api.Part:
    return next(p for p in judged(day).parts if p.name == name)


def test_three_officers_all_auxiliaries_five_partners_and_four_teams_are_complete() -> None:
    api.register_partner_force(four_teams)
    found = judged()
    assert found.complete, found.reasons
    assert found.summary == "3 + 3/3 + 5/5 + X 4"
    assert [(p.have, p.need) for p in found.parts] == [(3, 2), (3, 3), (5, 5), (4, 1)]


def test_one_officer_left_is_red_with_the_reason() -> None:
    gone = DutyPost.objects.filter(duty__day=TODAY, post__code__in=["P011", "P012"])
    assert gone.update(present=False) == 2
    found = part("police_officers")
    assert (found.ok, found.have, found.need) == (False, 1, 2)
    assert found.reason == "2+5+X: at least 2 police officers are needed; 1 is there."


def test_an_auxiliary_moved_to_no_roster_is_missing_for_the_grid() -> None:
    WeeklyDuty.objects.filter(post__code="P021").delete()
    found = part("auxiliaries")
    assert (found.ok, found.have, found.need) == (False, 2, 3)
    assert found.missing == (places.A2,)


def test_an_auxiliary_on_a_rest_day_is_still_resident() -> None:
    WeeklyDuty.objects.filter(post__code="P021", weekday=TODAY.weekday()).delete()
    DutyPost.objects.filter(post__code="P021", duty__day=TODAY).delete()
    assert part("auxiliaries").ok


def test_a_missing_partner_is_named() -> None:
    DutyPost.objects.filter(role=Role.MARKET_SUPERVISOR, duty__day=TODAY).update(present=False)
    found = part("partners")
    assert (found.have, found.need, found.missing) == (4, 5, ("market_supervisor",))
    assert "Market supervision" in found.reason


def test_without_other_forces_it_is_not_complete() -> None:
    assert not part("forces").ok
    assert not judged().complete


def test_a_day_without_roster_says_so() -> None:
    far = TODAY + timedelta(days=60)
    assert part("police_officers", far).reason == "2+5+X: there is no roster for this day."


def test_a_post_that_was_switched_off_is_not_there() -> None:
    Post.objects.filter(code__in=["P011", "P012"]).update(active=False)
    assert not part("police_officers").ok


def test_the_number_of_queries_does_not_grow_with_the_stations() -> None:
    first = places.station()
    one = _count([first.id])
    others = [
        Station.objects.create(
            code=f"ST{n}", name=f"站{n}", police_unit="PS01", lon=first.lon, lat=first.lat
        ).id
        for n in range(10, 20)
    ]
    assert _count([first.id, *others]) == one


def _count(stations: list[int]) -> int:
    with CaptureQueriesContext(connection) as caught:
        api.compliance_of(stations, TODAY)
    return len(caught.captured_queries)


def test_rosters_reach_a_week_back_and_a_week_ahead_and_planning_again_adds_nothing() -> None:
    before = DutyPost.objects.count()
    days = sorted(set(DutyPost.objects.values_list("duty__day", flat=True)))
    assert (days[0], days[-1]) == (TODAY - timedelta(days=7), TODAY + timedelta(days=7))
    assert api.plan_duty(days[0], days[-1]) == 0
    assert DutyPost.objects.count() == before
    assert api.plan_duty(days[-1], days[-1] + timedelta(days=1)) == before // len(days)


def test_planning_again_keeps_who_was_marked_absent() -> None:
    row = DutyPost.objects.filter(duty__day=TODAY).first()
    assert row is not None
    api.mark_presence(row.id, False, actor=f.chief())
    api.plan_duty(TODAY, TODAY)
    row.refresh_from_db()
    assert not row.present


def test_marking_is_recorded_once_and_twice_the_same_is_told() -> None:
    row = DutyPost.objects.filter(duty__day=TODAY, role=Role.POLICE_OFFICER).first()
    assert row is not None
    before = newest()
    api.mark_presence(row.id, False, actor=f.chief())
    with pytest.raises(Conflict):
        api.mark_presence(row.id, False, actor=f.chief())
    entries = written_since(before)
    assert [e.kind for e in entries] == ["people.presence_marked"]


def test_only_the_chief_of_the_station_marks() -> None:
    row = DutyPost.objects.filter(duty__day=TODAY).first()
    assert row is not None
    for actor in (f.lin(), f.bao(), CHEN):
        with pytest.raises(NotAllowed):
            api.mark_presence(row.id, False, actor=actor)
    with pytest.raises(NotFound):
        api.mark_presence(0, False, actor=f.chief())
