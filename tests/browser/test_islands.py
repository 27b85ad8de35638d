"""The scripts of the frame in a real browser, on the gallery of parts."""

from __future__ import annotations

import dataclasses
import io
import os
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings as django_settings
from PIL import Image

from maplebridge.kernel.geo import Point, to_gcj02
from maplebridge.places.tests import factories
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
GCJ_TILES = {
    "tiles_url": "https://tiles.station.example/t/{z}/{x}/{y}",
    "tiles_frame": "gcj02",
    "tiles_credit": "© 测试",
}


def one_tile() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (256, 256), "white").save(out, "PNG")
    return out.getvalue()


TILE = one_tile()


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
    page.keyboard.press("j")  # from the row that is open, which is the first
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#row-2"
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#row-1"
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


# ── The map ──

PANEL = """([attributes, drawn]) => {
  const form = document.createElement('form');
  for (const name of ['lon', 'lat', 'precision_m']) {
    const field = document.createElement('input');
    field.name = name;
    field.type = 'hidden';
    form.append(field);
  }
  const map = document.createElement('div');
  map.className = 'map map-low';
  map.id = 'under-test';
  for (const [name, value] of Object.entries(attributes)) map.setAttribute(name, value);
  form.append(map);
  document.querySelector('main').append(form);
  document.body.dispatchEvent(new CustomEvent('shell:attach', {detail: form}));
  if (drawn) map.scrollIntoView();
}"""
MIDDLE = (120.55, 27.58)
NO_WEBGL = """
const before = HTMLCanvasElement.prototype.getContext;
HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
  return kind.startsWith('webgl') ? null : before.call(this, kind, ...rest);
};
"""


def put_map(page: Page, *, seen: bool = True, **attributes: str) -> None:
    """A map panel in a form of its own, at the end of the gallery."""
    named = {"data-map": "", "data-pick": "lon,lat,precision_m"}
    named |= {f"data-{name}": value for name, value in attributes.items()}
    page.evaluate(PANEL, [named, seen])


def picked(page: Page) -> tuple[float, float]:
    until(page, "document.querySelector('form:has(#under-test) [name=lon]').value !== ''")
    fields = page.locator("form:has(#under-test) input")
    return float(fields.nth(0).input_value()), float(fields.nth(1).input_value())


def test_a_map_below_the_fold_costs_nothing_until_it_is_seen(page: Page, context: Any) -> None:
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    factories.small_city()
    page.reload()
    page.evaluate("document.querySelectorAll('[data-map]').forEach(map => map.remove())")
    page.evaluate(
        "document.querySelector('main').append(Object.assign(document.createElement('div'),"
        " {className: 'far'})); document.querySelector('.far').style.height = '3000px'"
    )
    asked.clear()
    put_map(page, seen=False, centre="120.55,27.58")
    page.wait_for_timeout(600)
    assert [url for url in asked if "mapview" in url or "base.json" in url] == []
    page.locator("#under-test").scroll_into_view_if_needed()
    page.wait_for_selector("#under-test canvas")
    assert [url for url in asked if "mapview" in url and url.endswith(".js")] != []


def test_a_pin_by_keyboard_is_where_the_map_looks(page: Page) -> None:
    factories.small_city()
    put_map(page, centre="120.55,27.58", zoom="16")
    page.wait_for_selector("#under-test canvas")
    page.locator("#under-test canvas").focus()
    page.keyboard.press("Enter")
    assert picked(page) == pytest.approx(MIDDLE, abs=1e-5)
    page.wait_for_selector("#under-test .maplibregl-ctrl-scale")
    assert page.locator("#under-test .map-state").is_hidden()


def test_over_tiles_of_another_frame_a_pin_is_still_ours(page: Page, settings: Any) -> None:
    """GCJ-02: the map looks 400 m aside, at what the tiles show there; the form gets CGCS2000."""
    asked: list[tuple[int, int, int]] = []

    def tile(route: Route) -> None:
        z, x, y = route.request.url.rpartition("/t/")[2].split("/")
        asked.append((int(z), int(x), int(y)))
        route.fulfill(
            body=TILE, content_type="image/png", headers={"Access-Control-Allow-Origin": "*"}
        )

    settings.MAPLEBRIDGE = dataclasses.replace(settings.MAPLEBRIDGE, **GCJ_TILES)
    page.route("https://tiles.station.example/**", tile)
    page.reload()
    put_map(page, centre="120.55,27.58", zoom="16")
    page.wait_for_selector("#under-test canvas")
    until(page, "!!document.querySelector('#under-test .map-credit')")
    assert page.locator("#under-test .map-credit").inner_text() == "© 测试"
    page.locator("#under-test canvas").focus()
    page.keyboard.press("Enter")
    assert picked(page) == pytest.approx(MIDDLE, abs=1e-5)
    there = to_gcj02(Point(*MIDDLE))
    columns = {(z, x) for z, x, _y in asked if z == 17}
    assert (17, int((there.lon + 180) / 360 * 2**17)) in columns


def test_when_the_map_service_is_away_our_own_map_is_drawn(page: Page, settings: Any) -> None:
    factories.small_city()
    settings.MAPLEBRIDGE = dataclasses.replace(settings.MAPLEBRIDGE, **GCJ_TILES)
    page.route("https://tiles.station.example/**", lambda route: route.abort())
    page.reload()
    put_map(page, centre="120.55,27.58", zoom="16")
    page.get_by_text("our own map is shown").first.wait_for()
    page.locator("#under-test canvas").focus()
    page.keyboard.press("Enter")
    assert picked(page) == pytest.approx(MIDDLE, abs=1e-5)


def test_without_webgl_a_still_picture_takes_the_pin(context: BrowserContext, gallery: str) -> None:
    factories.small_city()
    context.add_init_script(NO_WEBGL)
    opened = context.new_page()
    opened.goto(gallery)
    put_map(opened)
    picture = opened.locator("#under-test > svg")
    picture.wait_for()
    picture.click()  # its middle is the middle of the land
    assert picked(opened) == pytest.approx(MIDDLE, abs=1e-4)
    assert opened.locator("#under-test .map-state").inner_text().endswith("here is a still one.")
    assert violations(opened) == []
