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
class Shot:
    """One page: its name, who looks at it, where, and at which sizes."""

    name: str
    role: str  # a card of the sign-in page; "" is a resident
    path: str  # {code} stands for the matter that was played
    sizes: tuple[tuple[int, int], ...] = (PHONE, DESK)
    lights: tuple[Light, ...] = BOTH


SHOTS = (
    Shot("portal", "", "/"),
    Shot("order-help", "", "/order-help/"),
    Shot("follow-enter", "", "/follow/"),
    Shot("follow", "", "/follow/{code}/"),
    Shot("sign-in", "", "/signin/"),
    Shot("figures", "leader", "/figures/"),
    Shot("desk-queue", "duty_desk", "/desk/"),
    Shot("desk-call", "duty_desk", "/desk/call/"),
    Shot("desk-case", "duty_desk", "/desk/{code}/"),
    Shot("desk-orders", "agency_clerk", "/desk/orders/"),
    Shot("stations", "station_chief", "/stations/"),
    Shot("password", "station_chief", "/password/"),
    Shot("field-volunteer", "volunteer", "/field/"),
    Shot("field-me", "volunteer", "/field/me/"),
    Shot("field-officer", "police_officer", "/field/"),
    Shot("field-alarm", "sentinel", "/field/alarm/"),
    Shot("team", "team_captain", "/teams/"),
    Shot("journal", "auditor", "/journal/"),
    Shot("readings", "auditor", "/journal/readings/"),
    Shot("gallery", "", "/gallery/"),
    Shot("not-found", "", "/nothing-here/"),
    Shot("wall", "leader", "/wall/", (WALL, WALL_4K), ("dark",)),
    Shot("print-receipt", "", "/follow/{code}/", (A4,), ("print",)),
    Shot("print-matter", "duty_desk", "/desk/{code}/", (A4,), ("print",)),
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


def sign_in(page: Page, base: str, role: str) -> None:
    page.goto(f"{base}/signin/")
    card = page.locator(f'button[name="card"][value="{role}"]').first
    if not card.is_visible():  # among the folded roles
        page.locator("details summary").first.click()
    card.click()
    page.wait_for_url(lambda url: "/signin/" not in url)


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


def take(browser: Browser, base: str, code: str, only: set[str]) -> int:
    """Every shot in every language, size and light; how many were taken."""
    taken = 0
    for shot in SHOTS:
        if only and not any(shot.name.startswith(name) for name in only):
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
            if shot.role:
                sign_in(page, base, shot.role)
            page.goto(base + shot.path.format(code=code))
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
