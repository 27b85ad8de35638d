"""axe-core finds nothing serious on any page of the faces, in both languages and at both sizes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.barriers import grave_barriers
from tests.browser.people import DESK, LANGUAGES, PHONE, Crowd, Person
from tests.system.visitor import Visitor, code_in, filled_form

if TYPE_CHECKING:
    from tests.browser.conftest import City

pytestmark = pytest.mark.browser

WORDS = "有个老人在路边摔倒了，坐在地上起不来，需要人帮忙。"
PORTAL = (
    "/", "/follow/", "/follow/{code}/", "/stations/", "/stations/{station}/", "/signin/",
    "/method/", "/nothing-here/",
)  # fmt: skip
FACES: dict[str, tuple[str, ...]] = {
    "Duty desk": (
        "/desk/", "/desk/?part=running", "/desk/call/", "/desk/{code}/", "/desk/orders/",
        "/figures/", "/stations/{station}/",
    ),
    "Volunteer": ("/field/", "/field/me/"),
    "Police officer": ("/field/",),
    "Sentinel": ("/field/", "/field/alarm/"),
    "Team captain": ("/teams/",),
    "Agency clerk": ("/desk/orders/",),
    "Leader on duty": ("/wall/", "/figures/"),
}  # fmt: skip


@pytest.fixture(scope="module")
def places(demo_city: City) -> dict[str, str]:
    """A matter of this minute, and a station."""
    with Visitor(demo_city.url) as resident:
        answer = resident.submit("/", filled_form(narrative=WORDS, lon="", lat="", precision_m=""))
    station = demo_city.database.rows("SELECT min(code) FROM places_station")[0][0]
    return {"code": code_in(answer.headers["location"]), "station": str(station)}


def sideways(person: Person, path: str) -> list[str]:
    """A page of text that has to be pushed sideways on a phone hides half of every line."""
    wide = person.page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return [f"{path} {person.language}: {wide} px too wide"] if wide > 0 else []


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_has_a_grave_barrier(
    crowd: Crowd, places: dict[str, str], language: str, size: tuple[int, int]
) -> None:
    found: list[str] = []
    for role, paths in {"": PORTAL, **FACES}.items():
        person = crowd.person(language, size)
        if role:
            person.sign_in(role)
        for path in paths:
            asked = path.format(**places)
            person.page.goto(asked)
            person.page.wait_for_load_state("load")
            found += grave_barriers(person)
            found += sideways(person, asked)
        person.context.close()
    assert found == []
