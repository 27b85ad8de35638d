"""A dropped line: nothing is missed, nothing is told twice, and the page says that it is old."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.browser.people import Crowd, until
from tests.system.relay import Relay
from tests.system.visitor import Visitor, code_in, filled_form

if TYPE_CHECKING:
    from playwright.sync_api import Page

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
    port = urlsplit(demo_city.url).port
    assert port
    with Relay(port) as line:
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


def caught_up(page: Page, codes: list[str]) -> None:
    until(page, lambda: len(received(page)) >= len(codes), "the reports missed")
    assert received(page) == codes


def received(page: Page) -> list[str]:
    """Codes of the reports that the page was told of, in order."""
    heard: list[dict[str, object]] = page.evaluate("window.heard")
    return [str(e["code"]) for e in heard if str(e.get("channel", "")) == "app"]
