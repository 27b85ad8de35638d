"""Loading people, enrolling members, the competence table, units on duty, the actor."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from maplebridge.kernel.actor import RESIDENT, ActorKind
from maplebridge.kernel.errors import NotFound
from maplebridge.kernel.testing import MORNING, frozen
from maplebridge.people import api
from maplebridge.people.models import (
    Account,
    Agency,
    CompetenceRule,
    DutyDay,
    DutyPost,
    Post,
    Unit,
    WeeklyDuty,
)
from maplebridge.people.tests import factories as f
from maplebridge.places.tests import factories as places
from maplebridge.twin.city import records as r

TABLES: tuple[type[models.Model], ...] = (
    Agency, CompetenceRule, Unit, Account, Post, WeeklyDuty, DutyDay, DutyPost,
)  # fmt: skip


@pytest.fixture(autouse=True)
def loaded(db: None) -> Iterator[None]:
    with frozen():
        f.people_of_small_city()
        yield


def _rows() -> dict[str, int]:
    return {t.__name__: t._default_manager.count() for t in TABLES}


def test_loading_twice_adds_nothing_and_keeps_ids() -> None:
    first, post = _rows(), f.post("P010").id
    f.people_of_small_city()
    assert _rows() == first
    assert f.post("P010").id == post
    assert first["Post"] == len(f.STAFF) + 2  # a leader and an operator, for the demonstration


def test_clear_keeps_accounts_that_are_not_of_the_demonstration() -> None:
    f.signed_up("real-one", "a-long-password")
    api.clear()
    rows = _rows()
    assert rows.pop("Account") == 1
    assert set(rows.values()) == {0}


def test_nobody_loaded_can_sign_in_with_a_password() -> None:
    assert not any(a.has_usable_password() for a in Account.objects.all())


def test_actor_of_an_officer_carries_station_agency_and_unit() -> None:
    actor = f.officer()
    assert (actor.kind, actor.role) == (ActorKind.PERSON, "police_officer")
    assert actor.station_id == places.station().id
    assert actor.agency_code == "PSB"
    assert actor.unit_id == Unit.objects.get(code="X01").id
    assert actor.label == "民警 周敏"


def test_traffic_units_are_crewed_by_their_agency_and_fire_posts_by_nobody_here() -> None:
    shifts: tuple[r.ShiftCode, ...] = ("day", "evening", "night")
    kinds: dict[str, r.UnitKind] = {"J01": "traffic", "J02": "traffic", "F01": "micro_fire"}
    units = tuple(
        r.PatrolUnit(code, code, code, kind, "UMLE", None, (120.5478, 27.5822), 0, "car", shifts,
                     False)
        for code, kind in kinds.items()
    )  # fmt: skip
    riders = tuple(
        r.StaffMember(code, "沈帆", "Shen Fan", "police_officer", "UMLE", None, None)
        for code in ("P090", "P091", "P092")
    )
    api.load_people(
        dataclasses.replace(
            f.PEOPLE_CITY,
            units=(*f.PEOPLE_CITY.units, *units),
            staff=(*f.PEOPLE_CITY.staff, *riders),
        )
    )
    crews = dict(Post.objects.filter(unit__code__startswith="J").values_list("code", "unit__code"))
    assert crews == {"P090": "J01", "P091": "J02", "P092": "J01"}
    assert not Post.objects.filter(unit__code="F01").exists()
    assert f.officer().unit_id == Unit.objects.get(code="X01").pk, "a patrol stays at its station"


def test_actor_without_account_or_post_is_a_resident() -> None:
    assert api.actor_for(None) == RESIDENT
    idle = f.signed_up("idle", "a-long-password")
    assert api.actor_for(idle.pk) == RESIDENT


def test_a_chosen_post_of_somebody_else_is_ignored() -> None:
    mine, other = f.post("P010"), f.post("P005")
    actor = api.actor_for(mine.account_id, other.id)
    assert (actor.role, actor.post_id) == ("police_officer", mine.id)


def test_grid_workers_get_a_grid_of_their_station_key_grids_first() -> None:
    assert f.actor_with("grid_worker").cell_id == places.cell(places.A1).id


def test_competence_is_what_the_brain_reads() -> None:
    rules = {(r.category, r.subtype): r for r in api.competence()}
    gas = rules["social_linkage", "hazard.gas"]
    assert (gas.lead, gas.co, gas.police_label) == ("GAS", ("UMLE", "PSB"), "mixed")


def test_a_rule_out_of_force_is_not_given() -> None:
    CompetenceRule.objects.filter(subtype="hazard.gas").update(valid_to=MORNING.date())
    assert ("social_linkage", "hazard.gas") not in {
        (r.category, r.subtype) for r in api.competence()
    }
    yesterday = MORNING.date() - timedelta(days=1)
    assert len(api.competence(yesterday)) == 3


def test_units_on_duty_follow_the_shift() -> None:
    assert [u.code for u in api.units_on_duty(MORNING)] == ["A01", "X01"]
    night = MORNING.replace(hour=3)
    assert [u.code for u in api.units_on_duty(night)] == ["A01"]
    patrol = api.units_on_duty(MORNING)[1]
    assert "police_power" in patrol.skills
    assert patrol.station_id == places.station().id


@pytest.mark.parametrize(
    ("hour", "shift"),
    [(0, "night"), (7, "night"), (8, "day"), (15, "day"), (16, "evening"), (23, "evening")],
)
def test_shift_of_the_hour(hour: int, shift: str) -> None:
    assert api.shift_at(MORNING.replace(hour=hour)) == shift


def test_agencies() -> None:
    assert api.agency("GAS").name_en == "Gas Administration"
    assert [a.code for a in api.agencies()] == [a.code for a in f.AGENCIES]
    with pytest.raises(NotFound):
        api.agency("NONE")


def test_two_thousand_members_are_enrolled_in_a_handful_of_statements() -> None:
    few = _enrol_count(10)
    many = _enrol_count(2_000)
    assert few < 12
    assert many < 100  # batches, not rows


def _enrol_count(n: int) -> int:
    members = [api.Member(f"V{n}-{i}", "volunteer", f"志愿{i}") for i in range(n)]
    with CaptureQueriesContext(connection) as caught:
        accounts = api.enrol(members, demo=True)
    assert len(accounts) == n
    return len(caught.captured_queries)


def test_members_are_linked_to_their_volunteer_rows() -> None:
    api.enrol([api.Member("V9", "volunteer", "小满"), api.Member("G9", "sentinel", "阿岗")])
    api.link_volunteers({"V9": 4711})
    api.link_sentinels({"G9": 815})
    assert f.actor_with("volunteer").volunteer_id == 4711
    assert f.actor_with("sentinel").sentinel_id == 815
