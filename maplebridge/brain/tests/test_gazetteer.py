"""Places in words; step 7 of docs/algorithms/triage.md."""

from __future__ import annotations

import pytest

from maplebridge.brain.geometry import LonLat, metres_between
from maplebridge.brain.triage.gazetteer import Gazetteer, PlaceEntry
from maplebridge.brain.triage.records import (
    PlaceCandidate,
    PlaceKind,
    ReportFacts,
    TriageSettings,
)

STREET = PlaceEntry(
    "s1",
    "潮平街",
    PlaceKind.STREET,
    120.60,
    27.50,
    cell="330399198001002",
    precision_m=400.0,
    aliases=("Chaoping Street",),
    numbers=((2, 120.600, 27.500), (88, 120.604, 27.500), (92, 120.605, 27.500), (1, 120.6, 27.5)),
)
PLACES = Gazetteer(
    (
        STREET,
        PlaceEntry("c1", "望潮社区", PlaceKind.COMMUNITY, 120.61, 27.51, precision_m=900.0),
        PlaceEntry("p1", "望潮社区卫生站", PlaceKind.PREMISES, 120.612, 27.511, precision_m=20.0),
        PlaceEntry("t1", "土地庙", PlaceKind.LANDMARK, 120.61, 27.51),
        PlaceEntry("t2", "土地庙", PlaceKind.LANDMARK, 120.66, 27.55),
        PlaceEntry("n1", "无名巷", PlaceKind.STREET, None, None),
    )
)


def find(text: str, pin: LonLat | None = None) -> tuple[PlaceCandidate, ...]:
    lon, lat = pin if pin is not None else (None, None)
    return PLACES.find(ReportFacts(text, "phone", lon, lat), TriageSettings())


@pytest.mark.parametrize(
    "text", ["我在潮平街88号楼下", "潮平街八十八号门口", "at 88 Chaoping Street"]
)
def test_a_street_number_on_the_register(text: str) -> None:
    best = find(text)[0]
    assert (best.lon, best.lat) == (120.604, 27.500)
    assert best.precision_m == 15.0
    assert best.evidence[0].reason_code == "place.number"


def test_a_number_between_two_neighbours_costs_precision_not_the_address() -> None:
    best = find("潮平街90号")[0]
    assert best.lon == pytest.approx(120.6045)
    assert best.precision_m == pytest.approx(49.3, abs=1.0)
    assert best.evidence[0].reason_code == "place.interpolated"


def test_a_number_beyond_the_street_stays_at_the_street() -> None:
    best = find("潮平街900号")[0]
    assert (best.code, best.precision_m) == ("s1", 400.0)


def test_a_building_number_is_not_a_street_number() -> None:
    assert find("潮平街88号楼")[0].precision_m == 400.0


def test_the_longest_name_wins_over_the_name_inside_it() -> None:
    assert [c.code for c in find("望潮社区卫生站旁边")] == ["p1"]


def test_one_name_of_two_places_halves_the_trust_and_the_pin_decides() -> None:
    alone = find("土地庙门口")
    assert [c.confidence for c in alone] == [0.35, 0.35]
    near_second = find("土地庙门口", LonLat(120.6601, 27.5501))
    by_code = {c.code: c.confidence for c in near_second}
    assert by_code["t2"] > alone[0].confidence > by_code["t1"]


def test_without_a_name_the_pin_is_the_place() -> None:
    assert [c.code for c in find("快来人", LonLat(120.6, 27.5))] == ["pin"]
    assert find("快来人") == ()


def test_a_name_without_a_point_is_still_a_name() -> None:
    best = find("无名巷里")[0]
    assert (best.code, best.lon) == ("n1", None)


def test_offsets_point_into_the_original_text() -> None:
    text = "ＳＯＳ！潮平街88号"
    evidence = find(text)[0].evidence[0]
    assert text[evidence.start : evidence.end] == "潮平街88号"


def test_metres_between_is_a_distance() -> None:
    a, b = LonLat(120.60, 27.50), LonLat(120.61, 27.50)
    assert metres_between(a, b) == pytest.approx(986.3, abs=1.0)
    assert metres_between(a, b) == metres_between(b, a)
    assert metres_between(a, a) == 0.0
