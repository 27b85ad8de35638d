"""On any page axe-core finds nothing serious: both languages, both sizes, by day and by night."""

from __future__ import annotations

from contextlib import ExitStack
from string import Formatter
from typing import TYPE_CHECKING

import pytest

from tests.browser.barriers import in_every_dress
from tests.browser.people import LANGUAGES, PHONE, Crowd
from tests.system.visitor import Visitor, code_in, filled_form
from tools.pages import FOUND_ON, PAGES, places, sign_in

if TYPE_CHECKING:
    from tests.browser.conftest import City
    from tests.browser.people import Person

pytestmark = pytest.mark.browser

WORDS = "有个老人在路边摔倒了，坐在地上起不来，需要人帮忙。"
CARDS = ("", *dict.fromkeys(page.card for page in PAGES if page.card))
# Somebody is asked, or comes back from the spot, for some minutes only: the main path and
# tests/browser/test_field.py look at those pages when they are there.
PASSING = {"offer", "scene"}


@pytest.fixture(scope="module")
def known(demo_city: City) -> dict[str, str]:
    """What stands in the braces of the paths, with a matter of this minute."""
    with ExitStack() as stack:
        people: dict[str, Visitor] = {}

        def read(card: str, path: str) -> str:
            if card not in people:
                people[card] = stack.enter_context(Visitor(demo_city.url))
                if card:
                    people[card].sign_in(card)
            return people[card].page(path)

        found = places(read)
        resident = stack.enter_context(Visitor(demo_city.url))
        answer = resident.submit("/", filled_form(narrative=WORDS, lon="", lat="", precision_m=""))
    missing = {*FOUND_ON, "own_station"} - set(found)
    assert missing <= PASSING
    return {"code": code_in(answer.headers["location"]), **found}


def paths_of(card: str, known: dict[str, str]) -> list[str]:
    shown = [page.path for page in PAGES if page.card == card]
    return [path.format(**known) for path in shown if not (PASSING - set(known)) & braces(path)]


def braces(path: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in Formatter().parse(path) if name}


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card or "resident")
def test_no_page_has_a_grave_barrier(
    crowd: Crowd, demo_city: City, known: dict[str, str], card: str
) -> None:
    """Signed in once; each page is read once in each language, and looked at in every dress."""
    found: list[str] = []
    person = crowd.person(LANGUAGES[0], PHONE)
    if card:
        sign_in(person.page, demo_city.url, card)
    for language in LANGUAGES:
        person.speak(language)
        for path in paths_of(card, known):
            person.page.goto(path, wait_until="load")
            found += taken_for_the_police(person, path) + in_every_dress(person)
    assert found == []


def taken_for_the_police(person: Person, path: str) -> list[str]:
    """Somebody in danger must not take a demonstration for the police."""
    said = person.says("Demonstration, all invented. In real danger call 110.")
    seen = person.page.get_by_text(said).is_visible()
    return [] if seen else [f"{path} {person.language}: does not say that it is a demonstration"]
