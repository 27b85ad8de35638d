"""Take a picture of every page, to be looked at: `python -m tools.pictures [--only desk,wall]`.

Starts a demonstration of its own in a temporary folder, plays the main path once so that nothing is
empty, and writes PNGs to `test-results/pictures/`: phone and desk size, Chinese and English, light
and dark; the wall at 1920 and 3840; receipt and matter as they come out of a printer. Needs
Chromium.
"""

from __future__ import annotations

import argparse
import itertools
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from tools.browser import LAUNCH_FLAGS, obtain_browser
from tools.pages import PAGES, Read, Shown, places, sign_in
from tools.postgres import free_port

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Light = Literal["light", "dark", "print"]
BOTH: tuple[Light, ...] = ("light", "dark")
ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "test-results" / "pictures"
PHONE, DESK, WALL, WALL_4K = (390, 844), (1440, 900), (1920, 1080), (3840, 2160)
A4 = (718, 1040)  # what is left of the sheet between margins of a centimetre
LANGUAGES = {"zh": "zh-CN", "en": "en-GB"}
PATIENCE = 90.0  # seconds until the demonstration answers
SETTLE = 1_200  # milliseconds for map and charts after the page has loaded
RELIGHT = 300  # milliseconds for map and charts to take on the other light
REPORT = "海堤公园门口有位老奶奶找不到家了，穿浅蓝上衣，说不清住哪里。"


@dataclass(frozen=True, slots=True)
class Shot(Shown):
    """A page with the sizes and lights in which it is looked at."""

    sizes: tuple[tuple[int, int], ...] = (PHONE, DESK)
    lights: tuple[Light, ...] = BOTH


WALLS = ("wall", "replay")  # they hang, and have one light of their own
SHOTS = (
    *(Shot(p.name, p.card, p.path) for p in PAGES if p.name not in WALLS),
    *(
        Shot(p.name, p.card, p.path, (PHONE, WALL, WALL_4K), ("dark",))
        for p in PAGES
        if p.name in WALLS
    ),
    Shot("print-receipt", "", "/follow/{code}/", (A4,), ("print",)),
    Shot("print-matter", "duty_desk", "/desk/{code}/", (A4,), ("print",)),
    Shot("print-handover", "duty_desk", "/desk/handover/", (A4,), ("print",)),
)


@contextmanager
def demonstration() -> Iterator[str]:
    """A demonstration on a free port, ended and forgotten afterwards."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="maplebridge-pictures-") as folder:
        environment = {
            **os.environ,
            "MAPLEBRIDGE_DATA_DIR": folder,
            "MAPLEBRIDGE_POSTS_PER_MINUTE": "0",
            "MAPLEBRIDGE_LOOKUPS_PER_MINUTE": "0",
        }
        environment.pop("DATABASE_URL", None)
        command = [sys.executable, "-m", "maplebridge", "run", "--port", str(port)]
        process = subprocess.Popen(command, cwd=ROOT, env=environment)
        try:
            base = f"http://127.0.0.1:{port}"
            await_answer(base, process)
            yield base
        finally:
            process.terminate()
            process.wait(timeout=30)


def await_answer(base: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            urllib.request.urlopen(f"{base}/", timeout=5).close()
            return
        except OSError:
            if process.poll() is not None or time.monotonic() > end:
                raise SystemExit("the demonstration did not come up") from None
            time.sleep(0.3)


def play(browser: Browser, base: str) -> str:
    """One report judged, sent and accepted, so that every page has something to show; its code."""
    resident = browser.new_context(locale="zh-CN").new_page()
    resident.goto(f"{base}/")
    resident.locator("textarea[name=narrative]").fill(REPORT)
    resident.locator(".p-foot button[type=submit]").first.click()
    resident.wait_for_url(re.compile(r"/follow/[0-9A-Z]+/"))
    code = resident.url.rstrip("/").rpartition("/")[2]
    desk = browser.new_context(locale="zh-CN", viewport={"width": 1440, "height": 900}).new_page()
    sign_in(desk, base, "duty_desk")
    desk.goto(f"{base}/desk/{code}/")
    desk.wait_for_timeout(4_000)  # suggestions come by themselves
    desk.reload()
    desk.keyboard.press("Enter")
    desk.wait_for_timeout(1_500)
    return code


def reading(browser: Browser, base: str) -> Read:
    """Pages as the holder of a card sees them."""
    signed_in: dict[str, Page] = {}

    def read(card: str, path: str) -> str:
        if card not in signed_in:
            signed_in[card] = browser.new_context(locale="zh-CN").new_page()
            if card:
                sign_in(signed_in[card], base, card)
        signed_in[card].goto(base + path)
        return signed_in[card].content()

    return read


def take(browser: Browser, base: str, code: str, only: set[str]) -> int:
    """Every shot in every language, size and light; how many were taken."""
    taken = 0
    known = {"code": code, **places(reading(browser, base))}
    for shot in SHOTS:
        if only and not any(shot.name.startswith(name) for name in only):
            continue
        if absent := set(re.findall(r"{(\w+)}", shot.path)) - set(known):
            print(f"pictures: {shot.name} left out, there is no {' or '.join(absent)} now")
            continue
        for (tag, locale), size in itertools.product(LANGUAGES.items(), shot.sizes):
            context = browser.new_context(
                locale=locale,
                timezone_id="Asia/Shanghai",
                viewport={"width": size[0], "height": size[1]},
                reduced_motion="reduce",
                is_mobile=size == PHONE,
                has_touch=size == PHONE,
            )
            page = context.new_page()
            if shot.card:
                sign_in(page, base, shot.card)
            page.goto(base + shot.path.format(**known))
            page.wait_for_timeout(SETTLE)
            taken += sum(expose(page, shot, size, tag, light) for light in shot.lights)
            context.close()
        print(f"pictures: {shot.name}", flush=True)
    return taken


def expose(page: Page, shot: Shot, size: tuple[int, int], tag: str, light: Light) -> int:
    """The page as it stands, in one more light; on a phone and on paper all of it."""
    media: Literal["print", "screen"] = "print" if light == "print" else "screen"
    page.emulate_media(media=media, color_scheme="dark" if light == "dark" else "light")
    if light != shot.lights[0]:
        page.wait_for_timeout(RELIGHT)
    path = OUT / f"{shot.name}-{size[0]}-{tag}-{light}.png"
    page.screenshot(path=path, full_page=size == PHONE or light == "print")
    return 1


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--only", default="", help="names of pages to begin with, by commas")
    parser.add_argument("--url", default="", help="a demonstration that runs already")
    options = parser.parse_args()
    executable = obtain_browser()
    if executable is None:
        sys.exit("no Chromium here; install chromium")
    OUT.mkdir(parents=True, exist_ok=True)
    only = {name.strip() for name in options.only.split(",") if name.strip()}
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(LAUNCH_FLAGS))
        if options.url:
            base = options.url.rstrip("/")
            taken = take(browser, base, play(browser, base), only)
        else:
            with demonstration() as base:
                taken = take(browser, base, play(browser, base), only)
        browser.close()
    print(f"{taken} pictures in {OUT.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
