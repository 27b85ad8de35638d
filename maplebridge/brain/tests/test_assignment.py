"""Who goes; steps and guarantees are those of docs/algorithms/dispatch.md."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maplebridge.brain.assignment import COUNTED, REASONS, offer_plan, rank
from maplebridge.brain.assignment.rank import fairness_seconds
from maplebridge.brain.assignment.records import (
    AssignmentSettings,
    Mode,
    OrderNeed,
    TierLimit,
    Unit,
    UnitKind,
)
from maplebridge.brain.geometry import LonLat, metres_between

HERE = LonLat(120.600, 27.500)
AT = datetime(2026, 5, 12, 11, 0, tzinfo=UTC)
ORDER = OrderNeed("o1", "urgent_help/missing_elder", HERE, "P1", AT)


class AsTheCrowFlies:
    """Travel times without streets: straight metres, one speed."""

    def metres(self, origin: LonLat, targets: Sequence[LonLat], mode: Mode) -> list[float]:
        return [metres_between(origin, target) for target in targets]

    def seconds(self, origin: LonLat, targets: Sequence[LonLat], mode: Mode) -> list[float]:
        return [metres / 1.4 for metres in self.metres(origin, targets, mode)]


CROW = AsTheCrowFlies()


def volunteer(unit_id: str, metres: float, **changes: object) -> Unit:
    point = LonLat(HERE.lon, HERE.lat + metres / 111_195.0)
    unit = Unit(unit_id, UnitKind.VOLUNTEER, point, Mode.FOOT, frozenset({"first_aid"}))
    return replace(unit, **changes)  # type: ignore[arg-type]  # fields by name


def codes(order: OrderNeed, unit: Unit) -> set[str]:
    ranking = rank(order, [unit], CROW)
    return {reason.code for entry in ranking.rejected for reason in entry.reasons}


# Step 2: refusals.
@pytest.mark.parametrize(
    ("order", "changes", "code"),
    [
        (replace(ORDER, volunteers_allowed=False), {}, "reject.volunteers_blocked"),
        (
            replace(ORDER, sentinels_allowed=False),
            {"kind": UnitKind.SENTINEL},
            "reject.sentinels_blocked",
        ),
        (
            replace(ORDER, allowed_kinds=frozenset({UnitKind.POLICE})),
            {},
            "reject.kind_not_allowed",
        ),
        (ORDER, {"available": False}, "reject.unavailable"),
        (ORDER, {"open_orders": 1}, "reject.busy"),
        (ORDER, {"point": None}, "reject.position_unknown"),
        (replace(ORDER, needed_skills=frozenset({"aed"})), {}, "reject.skill_missing"),
        (replace(ORDER, urgency="P3"), {"recent_alerts_7d": 30}, "reject.resting"),
        (
            replace(ORDER, limits=(TierLimit(UnitKind.VOLUNTEER, max_metres=50.0),)),
            {},
            "reject.too_far",
        ),
    ],
)
def test_step_2_each_refusal_is_named(
    order: OrderNeed, changes: dict[str, object], code: str
) -> None:
    assert codes(order, volunteer("v1", 100.0, **changes)) == {code}
    assert codes(ORDER, volunteer("v1", 100.0)) == set()
    assert code in REASONS


def test_step_7_every_refusal_can_be_counted_without_its_parameters() -> None:
    assert set(COUNTED) == {code for code in REASONS if code.startswith("reject.")}
    for sentences in COUNTED.values():
        assert all(sentences) and not any("{" in words for words in sentences)


def test_step_2_all_reasons_are_listed() -> None:
    unit = volunteer("v1", 100.0, available=False, open_orders=2)
    assert codes(ORDER, unit) == {"reject.unavailable", "reject.busy"}


def test_step_3_a_place_without_streets_is_unreachable() -> None:
    class Island(AsTheCrowFlies):
        def metres(self, origin: LonLat, targets: Sequence[LonLat], mode: Mode) -> list[float]:
            return [math.inf for _ in targets]

    ranking = rank(ORDER, [volunteer("v1", 100.0)], Island())
    assert ranking.rejected[0].reasons[0].code == "reject.unreachable"


def test_step_4_a_willing_unit_a_little_farther_beats_an_unwilling_one() -> None:
    near = volunteer("near", 200.0, acceptance_prior=0.1)
    far = volunteer("far", 400.0, acceptance_prior=0.8)
    assert [pick.unit_id for pick in rank(ORDER, [near, far], CROW).picks] == ["far", "near"]


# D3: fairness is bounded.
def test_d3_a_rested_unit_far_away_does_not_beat_a_tired_one_next_door() -> None:
    tired = volunteer("tired", 60.0, recent_alerts_7d=20, recent_duties_7d=9)
    rested = volunteer("rested", 5_000.0, mode=Mode.FOOT)
    assert rank(ORDER, [rested, tired], CROW).picks[0].unit_id == "tired"


def test_step_5_between_equals_the_rested_one_goes() -> None:
    order = replace(ORDER, urgency="P3")
    tired = volunteer("a", 100.0, recent_alerts_7d=6)
    rested = volunteer("b", 100.0)
    assert rank(order, [tired, rested], CROW).picks[0].unit_id == "b"


@given(
    alerts=st.integers(0, 500),
    duties=st.integers(0, 500),
    urgency=st.sampled_from(["P1", "P2", "P3", "P4"]),
)
def test_d3_fairness_never_exceeds_its_cap(alerts: int, duties: int, urgency: str) -> None:
    chosen = AssignmentSettings()
    unit = volunteer("v", 0.0, recent_alerts_7d=alerts, recent_duties_7d=duties)
    cost = fairness_seconds(unit, urgency, chosen)
    assert 0.0 <= cost <= chosen.fairness_cap_s * chosen.fairness_by_urgency[urgency]
    if urgency == "P1":
        assert cost <= 60.0


def test_step_6_a_full_tier_rejects_the_next() -> None:
    order = replace(ORDER, limits=(TierLimit(UnitKind.VOLUNTEER, max_units=1),))
    ranking = rank(order, [volunteer("v1", 100.0), volunteer("v2", 200.0)], CROW)
    assert [pick.unit_id for pick in ranking.picks] == ["v1"]
    assert ranking.rejected[0].reasons[0].code == "reject.tier_full"


UNITS = st.lists(
    st.builds(
        Unit,
        unit_id=st.integers(0, 10_000).map("u{}".format),
        kind=st.sampled_from(list(UnitKind)),
        point=st.none() | st.builds(LonLat, st.floats(120.58, 120.62), st.floats(27.48, 27.52)),
        mode=st.sampled_from(list(Mode)),
        skills=st.frozensets(st.sampled_from(["first_aid", "aed"])),
        available=st.booleans(),
        recent_alerts_7d=st.integers(0, 40),
        recent_duties_7d=st.integers(0, 10),
        open_orders=st.integers(0, 1),
        acceptance_prior=st.none() | st.floats(0.0, 1.0),
    ),
    max_size=30,
    unique_by=lambda unit: unit.unit_id,
)
ORDERS = st.builds(
    replace,
    st.just(ORDER),
    urgency=st.sampled_from(["P1", "P2", "P3", "P4"]),
    needed_skills=st.frozensets(st.sampled_from(["first_aid", "aed"]), max_size=1),
    volunteers_allowed=st.booleans(),
)


@given(order=ORDERS, units=UNITS, data=st.data())
@settings(max_examples=60, deadline=None)
def test_d4_the_order_of_units_does_not_matter(
    order: OrderNeed, units: list[Unit], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(units))
    assert rank(order, units, CROW) == rank(order, shuffled, CROW)


@given(order=ORDERS, units=UNITS, named=st.integers(0, 10), most=st.integers(0, 10))
@settings(max_examples=60, deadline=None)
def test_d1_every_unit_is_picked_named_or_counted(
    order: OrderNeed, units: list[Unit], named: int, most: int
) -> None:
    chosen = AssignmentSettings(named_rejections=named, max_picks=most)
    ranking = rank(order, units, CROW, settings=chosen)
    picked = {pick.unit_id for pick in ranking.picks}
    refused = {entry.unit_id for entry in ranking.rejected}
    assert not picked & refused
    assert ranking.total == len(units)
    assert sum(ranking.rejected_more.values()) == ranking.rejected_more_total
    assert len(refused) <= named
    assert [pick.rank for pick in ranking.picks] == list(range(1, len(picked) + 1))
    scores = [pick.score for pick in ranking.picks]
    assert scores == sorted(scores)
    assert all(entry.reasons for entry in ranking.rejected)


@given(order=ORDERS, units=UNITS)
@settings(max_examples=60, deadline=None)
def test_d2_blocked_volunteers_are_never_picked(order: OrderNeed, units: list[Unit]) -> None:
    blocked = replace(order, volunteers_allowed=False, blocked_reason="weapon")
    ranking = rank(blocked, units, CROW)
    assert all(pick.kind is not UnitKind.VOLUNTEER for pick in ranking.picks)


# Step 8: phases.
def test_step_8_phases_widen_and_crews_go_along() -> None:
    units = [
        volunteer(f"v{metres}", float(metres)) for metres in (100, 200, 250, 500, 1_500, 3_000)
    ]
    units += [replace(volunteer(f"c{m}", float(m)), kind=UnitKind.POLICE) for m in (2_500, 2_600)]
    plan = offer_plan(rank(ORDER, units, CROW), 2, "P1")
    assert [phase.radius_m for phase in plan.phases] == [300.0, 800.0, 2_000.0]
    first, second, third = (set(phase.unit_ids) for phase in plan.phases)
    assert first == {"v100", "v200", "c2500"}
    assert second == {"v250", "v500", "c2600"}
    assert third == {"v1500"}
    assert plan.not_offered == ("v3000",)
    assert [phase.wait_s for phase in plan.phases] == [20, 30, 60]


def test_step_8_an_empty_ring_costs_no_waiting() -> None:
    plan = offer_plan(rank(ORDER, [volunteer("v", 1_500.0)], CROW), 3, "P3")
    assert [(phase.number, phase.radius_m) for phase in plan.phases] == [(1, 2_000.0)]
    assert offer_plan(rank(ORDER, [], CROW), 3, "P3").phases == ()
    with pytest.raises(ValueError, match="at least 1"):
        offer_plan(rank(ORDER, [], CROW), 0, "P3")


@given(units=UNITS, k=st.integers(1, 4))
@settings(max_examples=60, deadline=None)
def test_step_8_nobody_is_asked_twice_or_forgotten(units: list[Unit], k: int) -> None:
    ranking = rank(ORDER, units, CROW)
    plan = offer_plan(ranking, k, "P2")
    asked = [unit_id for phase in plan.phases for unit_id in phase.unit_ids]
    assert len(asked) == len(set(asked))
    assert {*asked, *plan.not_offered} == {pick.unit_id for pick in ranking.picks}
