"""A dropped line: nothing is missed, nothing is told twice, and the page says that it is old."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.browser.people import Crowd, Person, until
from tests.system.relay import Relay
from tests.system.visitor import Visitor, code_in, filled_form

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.browser.conftest import City

pytestmark = pytest.mark.browser

LISTEN = """() => {
  window.heard = [];
  document.body.addEventListener('live:incidents', event => window.heard.push(...event.detail));
}"""


def report(city: City) -> str:
    """A report by somebody whose line is good."""
    with Visitor(city.url) as resident:
        answer = resident.submit("/", filled_form(lon="", lat="", precision_m=""))
        assert answer.status_code == 302
        return code_in(answer.headers["location"])


def test_a_dropped_line_loses_nothing_and_repeats_nothing(crowd: Crowd, demo_city: City) -> None:
    with Relay(port_of(demo_city)) as line:
        crowd.base = f"http://127.0.0.1:{line.port}"
        desk = crowd.person("en-GB")
        desk.sign_in("Duty desk")
        desk.page.goto("/desk/?order=new")
        desk.page.wait_for_load_state("load")
        desk.mark()
        desk.page.evaluate(LISTEN)
        codes = [report(demo_city)]
        until(desk.page, lambda: received(desk.page) == codes, "the first report")
        for _drop in range(2):
            line.cut()
            codes += [report(demo_city), report(demo_city)]
            desk.page.wait_for_timeout(1500)
            assert received(desk.page) == codes[:-2]
            line.join()
            caught_up(desk.page, codes)
        for code in codes:
            desk.page.locator(f"#row-{code}").wait_for()
            assert desk.page.locator(f"#row-{code}").count() == 1
        desk.assert_not_reloaded()


def test_the_page_says_that_it_is_old_until_the_line_is_back(crowd: Crowd, demo_city: City) -> None:
    with Relay(port_of(demo_city)) as line:
        crowd.base = f"http://127.0.0.1:{line.port}"
        desk = crowd.person("en-GB")
        desk.sign_in("Duty desk")
        page = desk.page
        page.goto("/desk/?order=new")
        bar = page.locator("#stale-bar")
        page.wait_for_timeout(12_000)  # longer than a silence that counts as a lost line
        assert not bar.is_visible(), "a line that is up was called lost"
        line.cut()
        bar.wait_for()
        said = bar.inner_text()
        assert re.fullmatch(r"Connection lost\. Last known at \d\d:\d\d\.", said), said
        assert page.locator("html.is-stale").count() == 1
        code = report(demo_city)
        assert page.locator(f"#row-{code}").count() == 0
        line.join()
        bar.wait_for(state="hidden")
        assert page.locator("html.is-stale").count() == 0
        page.locator(f"#row-{code}").wait_for()


def test_two_desks_see_the_same_queue_after_every_step(crowd: Crowd, demo_city: City) -> None:
    """One of them over a line that was cut meanwhile."""
    with Relay(port_of(demo_city)) as line:
        near, other = crowd.person("zh-CN"), crowd.person("en-GB")
        crowd.base = f"http://127.0.0.1:{line.port}"
        far = crowd.person("en-GB")
        for desk in (near, other, far):
            desk.sign_in("Duty desk")
        for desk in (near, far):
            desk.page.goto("/desk/?order=new")
            desk.page.wait_for_load_state("load")
            desk.mark()
        codes = [report(demo_city)]
        same_queue(near, far, codes)
        line.cut()
        codes.append(report(demo_city))
        near.page.locator(f"#row-{codes[1]}").wait_for()
        line.join()
        same_queue(near, far, codes)
        other.page.goto(f"/desk/{codes[0]}/")
        category = other.page.locator("#triage select[name=category]")
        until(other.page, lambda: suggested(other.page, codes[0], category), "the suggestions")
        other.press("Only decide")
        other.page.locator(".said").wait_for()
        until(near.page, lambda: queue(near.page)[0] != [], "the queue")
        same_queue(near, far, codes)
        assert codes[0] not in queue(near.page)[0], "the decided one still waits"
        for desk in (near, far):
            desk.assert_not_reloaded()


def suggested(page: Page, code: str, category: Locator) -> bool:
    """Whether the form is filled in; the page is asked anew until the worker has answered."""
    if category.input_value():
        return True
    page.wait_for_timeout(500)
    page.goto(f"/desk/{code}/")
    return bool(category.input_value())


def same_queue(near: Person, far: Person, codes: list[str]) -> None:
    def equal() -> bool:
        one, two = queue(near.page), queue(far.page)
        shown = {code for part in one for code in part}
        return one == two and shown.issuperset(codes)

    until(near.page, equal, "two equal queues")


def queue(page: Page) -> list[list[str]]:
    """The codes of each part of the queue, as they stand there."""
    found: list[list[str]] = page.evaluate(
        "[...document.querySelectorAll('#queue ol')].map("
        "list => [...list.querySelectorAll('[id^=row-]')].map(row => row.id.slice(4)))"
    )
    return found


def port_of(city: City) -> int:
    port = urlsplit(city.url).port
    assert port
    return port


def caught_up(page: Page, codes: list[str]) -> None:
    until(page, lambda: len(received(page)) >= len(codes), "the reports missed")
    assert received(page) == codes


def received(page: Page) -> list[str]:
    """Codes of the reports that the page was told of, in order."""
    heard: list[dict[str, object]] = page.evaluate("window.heard")
    return [str(e["code"]) for e in heard if str(e.get("channel", "")) == "app"]
