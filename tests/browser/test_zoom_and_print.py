"""Paper, larger text and calm: what is printed, what stays reachable, and what does not move."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.browser.barriers import set_larger
from tests.browser.people import DESK, LANGUAGES, PHONE, Crowd, Person
from tests.system.visitor import Visitor, code_in, filled_form

if TYPE_CHECKING:
    from tests.browser.conftest import City

pytestmark = pytest.mark.browser

WORDS = "楼道里的灯坏了三天，老人晚上下楼看不见。"
INK = "getComputedStyle(document.body).color"
PAPER = "getComputedStyle(document.body).backgroundColor"
# Whether anything would move for somebody who asked for calm.
MOVES = """() => [...document.querySelectorAll('*')].filter(part => {
  const style = getComputedStyle(part);
  const lasts = text => text.split(',').some(time => parseFloat(time) > 0.01);
  return (style.animationName !== 'none' && lasts(style.animationDuration))
    || lasts(style.transitionDuration);
}).map(part => part.className || part.tagName)"""


@pytest.fixture(scope="module")
def code(demo_city: City) -> str:
    with Visitor(demo_city.url) as resident:
        answer = resident.submit("/", filled_form(narrative=WORDS, lon="", lat="", precision_m=""))
    return code_in(answer.headers["location"])


def on_paper(person: Person, path: str) -> Person:
    """The page as a printer gets it, from a screen that is dark at night."""
    person.page.goto(path)
    person.page.emulate_media(media="print", color_scheme="dark")
    return person


def pages_of(person: Person) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", person.page.pdf(format="A4")))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_receipt_is_one_sheet_with_the_code_and_the_promise(
    crowd: Crowd, code: str, language: str
) -> None:
    resident = on_paper(crowd.person(language, PHONE), f"/follow/{code}/")
    page = resident.page
    assert page.locator(".code-no").inner_text().replace(" ", "") == code
    assert page.locator(".now-box .big").is_visible()
    assert page.locator(".line-time").is_visible()
    assert page.get_by_text("Demonstration" if language == "en-GB" else "演示环境").is_visible()
    assert page.locator("button:visible, input:visible, .btn:visible, nav:visible").count() == 0
    assert (page.evaluate(PAPER), page.evaluate(INK)) == ("rgb(255, 255, 255)", "rgb(20, 41, 45)")
    assert page.locator(".print-only").inner_text()[-6:-1].count(":") == 1
    assert pages_of(resident) == 1


def test_a_matter_is_printed_with_what_was_said_and_done(crowd: Crowd, code: str) -> None:
    desk = crowd.person("zh-CN", DESK)
    desk.sign_in("Duty desk")
    page = on_paper(desk, f"/desk/{code}/").page
    said = page.locator("blockquote.words").first.inner_text()
    assert WORDS in re.sub(r"[\d\s]", "", said)  # the numbers of the evidence stand in between
    assert page.locator(".line-time").last.is_visible()
    assert page.locator("button:visible, form:visible, .map:visible, nav:visible").count() == 0
    assert page.evaluate(PAPER) == "rgb(255, 255, 255)"
    assert pages_of(desk) <= 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_larger_text_on_a_small_phone_loses_nothing(crowd: Crowd, language: str) -> None:
    """The switch in the frame and the browser's own zoom together."""
    resident = crowd.person(language, DESK)
    resident.page.goto("/")
    resident.press("Large text")
    resident.page.wait_for_load_state("load")
    assert resident.page.locator("html[data-text=large]").count() == 1
    assert set_larger(resident) == []


def test_nothing_moves_for_who_asks_for_calm(crowd: Crowd) -> None:
    resident = crowd.person("zh-CN", PHONE)
    for path in ("/", "/gallery/", "/signin/"):
        resident.page.goto(path)
        assert resident.page.evaluate(MOVES) == [], path
