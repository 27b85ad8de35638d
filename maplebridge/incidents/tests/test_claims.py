"""Who is on it is shown to the others, runs out by itself, and bars nobody."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from maplebridge.incidents.models import Claim, Incident
from maplebridge.incidents.tests import factories as made
from maplebridge.incidents.tests import given
from maplebridge.incidents.tests.test_web_case import DECISION
from maplebridge.kernel.testing import frozen
from maplebridge.people.tests import factories as people

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_city(db: None) -> None:
    made.city_with_people()


def chief() -> Client:
    return made.browser("P002")


def held(client: Client) -> dict[str, str]:
    found: dict[str, str] = client.get(reverse("incidents:claims")).json()["held"]
    return found


def claim(client: Client, code: str, **data: str) -> int:
    return client.post(made.desk_url(code, "claim"), data).status_code


def test_others_see_who_is_on_it_and_the_own_name_is_no_news() -> None:
    code, lin, other = given.report().code, made.browser(), chief()
    assert claim(lin, code) == 200
    name = people.post("P001").account.title
    assert held(other) == {code: f"{name}正在办"}
    assert held(lin) == {}
    assert f"{name}正在办" in made.page(other.get("/desk/"))
    assert f"{name}正在办" in made.page(other.get(made.desk_url(code)))


def test_a_lease_is_renewed_runs_out_and_is_swept() -> None:
    code, lin, other = given.report().code, made.browser(), chief()
    with frozen() as clock:
        for _each in range(3):
            claim(lin, code)
            clock.move(seconds=60)
            assert held(other) != {}
        clock.move(seconds=60)
        assert held(other) == {}
        claim(other, given.report("另一件").code)
        assert Claim.objects.count() == 1


def test_leaving_lets_go_and_twice_is_harmless() -> None:
    code, lin = given.report().code, made.browser()
    claim(lin, code)
    for _each in range(2):
        assert claim(lin, code, release="1") == 204
    assert held(chief()) == {}


def test_a_claim_bars_nobody() -> None:
    code = given.report().code
    claim(chief(), code)
    made.browser().post(made.desk_url(code, "triage"), DECISION)
    assert Incident.objects.get(code=code).state == "triaged"


def test_who_may_only_read_claims_nothing_and_sees_the_own_scope() -> None:
    code = given.report().code
    claim(made.browser(), code)
    assert claim(made.browser("P020"), code) == 403
    assert claim(made.bao(), code) in (403, 404)
    assert held(made.bao()) == {}
    assert Client().get(reverse("incidents:claims")).status_code in (302, 403)


def test_what_somebody_decided_meanwhile_is_said_and_nothing_typed_is_lost() -> None:
    code, lin, other = given.report().code, made.browser(), chief()
    seen = lin.get(made.desk_url(code)).context["seen"]
    other.post(made.desk_url(code, "triage"), {**DECISION, "urgency": "P1", "seen": seen})
    mine = {**DECISION, "urgency": "P3", "place_words": "后门", "seen": seen}
    answer = lin.post(made.desk_url(code, "triage"), mine)
    assert answer.status_code == 422
    assert people.post("P002").account.title in answer.context["meanwhile"]
    assert answer.context["triage"]["place_words"].value() == "后门"
    assert Incident.objects.get(code=code).urgency == "P1"
    again = {**mine, "seen": answer.context["seen"]}
    assert lin.post(made.desk_url(code, "triage"), again).status_code == 302
    assert Incident.objects.get(code=code).urgency == "P3"
