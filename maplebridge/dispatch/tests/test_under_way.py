"""Who is on the way, as a wall may know it: a unit by street and time, helpers only as a number."""

from __future__ import annotations

import dataclasses

import pytest

from maplebridge.dispatch import api
from maplebridge.dispatch.models import Call, Offer
from maplebridge.dispatch.tests.given import LAT, LON, helpers, scene, sign_up
from maplebridge.incidents.models import Incident
from maplebridge.kernel.geo import Point, metres
from maplebridge.kernel.testing import deliver
from maplebridge.people.models import Unit

pytestmark = pytest.mark.django_db(transaction=True)


def unit_sent() -> Call:
    here = scene()
    [call_id] = api.send_units(here.incident_id, [here.unit_id], actor=here.desk)
    deliver()
    call = Call.objects.get(pk=call_id)
    api.accept_offer(call.offers.get().pk, actor=here.officer)
    return call


def test_a_unit_is_on_the_way_from_its_station_to_the_cell_until_it_is_there() -> None:
    call = unit_sent()
    [one] = api.under_way()
    cell = call.incident.cell
    unit = Unit.objects.select_related("station").get(calls=call)
    assert cell is not None
    home = Point(unit.station.lon, unit.station.lat) if unit.station else Point(unit.lon, unit.lat)
    assert one.unit
    assert one.cell_code == cell.code
    assert one.line[0] == home
    assert one.line[-1] == Point(cell.centroid_lon, cell.centroid_lat)
    assert metres(one.line[-1], Point(LON, LAT)) > 1  # the middle of the cell, not the place
    Offer.objects.filter(call=call).update(state="arrived")
    assert api.under_way() == []


def test_of_a_helper_nothing_is_told_but_the_aim() -> None:
    here = scene()
    [helper] = helpers(1)
    call_id = api.call_volunteers(here.incident_id, actor=here.desk)
    deliver()
    offer = Offer.objects.get(call_id=call_id, volunteer=helper)
    actor = sign_up(helper, "volunteer")
    api.accept_offer(offer.pk, actor=actor)
    api.share_position(offer.pk, lon=LON + 0.001, lat=LAT, actor=actor)
    [one] = api.under_way()
    assert not one.unit
    assert one.line == ()
    told = {column.name for column in dataclasses.fields(one)}
    assert told == {"number", "unit", "cell_code", "line", "since", "expected_s"}


def test_who_goes_to_a_confidential_matter_is_on_no_map() -> None:
    call = unit_sent()
    Incident.objects.filter(pk=call.incident_id).update(confidential=True)
    assert api.under_way() == []
