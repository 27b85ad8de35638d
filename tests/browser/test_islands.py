"""The scripts of the frame in a real browser, on the gallery of parts."""

from __future__ import annotations

import dataclasses
import os
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings as django_settings

from maplebridge.shell import assets
from tests.browser.axe import violations

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Route

# The browser driver keeps an event loop in this thread; the database calls here are the tests'.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NARRATIVE = "textarea[name=narrative]"
KEY = "input[name=intake_key]"
STATE = "[data-draft-state]"


@pytest.fixture
def gallery(live_server: Any, settings: Any) -> str:
    if not assets.is_built():
        pytest.skip("the front end is not built; run `make setup`")
    settings.MAPLEBRIDGE = dataclasses.replace(django_settings.MAPLEBRIDGE, mode="demo")
    return f"{live_server.url}/gallery/"


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    made = chromium.new_context(locale="en-GB", viewport={"width": 390, "height": 844})
    made.set_default_timeout(10_000)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext, gallery: str) -> Page:
    opened = context.new_page()
    opened.goto(gallery)
    return opened


def until(page: Page, condition: str, seconds: float = 10.0) -> None:
    """Wait for a condition in the page; the driver's own wait needs eval, which our policy bars."""
    end = time.monotonic() + seconds
    while not page.evaluate(condition):
        assert time.monotonic() < end, f"never came true: {condition}"
        page.wait_for_timeout(50)


def type_words(page: Page, words: str) -> None:
    page.wait_for_selector(STATE, state="attached")
    page.fill(NARRATIVE, words)
    until(page, "Object.keys(localStorage).some(k => k.startsWith('maplebridge:draft'))")


def submit(page: Page) -> None:
    page.check("input[name=kind][value=no]")
    page.click("form[data-draft] button.btn-main")


def drafts(page: Page) -> int:
    return int(
        page.evaluate(
            "Object.keys(localStorage).filter(k => k.startsWith('maplebridge:draft')).length"
        )
    )


def test_a_draft_survives_a_reload(page: Page) -> None:
    type_words(page, "A cover is missing")
    key = page.input_value(KEY)
    page.reload()
    until(page, f"document.querySelector('{NARRATIVE}').value !== ''")
    assert page.input_value(NARRATIVE) == "A cover is missing"
    assert page.input_value(KEY) == key != ""


def test_a_sent_draft_is_cleared_only_after_the_receipt(page: Page) -> None:
    type_words(page, "A cover is missing")
    submit(page)
    page.wait_for_selector(".said")
    assert drafts(page) == 0
    assert page.input_value(NARRATIVE) == ""


def test_a_lost_answer_is_repeated_with_the_same_key(page: Page) -> None:
    bodies: list[str] = []

    def lose_first(route: Route) -> None:
        if route.request.method != "POST":
            return route.continue_()
        bodies.append(route.request.post_data or "")
        if len(bodies) == 1:
            route.fetch()  # the server stored it; its answer never arrives
            return route.abort()
        return route.continue_()

    page.route("**/gallery/", lose_first)
    type_words(page, "A cover is missing")
    submit(page)
    page.wait_for_selector(".said", timeout=15_000)
    keys = [body.partition('name="intake_key"')[2].split("\r\n")[2] for body in bodies]
    assert len(keys) == 2
    assert keys[0] == keys[1] != ""
    assert drafts(page) == 0


def test_without_network_a_report_waits_and_goes_by_itself(
    page: Page, context: BrowserContext
) -> None:
    type_words(page, "A cover is missing")
    context.set_offline(True)
    submit(page)
    page.get_by_text("will be sent by itself").wait_for()
    assert drafts(page) == 1
    context.set_offline(False)
    page.wait_for_selector(".said", timeout=15_000)
    assert drafts(page) == 0


def test_corrections_come_back_with_the_words(page: Page) -> None:
    type_words(page, "A cover is missing")
    page.fill("input[name=phone]", "1" * 20)
    page.evaluate("document.querySelector('input[name=phone]').removeAttribute('maxlength')")
    page.fill("input[name=phone]", "1" * 30)
    submit(page)
    page.wait_for_selector(".field-error")
    assert page.input_value(NARRATIVE) == "A cover is missing"
    assert drafts(page) == 1


def test_two_windows_do_not_overwrite_each_other(
    page: Page, context: BrowserContext, gallery: str
) -> None:
    type_words(page, "from the first window")
    second = context.new_page()
    second.goto(gallery)
    take = second.get_by_role("button", name="Take the newer text")
    take.wait_for()
    assert second.input_value(NARRATIVE) == ""
    take.click()
    until(second, f"document.querySelector('{NARRATIVE}').value !== ''")
    assert second.input_value(NARRATIVE) == "from the first window"
    assert page.input_value(NARRATIVE) == "from the first window"


def test_live_entries_reach_the_page_and_resume_where_they_stopped(page: Page) -> None:
    asked: list[str] = []

    def stream(route: Route) -> None:
        asked.append(route.request.url)
        number = len(asked)
        body = f'id: 9-{number}\nevent: incidents.report_received\ndata: {{"n": {number}}}\n\n'
        route.fulfill(content_type="text/event-stream", body=body)

    page.route("**/events?**", stream)
    page.evaluate(
        """() => {
          window.heard = [];
          document.body.addEventListener('live:incidents', e => window.heard.push(...e.detail));
          const box = document.createElement('div');
          box.dataset.live = '/events?topic=desk';
          box.dataset.cursor = '9-0';
          document.querySelector('main').append(box);
          document.body.dispatchEvent(new CustomEvent('shell:attach', {detail: box}));
        }"""
    )
    until(page, "window.heard.length >= 2")
    assert page.evaluate("window.heard.slice(0, 2).map(d => d.n)") == [1, 2]
    assert [url.rpartition("after=")[2] for url in asked[:2]] == ["9-0", "9-1"]


def test_news_does_not_replace_what_somebody_types_in(page: Page) -> None:
    page.evaluate(
        """() => {
          const box = document.createElement('section');
          box.id = 'fragment';
          box.innerHTML = '<input id="typing">';
          for (const [name, value] of [['hx-get', ''], ['hx-select', 'h1.page-title'],
              ['hx-trigger', 'live:incidents from:body'], ['hx-swap', 'innerHTML']])
            box.setAttribute(name, value);
          document.querySelector('main').append(box);
          document.body.dispatchEvent(new CustomEvent('shell:attach', {detail: box}));
        }"""
    )
    page.fill("#typing", "half a sentence")
    with page.expect_response("**/gallery/"):
        page.evaluate("document.body.dispatchEvent(new CustomEvent('live:incidents'))")
    page.wait_for_timeout(300)
    assert page.input_value("#typing") == "half a sentence"
    page.evaluate("document.activeElement.blur()")
    page.wait_for_selector("#fragment h1")


def test_keys_move_and_list_themselves(page: Page) -> None:
    page.wait_for_load_state("networkidle")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#row-1"
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#row-2"
    page.keyboard.press("?")
    assert "Confirm" in page.inner_text("dialog")
    page.keyboard.press("Escape")
    page.focus(NARRATIVE)
    page.keyboard.type("j?")
    assert page.input_value(NARRATIVE) == "j?"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
def test_the_parts_are_accessible_and_keep_the_policy(
    chromium: Browser, gallery: str, scheme: Any, language: str
) -> None:
    context = chromium.new_context(locale=language, color_scheme=scheme)
    opened = context.new_page()
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    opened.goto(f"{gallery}?wrong=1")
    opened.wait_for_load_state("networkidle")
    assert violations(opened) == []
    assert [text for text in said if "Content Security Policy" in text] == []
    context.close()


def test_without_scripts_the_form_still_posts(chromium: Browser, gallery: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto(gallery)
    opened.fill(NARRATIVE, "A cover is missing")
    submit(opened)
    opened.wait_for_selector(".said")
    context.close()
