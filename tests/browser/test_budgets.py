"""What a first view may weigh on the line. `benchmarks/pages.py` prints times and judges none."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from benchmarks.pages import KB, MAP, VIEWS, View, fresh, opened, settle, weighed
from maplebridge.shell import assets
from tests.browser.people import PHONE, Crowd

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.browser.conftest import City

pytestmark = pytest.mark.browser

PAGE_BUDGET = 150 * KB  # any page without its map
# The desk with the map it shows at once: its code, its worker, its ground and what stands on it.
DESK_BUDGET = 500 * KB
FIRST = tuple(view for view in VIEWS if view.name in {"portal", "field", "desk", "figures"})
# Chromium loads a face for one character; the answer is whether that face has drawn it.
LOADED = """async ([family, text]) => {
  const faces = await document.fonts.load(`16px "${family}"`, text);
  return faces.length > 0 && faces.every(face => face.status === 'loaded');
}"""


@pytest.mark.parametrize("view", FIRST, ids=[view.name for view in FIRST])
def test_a_first_view_keeps_to_its_budget(chromium: Browser, demo_city: City, view: View) -> None:
    context = opened(chromium, demo_city.url, view.size)
    try:
        page = fresh(context, demo_city.url, view)
        weight = weighed(page)
        asked: list[str] = []
        context.on("request", lambda request: asked.append(urlsplit(request.url).path))
        settle(page, view.path, weight)
        alone, whole = weight.total(but=MAP), weight.total()
        print(f"\n{view.name}: {alone:,} bytes, {whole:,} with its map")
        assert any(path.endswith(".js") for path in weight.files), "the page ran without scripts"
        assert alone <= PAGE_BUDGET, weight.lines()
        assert whole <= DESK_BUDGET, weight.lines()
        if view.name == "desk":
            assert any("/mapworker" in path for path in asked), asked
            # What the map's worker asks for by itself has come over the line once, for the page.
            assert [p for p in asked if p.endswith(".js") and p not in weight.files] == []
    finally:
        context.close()


def test_who_has_a_chinese_face_is_served_none(chromium: Browser, demo_city: City) -> None:
    context = opened(chromium, demo_city.url, PHONE)
    try:
        page = context.new_page()
        weight = weighed(page)
        settle(page, "/stations/")
        assert [path for path in weight.files if path.endswith(".woff2")] == []
    finally:
        context.close()


def test_the_served_font_draws_a_place_name(crowd: Crowd) -> None:
    """Without scripts its style sheet is linked; the pieces come when a character asks for them."""
    person = crowd.person("zh-CN", PHONE, script=False)
    person.page.goto("/stations/")
    sheet = assets.sheet("type.ts")
    assert person.page.locator(f'link[href="{sheet}"]').count() == 1
    for family, text in (("Noto Sans SC Variable", "枫"), ("Noto Sans SC Rare", "舥")):
        assert person.page.evaluate(LOADED, [family, text]), family
    crowd.assert_quiet()
