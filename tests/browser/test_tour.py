"""The five-step tour as a newcomer plays it: one press a step, in both languages, with a reload."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.utils import translation

from maplebridge.twin.tour.words import STOPS
from tests.browser.barriers import grave_barriers
from tests.browser.people import DESK, PHONE, Crowd, Person, until

if TYPE_CHECKING:
    from tests.browser.conftest import City

pytestmark = pytest.mark.browser
# Where each stop shows.
PAGES = ("/", "/follow/", "/desk/", "/field/handover/", "/desk/", "/figures/first_arrival/")
PLAYED = (("zh-CN", PHONE), ("en-GB", DESK))


def stands_at(person: Person, done: int) -> None:
    """The card says this stop, and the page beside it shows what it speaks of."""
    page = person.page
    card = page.locator(f".tour[data-tour-done='{done}']")
    until(page, card.is_visible, f"step {done}", person.shown)
    assert page.locator("#tour-h").inner_text() == title_of(person, done)
    assert PAGES[done] in page.url
    page.locator(".tour-spot").first.wait_for()


def title_of(person: Person, done: int) -> str:
    with translation.override("zh-hans" if person.language.startswith("zh") else "en"):
        return str(STOPS[done].title)


@pytest.mark.parametrize(("language", "size"), PLAYED)
def test_five_presses_from_the_report_to_the_figure(
    crowd: Crowd, demo_city: City, language: str, size: tuple[int, int]
) -> None:
    newcomer = crowd.person(language, size)
    page = newcomer.page
    page.goto("/")
    newcomer.press("Tour in five steps")
    stands_at(newcomer, 0)
    for done in range(1, 6):
        page.locator(".tour-acts .btn-main").press("Enter")  # by keyboard
        stands_at(newcomer, done)
        if done == 2:
            page.reload()
            stands_at(newcomer, done)
            agencies = page.locator("section:has(> #orders-h) li, .order")
            assert agencies.count() >= 2
        if done == 3:
            assert grave_barriers(newcomer) == []
    mine = page.locator("tr.tour-spot")  # among the matters behind the figure, once it is counted
    for _ in range(20):
        if mine.count():
            break
        page.wait_for_timeout(3000)  # for the worker, which shares the machine with us
        page.reload()
        stands_at(newcomer, 5)
    assert mine.count() == 1
    says = page.locator(".tour-says").inner_text()
    assert not {"{", "None"} & set(says)
    # Elsewhere the card leads back; from the beginning, and skipped.
    page.goto("/stations/")
    newcomer.press("Show me where")
    stands_at(newcomer, 5)
    newcomer.press("From the beginning")
    stands_at(newcomer, 0)
    newcomer.press("Skip the tour")
    page.locator(".tour").wait_for(state="detached")
    rated = demo_city.database.rows(
        "SELECT survey.satisfied, arrival.kind FROM incidents_surveyanswer survey"
        " JOIN incidents_incident matter ON matter.id = survey.incident_id"
        " JOIN dispatch_firstarrival arrival ON arrival.incident_id = matter.id"
        " WHERE matter.intake_key LIKE ? ORDER BY matter.id DESC LIMIT 1", "tour:%",
    )  # fmt: skip
    assert bool(rated[0][0]) and rated[0][1] == "volunteer"
    crowd.assert_quiet()
