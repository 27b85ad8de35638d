"""The pages of hazards: the list, one hazard, its steps."""

from __future__ import annotations

import pytest
from django.test import Client

from maplebridge.incidents.tests import factories as made
from maplebridge.inspections import api
from maplebridge.inspections.models import Hazard
from maplebridge.inspections.tests import given
from maplebridge.kernel.testing import frozen
from maplebridge.privacy.retention import apply_retention

pytestmark = pytest.mark.django_db
ALARM = "gas_no_alarm"


@pytest.fixture
def city() -> None:
    given.city()


@pytest.fixture
def officer(city: None) -> Client:
    return made.browser("P010")


def english(client: Client) -> Client:
    client.cookies["language"] = "en"
    return client


def hazard_url(hazard: Hazard, verb: str = "") -> str:
    more = f"{verb}/" if verb else ""
    return f"/desk/hazards/{hazard.code}/{more}"


def test_the_list_shows_what_is_due_next_first_in_parts_and_pages(officer: Client) -> None:
    later = given.hazard("until", mend_by=given.day(9), words="后到期")
    given.hazard("until", point=ALARM, mend_by=given.day(1), words="先到期")
    page = made.page(officer.get("/field/hazards/"))
    assert page.index("先到期") < page.index("后到期")
    empty = made.page(english(officer).get("/field/hazards/", {"part": "clear"}))
    assert "Nothing waits to be cleared." in empty
    assert later.code in made.page(officer.get("/field/hazards/", {"part": "recheck"}))
    for odd in ("x", "overdue", "major"):
        assert officer.get("/desk/hazards/", {"part": odd, "page": "99"}).status_code == 200


def test_a_list_of_thirty_costs_what_a_list_of_three_costs(officer: Client) -> None:
    def seen() -> int:
        return made.queries_of(lambda: officer.get("/desk/hazards/"))

    for _ in range(3):
        given.hazard()
    seen()
    few = seen()
    for _ in range(27):
        given.hazard()
    assert seen() == few


def test_from_the_list_to_cleared_by_three_people(officer: Client) -> None:
    hazard = given.hazard("until")
    assert "recheck/" not in made.page(officer.get(hazard_url(hazard)))
    auxiliary, chief = made.browser("P020"), made.browser("P007")
    failed = auxiliary.post(
        hazard_url(hazard, "fail"), {"words": "还在", "mend_by": given.day(2).isoformat()}
    )
    assert failed.status_code == 302
    assert auxiliary.post(hazard_url(hazard, "recheck")).status_code == 302
    assert chief.post(hazard_url(hazard, "urge")).status_code == 302
    assert chief.post(hazard_url(hazard, "clear")).status_code == 302
    hazard.refresh_from_db()
    assert (hazard.state, hazard.urged) == ("cleared", 1)
    page = made.page(english(chief).get(hazard_url(hazard)))
    assert "Re-check: still wrong" in page
    assert "还在" in page


def test_a_step_that_lacks_something_keeps_what_was_typed(officer: Client) -> None:
    hazard = given.hazard("until")
    answer = english(made.browser("P020")).post(
        hazard_url(hazard, "fail"), {"words": "压力还是不够", "mend_by": "2099-01-01"}
    )
    page = made.page(answer)
    assert answer.status_code == 422
    assert "压力还是不够" in page
    assert "A day from today on" in page
    hazard.refresh_from_db()
    assert hazard.state == "notified"


@pytest.mark.parametrize("verb", ["rectify", "recheck", "clear", "hand", "urge", "odd"])
def test_a_step_that_is_not_possible_is_a_refusal_with_words(city: None, verb: str) -> None:
    hazard = given.hazard("handed", point=ALARM)
    answer = made.browser("P004").post(hazard_url(hazard, verb), follow=True)
    assert answer.status_code in (200, 403, 404)
    hazard.refresh_from_db()
    assert hazard.state == "found"


def test_a_clerk_sees_and_moves_what_was_handed_over(city: None) -> None:
    hazard = given.hazard("handed", point=ALARM)
    clerk = english(made.browser("P004"))
    assert hazard.code in made.page(clerk.get("/desk/hazards/"))
    assert clerk.post(hazard_url(hazard, "notify"), {"mend_by": given.day(4).isoformat()}).headers[
        "Location"
    ] == hazard_url(hazard)
    hazard.refresh_from_db()
    assert (hazard.state, hazard.mend_by) == ("notified", given.day(4))
    page = made.page(clerk.get(hazard_url(hazard)))
    assert "What the department got" not in page  # nobody has judged whose matter it is
    officers = made.page(english(made.browser("P010")).get(hazard_url(hazard)))
    assert "What the department got" in officers
    other = made.browser("P003")
    assert hazard.code not in made.page(other.get("/desk/hazards/"))
    assert other.get(hazard_url(hazard)).status_code == 404


def test_the_words_of_a_hazard_leave_with_the_shredder(city: None) -> None:
    with frozen() as clock:
        hazard = given.hazard("mended")
        api.recheck_hazard(hazard.code, actor=given.auxiliary())
        api.clear_hazard(hazard.code, actor=given.chief())
        clock.move(hours=24 * 1100)
        apply_retention()
    hazard.refresh_from_db()
    assert hazard.words == ""
