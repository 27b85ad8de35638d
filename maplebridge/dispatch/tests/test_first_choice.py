"""Which crews are ticked before anybody chose: those that can do what is needed."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from maplebridge.dispatch import api
from maplebridge.dispatch.tests import given
from maplebridge.people.models import Unit

pytestmark = pytest.mark.django_db


def crew(code: str, kind: str, skills: list[str]) -> Unit:
    """A crew that stands where the matter is, nearer than any patrol."""
    near = Unit.objects.get(code="X01")
    Unit.objects.filter(pk=near.pk).update(lon=given.LON + 0.006, mode="foot")  # minutes away
    return Unit.objects.create(
        code=code, name=f"一{code}", name_en=f"A {code}", kind=kind, agency=near.agency,
        station=near.station, lon=given.LON, lat=given.LAT, mode="car", skills=skills,
        shifts=["day", "evening", "night"],
    )  # fmt: skip


def ticked(where: given.Scene) -> set[str]:
    desk = Client(headers={"accept-language": "en"})
    desk.force_login(given.account_of(where.desk))
    page = desk.get(f"/desk/{where.code}/").content.decode()
    found = re.findall(r'name="units" value="(\d+)" id="unit-\d+" checked', page)
    return set(Unit.objects.filter(pk__in=found).values_list("code", flat=True))


def test_a_fire_post_next_door_is_not_ticked_for_a_lost_old_woman() -> None:
    where = given.scene(urgency="P1")
    crew("F01", "micro_fire", ["fire_fighting"])
    assert api.propose(where.incident_id).police[0].kind == "agency", "it is the nearest"
    assert ticked(where) == {"X01"}


def test_a_fire_takes_the_police_and_the_fire_post() -> None:
    where = given.scene("我家厨房着火了", category="fire_rescue", subtype="fire", urgency="P1")
    crew("F01", "micro_fire", ["fire_fighting"])
    crew("A09", "ambulance", ["medical"])
    assert ticked(where) == {"X01", "F01"}


def test_a_heart_that_stops_takes_the_police_and_the_ambulance() -> None:
    where = given.scene(
        "有人倒地没呼吸了", category="urgent_help", subtype="medical_emergency", urgency="P1"
    )
    crew("F01", "micro_fire", ["fire_fighting"])
    crew("A09", "ambulance", ["medical"])
    assert ticked(where) == {"X01", "A09"}


def test_without_a_place_police_stand_first_whatever_the_names() -> None:
    where = given.scene(urgency="P1", at=None)
    crew("A09", "ambulance", ["medical"])
    assert api.propose(where.incident_id).police[0].key == f"unit:{where.unit_id}"
    assert ticked(where) == {"X01"}
