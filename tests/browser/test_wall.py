"""The wall as it hangs: read from five metres, on both common screens, and without a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from django.utils.translation import override

from maplebridge.live.notes import notes_in_turn
from tests.browser.people import DESK, LANGUAGES, Crowd, until
from tests.system.relay import Relay

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import City

pytestmark = pytest.mark.browser
FULL, DOUBLE = (1920, 1080), (3840, 2160)
SMALLEST, LARGEST = 24, 64  # pixels on a screen of 1920; numbers in markers may have 20

# What stands in the page, measured as on a screen of 1920.
MEASURE = """() => {
  const scale = innerWidth / 1920;
  const seen = [...document.querySelectorAll('.wall *')].filter(e =>
    e.getClientRects().length && !e.closest('.sr') && !e.closest('title') &&
    [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()));
  const size = e => {
    const drawing = e.closest('svg[viewBox="0 0 1192 844"]');
    const zoom = drawing ? drawing.getScreenCTM().a : 1;
    return parseFloat(getComputedStyle(e).fontSize) * zoom / scale;
  };
  const small = seen.filter(e => size(e) < (e.matches('.m-n') ? 19.9 : 23.9));
  const numbers = [...document.querySelectorAll('.tile .num')].map(size);
  const cut = [...document.querySelectorAll('.tile, .tile p, .tile h2, .w-foot > *')].filter(
    e => e.clientWidth && e.scrollWidth > e.clientWidth + 2);
  const below = [...document.querySelectorAll('.tile, .w-foot')].filter(
    e => e.getBoundingClientRect().bottom > innerHeight + 1 ||
      e.scrollHeight > e.clientHeight + 2);
  const text = e => e.className + ' ' + e.textContent.trim().slice(0, 40);
  const root = document.documentElement;
  return {
    small: small.map(text), cut: cut.map(text), below: below.map(text),
    largest: Math.max(...numbers),
    scrolls: root.scrollWidth > innerWidth || root.scrollHeight > innerHeight,
    places: [...document.querySelectorAll('.tile, .w-map, .m-name, .w-legend li')].map(e => {
      const box = e.getBoundingClientRect();
      return [box.x, box.y, box.height].map(n => Math.round(n / scale / 4));
    }),
  };
}"""


# What is drawn on the map and covers something else: words, markers, stations, the legend.
OVERLAPS = """() => {
  const words = [...document.querySelectorAll('.w-over text:not(.m-n), .w-legend, .w-nowhere')];
  const marks = [...document.querySelectorAll(
    '.w-over .mark:not([id^=way]), .w-over .post, .w-over .m-unit')];
  const box = e => {  // a line of text is higher than its letters
    const {left, right, top, bottom} = e.getBoundingClientRect();
    return {left, right, bottom, top: top + (e.matches('text') ? (bottom - top) / 6 : 0)};
  };
  const touch = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 &&
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
  const name = e => e.textContent.trim() || e.id || e.getAttribute('href');
  const pairs = [];
  words.forEach((a, n) => [...words.slice(n + 1), ...marks].forEach(b => {
    if (touch(box(a), box(b))) pairs.push(name(a) + ' / ' + name(b));
  }));
  return {pairs, words: words.length, marks: marks.length};
}"""


# Every note whose turn may come, put on the line one after the other: those that do not fit.
LONG_NOTES = """notes => {
  const line = document.querySelector('#wall-note'), foot = line.parentElement;
  return notes.filter(([name, brief]) => {
    const said = line.innerHTML;
    const title = Object.assign(document.createElement('b'), {textContent: name});
    line.replaceChildren(title, ': ' + brief);
    const fits = line.scrollWidth <= line.clientWidth && foot.scrollHeight <= foot.clientHeight + 2;
    line.innerHTML = said;
    return !fits;
  }).map(([name]) => name);
}"""


# The most that may stand there: most days have no report by another channel.
EVERY_CHANNEL = """() => {
  const list = document.querySelector('.chan');
  while (list.children.length < 5) {
    list.append(Object.assign(document.createElement('li'), {textContent: 'Street 19'}));
  }
}"""


def measured(page: Page) -> dict[str, Any]:
    page.goto("/wall/")
    page.locator(".tile .num").first.wait_for()
    page.evaluate("document.fonts.ready")
    page.evaluate(EVERY_CHANNEL)
    found: dict[str, Any] = page.evaluate(MEASURE)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [FULL, DOUBLE], ids=["1920", "3840"])
def test_the_wall_is_read_from_five_metres(
    crowd: Crowd, language: str, size: tuple[int, int]
) -> None:
    found = measured(crowd.person(language, size).page)
    assert found["small"] == []
    assert found["cut"] == []
    assert found["below"] == []
    assert found["largest"] >= LARGEST
    assert not found["scrolls"]
    crowd.assert_quiet()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_note_fits_on_the_line_at_the_foot(crowd: Crowd, language: str) -> None:
    page = crowd.person(language, FULL).page
    measured(page)
    with override(language):
        notes = [(one.name, one.brief) for one in notes_in_turn()]
    assert page.evaluate(LONG_NOTES, notes) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_of_the_map_covers_another_or_a_marker(crowd: Crowd, language: str) -> None:
    page = crowd.person(language, FULL).page
    measured(page)
    found = page.evaluate(OVERLAPS)
    assert found["pairs"] == []
    assert found["marks"] > 12 and found["words"] > 12  # stations with names, matters, waters


def test_twice_the_screen_is_the_same_picture(crowd: Crowd) -> None:
    """Drawings have a view box: what is in `rem` inside one grows twice on a double screen."""
    once, twice = (measured(crowd.person("zh-CN", size).page) for size in (FULL, DOUBLE))
    assert once["places"]
    apart = [
        (a, b)
        for a, b in zip(once["places"], twice["places"], strict=True)
        if any(abs(x - y) > 1 for x, y in zip(a, b, strict=True))
    ]
    assert apart == []


def test_without_a_line_every_tile_says_what_was_last_known(crowd: Crowd, demo_city: City) -> None:
    port = urlsplit(demo_city.url).port
    assert port
    with Relay(port) as line:
        crowd.base = f"http://127.0.0.1:{line.port}"
        wall = crowd.person("zh-CN", FULL)
        page = wall.page
        measured(page)
        ages = page.locator(".tile .age-known")
        tiles = page.locator(".tile")  # late ones say so at once; the worker may be behind
        until(page, lambda: ages.count() == tiles.count(), "figures that are up to date")
        assert not ages.first.is_visible()
        line.cut()
        until(page, ages.first.is_visible, "the wall to call itself old")
        assert all("最后已知" in said for said in ages.all_inner_texts())
        found: dict[str, Any] = page.evaluate(MEASURE)
        assert not found["scrolls"] and found["below"] == []
        dimmed = "parseFloat(getComputedStyle(document.querySelector('.w-map')).opacity)"
        assert page.evaluate(dimmed) < 1
        bar = page.locator("#stale-bar")
        assert bar.is_visible() and "最后已知" in bar.inner_text()
        wall.mark()
        line.join()
        until(page, lambda: not bar.is_visible(), "the wall to be there again")
        until(page, lambda: bool(page.evaluate(dimmed) == 1), "the wall to be bright again")
        until(page, lambda: not ages.first.is_visible(), "tiles that are up to date")
        wall.assert_not_reloaded()


NEWS = """() => {
  const news = new CustomEvent('live:people');
  const end = new Promise(done =>
    document.body.addEventListener('htmx:afterSettle', done, {once: true}));
  document.body.dispatchEvent(news);
  return end.then(() => true);
}"""
RENEWALS = 10


def test_a_wall_that_renews_itself_again_and_again_does_not_grow(crowd: Crowd) -> None:
    """The short form of benchmarks/soak.py: what a renewal leaves behind, a day multiplies."""
    page = crowd.person("zh-CN", FULL).page
    measured(page)
    cdp = page.context.new_cdp_session(page)

    def alive() -> tuple[int, int, int]:
        cdp.send("HeapProfiler.collectGarbage")
        counted = cdp.send("Memory.getDOMCounters")
        own = page.evaluate("document.querySelector('.wall').childNodes.length")
        return counted["nodes"], counted["jsEventListeners"], own

    for _ in range(3):  # caches of the browser and of the page fill
        page.evaluate(NEWS)
    nodes, listeners, children = alive()
    for _ in range(RENEWALS):
        page.evaluate(NEWS)
    page.wait_for_timeout(1500)  # what faded out is gone
    after = alive()
    assert after[2] == children, "something stays in the page at every renewal"
    drawn = int(page.evaluate("document.querySelectorAll('#wall-tiles *').length"))
    assert after[0] - nodes < drawn / 2, "old tiles are held"  # matters come and go meanwhile
    assert after[1] - listeners <= 12 < RENEWALS * 4  # one renewal's worth may wait to be freed
    crowd.assert_quiet()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_day_is_played_again_by_keyboard(crowd: Crowd, language: str) -> None:
    leader = crowd.person(language, FULL)
    page = leader.page
    page.goto("/wall/replay/")
    clock = page.locator("[data-clock-face]")
    page.get_by_role("button", name=leader.says("Play"), exact=True).wait_for()
    assert clock.inner_text() == "08:00"
    slider = page.get_by_role("slider")
    slider.focus()
    page.keyboard.press("End")
    assert clock.inner_text() == "23:59"
    whole = int(page.locator("[data-figure=received]").inner_text())
    page.keyboard.press("Home")
    assert clock.inner_text() == "00:00"
    assert int(page.locator("[data-figure=received]").inner_text()) < whole
    page.keyboard.press("n")
    first = clock.inner_text()
    assert first > "00:00"
    page.keyboard.press("n")
    page.keyboard.press("p")
    assert clock.inner_text() == first
    page.keyboard.press(" ")
    until(page, lambda: clock.inner_text() > first, "the next minute")
    page.keyboard.press(" ")
    page.get_by_role("button", name=leader.says("Play"), exact=True).wait_for()
    found: dict[str, Any] = page.evaluate(MEASURE)
    assert (found["small"], found["cut"], found["below"], found["scrolls"]) == ([], [], [], False)
    assert page.get_by_text(leader.says("not now")).is_visible()
    leader.follow("Back to now")
    page.locator("#wall-tiles").wait_for()
    crowd.assert_quiet()


def test_the_script_draws_a_minute_as_the_server_does(crowd: Crowd) -> None:
    """The same minute without scripts and with them: figures, rows and marks."""
    read = """() => ({
      figures: [...document.querySelectorAll(
        '[data-figure], [data-standing], [data-urgency], [data-kinds] b')]
        .map(e => e.textContent.trim()),
      marks: [...document.querySelectorAll('[data-marks] > .mark')].map(e =>
        e.getAttribute('transform') +
        [...e.querySelectorAll('use')].map(u => u.getAttribute('href')) +
        [...e.querySelectorAll('text')].map(t => t.firstChild.textContent)).sort(),
    })"""
    seen = []
    for script in (False, True):
        page = crowd.person("zh-CN", FULL, script=script).page
        page.goto("/wall/replay/?minute=872")
        if script:
            page.get_by_role("button", name="播放", exact=True).wait_for()
        seen.append(page.evaluate(read))
    assert seen[0] == seen[1]
    assert len(seen[0]["marks"]) > 3


def test_a_leader_goes_from_a_number_to_what_it_is_made_of(crowd: Crowd) -> None:
    leader = crowd.person("zh-CN", DESK)
    page = leader.page
    leader.sign_in("Leader on duty")
    page.goto("/wall/")
    page.locator(".num-xl a").click()
    page.locator(".fig-behind tbody tr").first.wait_for()
    assert page.locator(".fig-behind a[href^='/desk/']").count() == 0
    assert page.locator(".fig-behind thead th").count() >= 5
    page.goto("/wall/")
    page.locator(".soon-t a").first.click()  # a station that lacks somebody
    page.wait_for_url("**/stations/*/")
    page.locator("h1").wait_for()
    crowd.assert_quiet()
