"""A call taker writes while somebody speaks; nothing typed is lost, nothing is stored twice."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from maplebridge.incidents.models import Contact, Incident, Report
from maplebridge.incidents.tests import factories as made
from maplebridge.kernel.clock import ZONE
from maplebridge.kernel.testing import MORNING, frozen

pytestmark = pytest.mark.django_db
CALL = "/desk/call/"


@pytest.fixture(autouse=True)
def small_city(db: None) -> None:
    made.city_with_people()


def heard(**changed: Any) -> dict[str, Any]:
    """What the form of a call sends, opened at half past nine."""
    return {
        "intake_key": str(uuid.uuid4()),
        "narrative": "我老公又打我，我躲在厕所里。",
        "place_words": "潮平街8号",
        "lon": "", "lat": "", "precision_m": "", "frame": "",
        "phone": "13912345678",
        "name": "",
        "safe_contact": "unsafe",
        "channel": "phone",
        "call_type": "normal",
        "source_ref": "",
        "reported_at": "2026-07-14T09:29:40",
        "answered_at": "2026-07-14T09:29:46",
        "call_ended_at": "",
        **changed,
    }  # fmt: skip


def test_a_call_is_stored_with_its_three_clocks_and_leads_to_its_page() -> None:
    with frozen() as clock:
        client = made.browser()
        form = client.get(CALL).context["form"]
        assert form["answered_at"].value() is not None
        clock.move(seconds=90)
        response = client.post(CALL, heard())
        incident = made.only_incident()
        assert response["Location"] == made.desk_url(incident.code)
        report = Report.objects.get()
        assert report.reported_at == datetime(2026, 7, 14, 9, 29, 40, tzinfo=ZONE)
        assert report.answered_at == datetime(2026, 7, 14, 9, 29, 46, tzinfo=ZONE)
        assert report.call_ended_at == MORNING.astimezone(UTC) + timedelta(seconds=90)
        assert (incident.channel, incident.safe_contact) == ("phone", "unsafe")
        assert Contact.objects.get().phone == "13912345678"
        page = made.page(client.get(response["Location"]))
        assert "已录入" in page
        assert "13912345678" not in page


def test_a_walk_in_has_no_call_clocks() -> None:
    with frozen():
        made.browser().post(CALL, heard(channel="walk_in"))
    report = Report.objects.get()
    assert (report.answered_at, report.call_ended_at) == (None, None)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"narrative": ""}, "narrative"),
        ({"reported_at": "2026-07-14T10:30:00"}, "reported_at"),
        ({"reported_at": "1987-01-01T00:00:00", "answered_at": ""}, "reported_at"),
        ({"reported_at": "0001-01-01T00:00:00"}, "reported_at"),
        ({"reported_at": "9999-12-31T23:59:59"}, "reported_at"),
        ({"reported_at": "yesterday"}, "reported_at"),
        ({"answered_at": "2026-07-14T09:00:00"}, "answered_at"),
        ({"call_ended_at": "2026-07-14T09:00:00"}, "call_ended_at"),
        ({"call_ended_at": "2026-07-15T09:00:00"}, "call_ended_at"),
        ({"phone": "none"}, "phone"),
        ({"channel": "app"}, "channel"),
        ({"channel": "carrier_pigeon"}, "channel"),
        ({"call_type": "other"}, "call_type"),
        ({"lon": "x", "lat": "1"}, "place_words"),
        ({"place_words": "街" * 201}, "place_words"),
    ],
)
def test_what_cannot_be_used_is_said_at_its_field(changed: dict[str, str], field: str) -> None:
    with frozen():
        # 10:30 is an hour ahead of the frozen clock
        if field == "reported_at" and changed.get("reported_at", "").startswith("2026"):
            changed = {**changed, "answered_at": "", "call_ended_at": ""}
        response = made.browser().post(CALL, heard(**changed))
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert not Incident.objects.exists()
    if field != "narrative":
        assert "我躲在厕所里" in made.page(response)


def test_a_repeat_of_the_same_call_is_one_and_other_words_are_another_call() -> None:
    with frozen():
        client, call = made.browser(), heard()
        first, again = client.post(CALL, call), client.post(CALL, call)
        assert first["Location"] == again["Location"]
        other = {**call, "narrative": "东塘路两车相撞。"}
        second = client.post(CALL, other)
        assert second["Location"] != first["Location"]
        assert client.post(CALL, other)["Location"] == second["Location"]
    assert Incident.objects.count() == 2


def test_an_expired_session_loses_no_words() -> None:
    with frozen():
        client = made.browser()
        client.get(CALL)
        client.cookies.clear()  # twelve hours later
        page = client.post(CALL, heard())
        assert page.status_code == 403
        assert "保存在这台设备上" in made.page(page)
        script = client.post(CALL, heard(), headers={"X-Maplebridge-Draft": "1"})
    assert script.json()["code"] == "signed_out"
    assert not Incident.objects.exists()


def test_a_visitor_is_asked_to_sign_in_and_comes_back() -> None:
    response = Client().get(CALL)
    assert response.status_code == 302
    assert response["Location"] == "/signin/?next=%2Fdesk%2Fcall%2F"


def test_any_post_may_take_in_a_matter_and_follows_what_lies_beyond_its_area() -> None:
    with frozen():
        response = made.bao().post(
            CALL, heard(channel="grid_worker", lon="120.5475", lat="27.5822", precision_m="5")
        )
    assert response["Location"] == made.follow_url(made.only_incident().code)


def test_a_role_that_takes_nothing_in_has_no_form() -> None:
    assert made.browser("P005").get(CALL).status_code == 403  # the auditor


def test_the_form_needs_its_token() -> None:
    strict = made.browser(enforce_csrf_checks=True)
    assert strict.post(CALL, heard()).status_code == 403
    assert not Incident.objects.exists()


def test_place_names_are_offered_while_typing() -> None:
    client = made.browser()
    assert client.get("/desk/places.json", {"q": "潮平"}).json()["names"][:1] == ["潮平街"]
    options = client.get(
        "/desk/places.json", {"place_words": "小吃"}, headers={"HX-Request": "true"}
    )
    assert made.page(options) == '<option value="潮平小吃街"></option>'
    assert client.get("/desk/places.json").json() == {"names": []}
    assert client.get("/desk/places.json", {"q": "<b>"}).json() == {"names": []}
    assert made.browser("P005").get("/desk/places.json", {"q": "潮"}).status_code == 403
