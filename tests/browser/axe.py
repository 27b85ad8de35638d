"""Ask axe-core whether a page can be used with a screen reader, a keyboard, weak eyes."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

SCRIPT = Path(__file__).resolve().parents[2] / "frontend/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVERYTHING = {"type": "tag", "values": RULES}
# What another light changes: colours, and nothing else.
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
# Only what is broken comes back, and frames are not looked for: no page has one.
RUN = """asked => axe.run(document, {
  runOnly: asked, resultTypes: ['violations'], iframes: false, elementRef: false})"""


@cache
def _source() -> str:
    if not SCRIPT.exists():
        pytest.skip("axe-core is not installed; run `npm ci` in frontend/")
    return SCRIPT.read_text("utf-8")


def violations(
    page: Page, *, but: tuple[str, ...] = (), asked: dict[str, Any] = EVERYTHING
) -> list[str]:
    """One line for each broken rule: its name, how bad, where. `but` leaves out rules."""
    # Evaluated by the debugger, so that the page's own content policy stays as strict as it is.
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(_source())
    found: dict[str, Any] = page.evaluate(RUN, asked)
    return [
        f"{broken['id']} ({broken['impact']}): {broken['help']}: "
        + "; ".join(str(node["target"]) for node in broken["nodes"][:5])
        for broken in found["violations"]
        if broken["id"] not in but
    ]
