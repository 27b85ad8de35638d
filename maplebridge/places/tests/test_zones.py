"""1+4+N: exactly one core zone, four functional zones, any number of studios."""

from __future__ import annotations

import dataclasses

import pytest

from maplebridge.kernel.actor import Actor, ActorKind
from maplebridge.kernel.errors import BadInput, NotAllowed, NotFound
from maplebridge.kernel.testing import BAO, CHEN, LIN
from maplebridge.places import api
from maplebridge.places.tests import factories as f
from maplebridge.places.tests.journal import newest, written_since


def layout(core: int, functional: int, studios: int) -> list[api.Zone]:
    kinds = ["core"] * core + ["functional"] * functional + ["studio"] * studios
    return [api.Zone(f"Z{n}", kind, f"区{n}") for n, kind in enumerate(kinds)]


@pytest.mark.parametrize("studios", [0, 1, 7])
def test_one_and_four_and_any_number_hold(studios: int) -> None:
    assert api.zone_problems(layout(1, 4, studios)) == []


@pytest.mark.parametrize(
    ("core", "functional", "words"),
    [(1, 3, ("4", "3")), (1, 5, ("4", "5")), (0, 4, ("1", "0")), (2, 4, ("1", "2"))],
)
def test_anything_else_says_what_is_wrong(
    core: int, functional: int, words: tuple[str, str]
) -> None:
    problems = api.zone_problems(layout(core, functional, 2))
    assert len(problems) == 1
    assert "1+4+N" in problems[0]
    assert all(word in problems[0] for word in words)


def chief() -> Actor:
    return Actor(kind=ActorKind.PERSON, role="station_chief", post_id=7, station_id=f.station().id)


def test_the_chief_renames_a_zone_and_adds_a_studio(db: None) -> None:
    f.small_city()
    zones = list(api.station_by_code(f.STATION).zones)
    zones[1] = dataclasses.replace(zones[1], name="一窗受理区")
    zones.append(api.Zone(f"{f.STATION}-Z7", "studio", "禁毒教育室", theme="anti_drug"))
    before = newest()
    done = api.save_zones(f.STATION, zones, actor=chief())
    assert done.studios == 2
    assert [e.kind for e in written_since(before)] == ["places.zones_changed"]
    saved = api.station_by_code(f.STATION).zones
    assert "一窗受理区" in {z.name for z in saved}
    assert len(saved) == 7


def test_three_functional_zones_are_refused_and_nothing_changes(db: None) -> None:
    f.small_city()
    zones = [z for z in api.station_by_code(f.STATION).zones if not z.code.endswith("Z5")]
    with pytest.raises(BadInput) as caught:
        api.save_zones(f.STATION, zones, actor=chief())
    assert "1+4+N" in str(caught.value.fields["zones"])
    assert len(api.station_by_code(f.STATION).zones) == 6


def test_a_zone_must_open_before_it_closes(db: None) -> None:
    f.small_city()
    zones = list(api.station_by_code(f.STATION).zones)
    zones[0] = dataclasses.replace(zones[0], opens_minute=900, closes_minute=600)
    with pytest.raises(BadInput) as caught:
        api.save_zones(f.STATION, zones, actor=chief())
    assert list(caught.value.fields) == [zones[0].code]


@pytest.mark.parametrize("actor", [LIN, BAO, CHEN])
def test_others_do_not_change_zones(db: None, actor: Actor) -> None:
    f.small_city()
    zones = api.station_by_code(f.STATION).zones
    with pytest.raises(NotAllowed):
        api.save_zones(f.STATION, zones, actor=actor)


def test_the_chief_of_another_station_does_not_either(db: None) -> None:
    f.small_city()
    other = dataclasses.replace(chief(), station_id=f.station().id + 1)
    with pytest.raises(NotAllowed):
        api.save_zones(f.STATION, api.station_by_code(f.STATION).zones, actor=other)


def test_absent_station(db: None) -> None:
    with pytest.raises(NotFound):
        api.save_zones("none", [], actor=BAO)
