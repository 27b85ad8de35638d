"""axe-core finds nothing serious on any page: both languages, both sizes, by day and by night."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.barriers import in_every_dress
from tests.browser.people import DESK, LANGUAGES, PHONE, Crowd
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
        "/figures/", "/stations/{station}/", "/teams/", "/teams/{own_team}/",
    ),
    "Volunteer": ("/field/", "/field/me/"),
    "Police officer": ("/field/",),
    "Sentinel": ("/field/", "/field/alarm/"),
    "Team captain": ("/teams/{own_team}/",),
    "Agency clerk": ("/desk/orders/",),
    "Leader on duty": (
        "/wall/", "/figures/", "/figures/first_arrival/", "/figures/received_change_month/",
    ),
    "Station chief": ("/stations/{own_station}/", "/stations/{own_station}/zones/"),
}  # fmt: skip


@pytest.fixture(scope="module")
def places(demo_city: City) -> dict[str, str]:
    """A matter of this minute, and a station."""
    with Visitor(demo_city.url) as resident:
        answer = resident.submit("/", filled_form(narrative=WORDS, lon="", lat="", precision_m=""))
    rows = demo_city.database.rows("SELECT code FROM places_station ORDER BY code")
    stations = [str(code) for (code,) in rows]
    return {
        "code": code_in(answer.headers["location"]),
        "station": stations[0],
        "own_station": own_station(demo_city, stations),
        "own_team": own_team(demo_city),
    }


def own_station(city: City, stations: list[str]) -> str:
    """The one whose zones the chief of the card may change."""
    with Visitor(city.url) as chief:
        chief.sign_in("station_chief")
        return next(s for s in stations if "/zones/" in chief.page(f"/stations/{s}/"))


def own_team(city: City) -> str:
    """A captain of one team is led straight to it."""
    with Visitor(city.url) as captain:
        captain.sign_in("team_captain")
        return code_in(captain.http.get("/teams/").headers["location"])


@pytest.mark.parametrize("role", ["", *FACES], ids=lambda role: role or "Resident")
def test_no_page_has_a_grave_barrier(crowd: Crowd, places: dict[str, str], role: str) -> None:
    """Signed in once; each page is read once in each language, and looked at in every dress."""
    found: list[str] = []
    person = crowd.person(LANGUAGES[0], DESK)
    if role:
        person.sign_in(role)
    for language in LANGUAGES:
        person.speak(language)
        for path in FACES[role] if role else PORTAL:
            person.page.goto(path.format(**places), wait_until="load")
            found += in_every_dress(person)
    assert found == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_face_says_that_it_is_a_demonstration(
    crowd: Crowd, places: dict[str, str], language: str
) -> None:
    """Somebody in danger must not take it for the police."""
    silent: list[str] = []
    for role, paths in {"": ("/", "/follow/{code}/"), **FACES}.items():
        person = crowd.person(language, PHONE)
        if role:
            person.sign_in(role)
        for path in paths[:2]:
            person.page.goto(path.format(**places))
            said = person.says("Demonstration, all invented. In real danger call 110.")
            if not person.page.get_by_text(said).is_visible():
                silent.append(path)
        person.context.close()
    assert silent == []
