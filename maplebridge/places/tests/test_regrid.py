"""A new grid: who may draw it, what is refused, what it leaves alone."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from maplebridge.kernel.actor import Actor, ActorKind
from maplebridge.kernel.errors import BadInput, NotAllowed
from maplebridge.kernel.testing import BAO, CHEN, LIN
from maplebridge.places import api
from maplebridge.places.models import GridCell, GridMapping
from maplebridge.places.tests import factories as f
from maplebridge.places.tests.journal import newest, written_since

KEEPER = Actor(kind=ActorKind.PERSON, role="sys_admin", post_id=1)
FIRST = date(2026, 8, 1)


def polygon(west: float, south: float, east: float, north: float) -> dict[str, Any]:
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def halves() -> list[api.NewCell]:
    return [
        api.NewCell("330383198901101", "潮北新一", polygon(f.WEST, f.SOUTH, f.MIDDLE, f.NORTH),
                    community_code=f.COMMUNITY_A, station_code=f.STATION),
        api.NewCell("330383198901102", "潮北新二", polygon(f.MIDDLE, f.SOUTH, f.EAST, f.NORTH),
                    community_code=f.COMMUNITY_A),
    ]  # fmt: skip


def test_closes_the_old_cells_and_opens_the_new_ones(db: None) -> None:
    f.small_city()
    before = newest()
    done = api.regrid("governance", halves(), FIRST, actor=KEEPER)
    assert (done.closed, done.opened) == (4, 2)
    assert [e.kind for e in written_since(before)] == ["places.grids_changed"]
    assert [c.code for c in api.cells("governance", FIRST)] == [c.code for c in halves()]
    assert len(api.cells("governance", date(2026, 7, 31))) == 4
    assert len(api.cells("police_beat", FIRST)) == 2  # the other network is left alone
    new = GridCell.objects.get(code="330383198901101")
    shares = GridMapping.objects.filter(governance=new).values_list("beat__code", "share")
    assert [(code, round(share, 3)) for code, share in shares] == [(f.BEAT_WEST, 1.0)]


def test_a_code_may_come_back_with_another_shape(db: None) -> None:
    f.small_city()
    again = [api.NewCell(f.A1, "潮北一", polygon(f.WEST, f.SOUTH, f.EAST, f.NORTH),
                         community_code=f.COMMUNITY_A)]  # fmt: skip
    api.regrid("governance", again, FIRST, actor=KEEPER)
    assert GridCell.objects.filter(code=f.A1).count() == 2
    f.small_city()  # loading the first city again neither fails nor opens the old grid
    assert [c.code for c in api.cells("governance", FIRST)] == [f.A1]


@pytest.mark.parametrize("actor", [LIN, BAO, CHEN])
def test_only_an_administrator_draws_grids(db: None, actor: Actor) -> None:
    f.small_city()
    with pytest.raises(NotAllowed):
        api.regrid("governance", halves(), FIRST, actor=actor)
    assert len(api.cells("governance", FIRST)) == 4


def test_must_begin_after_the_grid_in_force(db: None) -> None:
    f.small_city()
    with pytest.raises(BadInput) as caught:
        api.regrid("governance", halves(), date(2020, 1, 1), actor=KEEPER)
    assert caught.value.code == "places.regrid_too_early"


def _overlapping() -> list[api.NewCell]:
    one, two = halves()
    wide = polygon(f.WEST, f.SOUTH, f.EAST, f.NORTH)
    return [one, api.NewCell(two.code, two.name, wide, community_code=f.COMMUNITY_A)]


def _crossing() -> list[api.NewCell]:
    bow = [[f.WEST, f.SOUTH], [f.EAST, f.NORTH], [f.EAST, f.SOUTH], [f.WEST, f.NORTH],
           [f.WEST, f.SOUTH]]  # fmt: skip
    shape = {"type": "Polygon", "coordinates": [bow]}
    return [api.NewCell("330383198901103", "蝴蝶", shape, community_code=f.COMMUNITY_A)]


def _homeless() -> list[api.NewCell]:
    return [api.NewCell("330383198901104", "无社区", polygon(f.WEST, f.SOUTH, f.EAST, f.NORTH))]


@pytest.mark.parametrize("cells", [_overlapping(), _crossing(), _homeless(), []])
def test_refuses_what_is_not_a_grid(db: None, cells: list[api.NewCell]) -> None:
    f.small_city()
    with pytest.raises(BadInput) as caught:
        api.regrid("governance", cells, FIRST, actor=KEEPER)
    assert caught.value.fields
    assert len(api.cells("governance", FIRST)) == 4
