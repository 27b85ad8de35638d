"""What a first view costs: bytes on the line, first paint, and how long a press waits.

    python -m benchmarks.pages [--url http://127.0.0.1:8610] [--rounds 3]

Drives a headless Chromium on a phone's screen and a desk's, with its processor made four times
slower and an empty cache. Without `--url` it starts a demonstration of its own.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from benchmarks.common import Cell, Table, report

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

SLOWER = 4  # times, for the processor
QUIET = 1_000  # milliseconds after the page has loaded, for what comes by itself
KB = 1_000  # budgets are written in thousands of bytes
PHONE, DESK = (390, 844), (1440, 900)
# Runs before the page does: what the browser itself notes about paints, waits and presses.
WATCH = """
window.noted = {tasks: 0, longest: 0, press: 0};
new PerformanceObserver(list => { for (const entry of list.getEntries()) {
  window.noted.tasks += Math.max(0, entry.duration - 50);
  window.noted.longest = Math.max(window.noted.longest, entry.duration);
} }).observe({type: 'longtask', buffered: true});
new PerformanceObserver(list => { for (const entry of list.getEntries())
  window.noted.press = Math.max(window.noted.press, entry.duration);
}).observe({type: 'event', durationThreshold: 16, buffered: true});
"""
NOTED = """() => ({...window.noted,
  paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0})"""
DESK_MAP = ".d-map[data-map]"
TIMED = (
    """() => performance.getEntriesByType('resource').map(one => [one.name, one.transferSize])"""
)


@dataclass(slots=True)
class Weight:
    """Bytes on the line with their heads, by the address that was asked for."""

    files: dict[str, int] = field(default_factory=dict)

    def total(self, *, but: tuple[str, ...] = ()) -> int:
        """Everything, but addresses that contain one of these words."""
        return sum(
            size for path, size in self.files.items() if not any(word in path for word in but)
        )

    def lines(self) -> str:
        heaviest = sorted(self.files.items(), key=lambda item: -item[1])
        return "\n".join(f"{size:>9,} {path}" for path, size in heaviest)


MAP = ("/map", "/points.json")  # what only the map asks for: its code, its ground, what is on it


def weighed(page: Page) -> Weight:
    """Starts to weigh; the answer grows while the page, and its workers, load."""
    found, asked = Weight(), dict[str, str]()
    line = page.context.new_cdp_session(page)

    def heard(event: dict[str, Any]) -> None:
        parts = urlsplit(event["response"]["url"])
        if parts.scheme.startswith("http"):
            asked[event["requestId"]] = parts.path

    def done(event: dict[str, Any]) -> None:
        path = asked.get(event["requestId"])
        if path and path not in found.files:  # what comes again is news, not the first view
            found.files[path] = int(event["encodedDataLength"])

    line.on("Network.responseReceived", heard)
    line.on("Network.loadingFinished", done)
    line.send("Network.enable")
    line.send("Network.setCacheDisabled", {"cacheDisabled": True})
    return found


def settle(page: Page, path: str, weight: Weight | None = None) -> None:
    """Open it and wait until it is quiet; `weight` gets what only the browser itself has noted."""
    page.goto(path, wait_until="load")
    if page.locator(DESK_MAP).count():
        page.locator(f"{DESK_MAP}[data-drawn]").wait_for()  # a desk is usable with its map
    page.wait_for_timeout(QUIET)
    if weight is None:
        return
    for address, size in page.evaluate(TIMED):  # a worker's script does not pass the driver
        path_of = urlsplit(address).path
        if address.startswith("http") and path_of not in weight.files:
            weight.files[path_of] = int(size)


@dataclass(frozen=True, slots=True)
class View:
    name: str
    role: str  # a card of the sign-in page; "" is a resident
    path: str
    size: tuple[int, int]
    press: str  # what somebody presses first


VIEWS = (
    View("portal", "", "/", PHONE, "textarea[name=narrative]"),
    View("follow", "", "/follow/", PHONE, "input[name=code]"),
    View("field", "volunteer", "/field/", PHONE, "main"),
    View("desk", "duty_desk", "/desk/", DESK, "main"),
    View("orders", "agency_clerk", "/desk/orders/", DESK, "main"),
    View("figures", "leader", "/figures/", DESK, "main"),
)


def opened(browser: Browser, base: str, size: tuple[int, int]) -> BrowserContext:
    return browser.new_context(
        base_url=base,
        locale="zh-CN",
        viewport={"width": size[0], "height": size[1]},
        is_mobile=size == PHONE,
        has_touch=size == PHONE,
    )


def fresh(context: BrowserContext, base: str, view: View) -> Page:
    """An empty page of somebody who is signed in where the view needs it."""
    from tools.pages import sign_in

    page = context.new_page()
    if not view.role:
        return page
    sign_in(page, base, view.role)
    page.close()  # what it still asks for is not what the view weighs
    return context.new_page()


def once(browser: Browser, base: str, view: View) -> tuple[Weight, dict[str, float]]:
    """One first view on a slow machine: what it weighed, and what the browser noted."""
    context = opened(browser, base, view.size)
    try:
        page = fresh(context, base, view)
        page.add_init_script(WATCH)
        weight = weighed(page)
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        settle(page, view.path, weight)
        page.locator(view.press).first.click(position={"x": 12, "y": 12})
        page.keyboard.press("Tab")
        page.wait_for_timeout(QUIET / 2)
        return weight, dict(page.evaluate(NOTED))
    finally:
        context.close()


COLUMNS = (
    "page", "kB without map", "kB", "requests",
    "first paint ms", "blocked ms", "longest task ms", "press ms",
)  # fmt: skip
NOTES = ("paint", "tasks", "longest", "press")


def row(view: View, turns: list[tuple[Weight, dict[str, float]]]) -> list[Cell]:
    weight = turns[0][0]
    medians = (statistics.median(noted[name] for _weight, noted in turns) for name in NOTES)
    bytes_of = (round(weight.total(but=MAP) / KB), round(weight.total() / KB), len(weight.files))
    return [view.name, *bytes_of, *(round(middle) for middle in medians)]


def measure(browser: Browser, base: str, rounds: int) -> Table:
    rows = []
    for view in VIEWS:
        rows.append(row(view, [once(browser, base, view) for _turn in range(rounds)]))
        print(f"pages: {view.name}", file=sys.stderr, flush=True)
    return Table(f"First view, processor {SLOWER} times slower, empty cache", COLUMNS, rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--url", default="", help="a demonstration that runs already")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--out", type=Path, help="write JSON here")
    options = parser.parse_args()
    from playwright.sync_api import sync_playwright

    from tools.browser import LAUNCH_FLAGS, obtain_browser
    from tools.pictures import demonstration

    executable = obtain_browser()
    if executable is None:
        sys.exit("no Chromium here; install chromium")
    house = nullcontext(options.url.rstrip("/")) if options.url else demonstration()
    with sync_playwright() as playwright, house as base:
        browser = playwright.chromium.launch(executable_path=executable, args=list(LAUNCH_FLAGS))
        table = measure(browser, base, options.rounds)
        browser.close()
    report("pages", [table], {"rounds": options.rounds, "slower": SLOWER}, options.out)


if __name__ == "__main__":
    main()
