"""The pages of a visit and of its hazards, by the forms people post."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from maplebridge.incidents.models import Attachment, Incident
from maplebridge.incidents.tests import factories as made
from maplebridge.inspections import api
from maplebridge.inspections.models import Hazard, Visit
from maplebridge.inspections.tests import given
from maplebridge.inspections.tests.test_store_visit import at_once
from maplebridge.kernel.clock import now
from maplebridge.kernel.testing import frozen
from maplebridge.places.models import GridCell, Premises
from maplebridge.places.tests.factories import A1, INSIDE_A1

EXTINGUISHER, ALARM = "extinguisher_expired", "gas_no_alarm"
CHOOSE, FORM = "/field/visit/", f"/field/visit/at/{given.NOODLES}/"


@pytest.fixture
def city(db: None) -> None:
    given.city()


@pytest.fixture
def officer(city: None) -> Client:
    return made.browser("P010")


def english(client: Client) -> Client:
    client.cookies["language"] = "en"
    return client


# Choosing a place.


def test_places_of_the_own_area_by_name_address_or_code(officer: Client) -> None:
    for words in ("老灶", "Old Stove", "28号", "p2"):
        page = made.page(officer.get(CHOOSE, {"q": words}))
        assert FORM in page, words
    none = made.page(english(officer).get(CHOOSE, {"q": "nowhere"}))
    assert FORM not in none
    assert "No place of your area is called so" in none


def test_the_nearest_are_asked_by_post_and_the_position_is_kept_nowhere(officer: Client) -> None:
    lon, lat = INSIDE_A1
    page = made.page(officer.post(CHOOSE, {"lon": lon, "lat": lat}))
    assert page.index("/at/P1/") < page.index("/at/P2/")
    assert str(lon) not in page
    far = made.page(english(officer).post(CHOOSE, {"lon": "0", "lat": "0"}))
    assert "No place of your area is near" in far
    for odd in ({}, {"lon": "nan", "lat": "1"}, {"lon": "x", "lat": ""}):
        assert officer.post(CHOOSE, odd).status_code == 200


def test_where_one_was_last_stands_first(officer: Client) -> None:
    assert "recent-h" not in made.page(officer.get(CHOOSE))
    api.store_visit(given.visit(), actor=given.officer())
    assert "recent-h" in made.page(officer.get(CHOOSE))


def test_many_places_come_in_pages_and_cost_the_same(officer: Client) -> None:
    def seen() -> int:
        return made.queries_of(lambda: officer.get(CHOOSE))

    seen()
    few = seen()
    cell = GridCell.objects.get(code=A1)
    Premises.objects.bulk_create(
        Premises(code=f"Q{n}", name=f"店{n}", kind="shop", lon=120.5475, lat=27.5822, cell=cell)
        for n in range(60)
    )
    assert seen() == few
    assert officer.get(CHOOSE, {"page": "3"}).status_code == 200
    assert "page=2" in made.page(officer.get(CHOOSE))
    for odd in ("-1", "x", "9" * 30):
        assert officer.get(CHOOSE, {"page": odd, "q": "\x00"}).status_code == 200


# The form.


def test_the_form_has_what_the_queue_on_the_device_needs(officer: Client) -> None:
    page = made.page(officer.get(FORM))
    assert 'data-offline="visit"' in page
    assert f'data-draft="visit-{given.NOODLES}"' in page
    assert 'name="intake_key"' in page
    assert re.search(r'<input[^>]*name="visited_at"[^>]*data-device-time', page)
    for code in given.asked():
        assert f'name="{code}-verdict"' in page
    assert officer.get(FORM).headers["Cache-Control"].count("no-store")


def test_a_visit_by_form_leads_to_its_receipt_and_a_repeat_to_the_same(officer: Client) -> None:
    sent = given.typed(given.fault(EXTINGUISHER), intake_key=str(uuid.uuid4()))
    first = officer.post(FORM, sent)
    visit = Visit.objects.get()
    assert first.status_code == 302
    assert first.headers["Location"] == f"/field/visit/{visit.code}/"
    again = officer.post(FORM, sent)
    assert again.headers["Location"] == first.headers["Location"]
    assert Visit.objects.count() == Hazard.objects.count() == 1
    page = made.page(english(officer).get(first.headers["Location"]))
    assert given.WRONG in page
    assert given.day(3).isoformat() in page
    assert "1 hazard was found" in page


def test_everything_that_was_answered_comes_back_with_all_that_is_missing(officer: Client) -> None:
    sent = given.typed(given.fault(EXTINGUISHER, words="指针在红区"))
    sent[f"{ALARM}-verdict"] = ""
    sent[f"{EXTINGUISHER}-mend_by"] = "2099-01-01"
    sent["manhole-words"] = ""
    answer = english(officer).post(FORM, sent)
    page = made.page(answer)
    assert answer.status_code == 422
    assert "Say what you saw here." in page
    assert "A day from today on, within fifteen days." in page
    assert "指针在红区" in page
    checked = re.findall(r'name="exit_blocked-verdict" value="good"[^>]*checked', page)
    assert checked
    assert not Visit.objects.exists()


def test_a_field_that_cannot_be_read_does_not_hide_what_else_is_missing(officer: Client) -> None:
    sent = given.typed(given.fault(EXTINGUISHER))
    sent[f"{EXTINGUISHER}-mend_by"] = "soon"
    sent[f"{ALARM}-verdict"] = ""
    page = made.page(english(officer).post(FORM, sent))
    assert "Say what you saw here." in page
    assert "2 points still need something" in page


def test_the_photo_goes_with_what_the_department_gets(officer: Client) -> None:
    sent = given.typed(given.fault(ALARM, "handed"), **{f"{ALARM}-picture": made.photo()})
    assert officer.post(FORM, sent).status_code == 302
    assert Attachment.objects.get().incident == Incident.objects.get()
    kept = given.typed(given.fault(ALARM, "until"), **{f"{ALARM}-picture": made.photo()})
    assert officer.post(FORM, kept).status_code == 302
    assert Attachment.objects.count() == 1


def test_the_devices_time_is_taken_and_a_wrong_one_is_told(officer: Client) -> None:
    with frozen():
        said = now() - timedelta(hours=5)
        officer.post(FORM, given.typed(visited_at=said.isoformat()))
        assert Visit.objects.get().visited_at == said
        for wrong in (now() - timedelta(days=8), now() + timedelta(days=1)):
            answer = english(officer).post(FORM, given.typed(visited_at=wrong.isoformat()))
            assert answer.status_code == 422
            assert "Is its clock right?" in made.page(answer)
        for unreadable in ("yesterday", "2026-07-14T10:00", "", "2026-13-45T99:00:00Z"):
            assert officer.post(FORM, given.typed(visited_at=unreadable)).status_code == 302
    assert Visit.objects.count() == 5


@pytest.mark.django_db(transaction=True)
def test_twenty_posts_of_one_form_at_once_store_one_visit() -> None:
    given.city()
    clients = [made.browser("P010") for _ in range(20)]
    sent = given.typed(given.fault(EXTINGUISHER, "handed"), intake_key=str(uuid.uuid4()))
    answers, failures = at_once(lambda: clients.pop().post(FORM, sent).headers["Location"], 20, 1)
    assert not failures
    assert len(answers) == 20
    assert len(set(answers)) == 1
    assert Visit.objects.count() == Hazard.objects.count() == Incident.objects.count() == 1


def test_without_the_right_post_there_is_no_visit(city: None) -> None:
    for path in (CHOOSE, FORM, "/field/hazards/", "/desk/hazards/"):
        assert Client().get(path).status_code == 302  # to the sign-in
    assert made.browser("P034").get(CHOOSE).status_code == 403
    assert made.bao().get(FORM).status_code == 404
    assert made.bao().post(FORM, given.typed()).status_code == 404
    assert not Visit.objects.exists()


def test_a_receipt_is_for_its_area_and_for_who_wrote_it(officer: Client) -> None:
    stored = api.store_visit(given.visit(), actor=given.officer())
    where = f"/field/visit/{stored.code}/"
    assert officer.get(where).status_code == 200
    assert made.browser("P020").get(where).status_code == 200
    assert made.bao().get(where).status_code == 404
    assert made.browser("P003").get(where).status_code == 404
    assert officer.get("/field/visit/XXXXXXXXX/").status_code == 404


@pytest.mark.parametrize(("code", "entry"), [("P010", "inspections:choose"),
                                             ("P003", "inspections:hazards")])  # fmt: skip
def test_the_menu_leads_there(city: None, code: str, entry: str) -> None:
    page = made.page(made.browser(code).get("/wall/" if code == "P003" else "/field/", follow=True))
    assert f'href="{reverse(entry)}"' in page
