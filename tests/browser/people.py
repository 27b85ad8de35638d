"""People in front of the program: each with a browser, a language, a size, and watched."""

from __future__ import annotations

import io
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import translation
from PIL import Image

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

PHONE = (390, 844)
DESK = (1440, 900)
LANGUAGES = ("zh-CN", "en-GB")
PATIENCE = 30_000  # milliseconds; everybody's processes share two cores


def words(language: str, english: str, context: str = "", **values: object) -> str:
    """A sentence as somebody with this language reads it."""
    with translation.override("zh-hans" if language.startswith("zh") else "en"):
        said = translation.pgettext(context, english) if context else translation.gettext(english)
    return said.format(**values) if values else said


def photo() -> bytes:
    """A small picture of nothing."""
    pixels = random.Random(3).randbytes(160 * 120 * 3)
    out = io.BytesIO()
    Image.frombytes("RGB", (160, 120), pixels).save(out, "JPEG", quality=70)
    return out.getvalue()


def noise(width: int = 1600, height: int = 1200) -> bytes:
    """A picture that nothing makes small; too large for a full disk."""
    pixels = random.Random(5).randbytes(width * height * 3)
    out = io.BytesIO()
    Image.frombytes("RGB", (width, height), pixels).save(out, "JPEG", quality=90)
    return out.getvalue()


def until(
    page: Page, condition: Callable[[], bool], what: str, seen: Callable[[], str] = str
) -> None:
    """Wait while the page's own events go on; `seen` tells what there was instead."""
    end = time.monotonic() + PATIENCE / 1000
    while not condition():
        assert time.monotonic() < end, f"waited in vain for {what}: {seen()}"
        page.wait_for_timeout(50)


@dataclass  # no slots: the driver hangs its own attributes on a handler's object
class Crowd:
    """Opens browsers and remembers what they asked for and complained about."""

    chromium: Browser
    base: str
    contexts: list[BrowserContext] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)

    def person(self, language: str, size: tuple[int, int] = DESK, *, script: bool = True) -> Person:
        context = self.chromium.new_context(
            base_url=self.base,
            locale=language,
            timezone_id="Asia/Shanghai",
            viewport={"width": size[0], "height": size[1]},
            has_touch=size == PHONE,
            is_mobile=size == PHONE,
            reduced_motion="reduce",
            java_script_enabled=script,
        )
        context.set_default_timeout(PATIENCE)
        context.on("request", self._asked)
        context.on("console", self._said)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        self.contexts.append(context)
        return Person(language, context, context.new_page())

    def _asked(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in {"data", "blob"} and parts.hostname != "127.0.0.1":
            self.elsewhere.append(request.url)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(f"{message.text} {message.location.get('url', '')}")

    def leave(self) -> None:
        for context in self.contexts:
            context.close()

    def assert_quiet(self) -> None:
        """Nobody's browser complained, and nobody's asked anybody but our server."""
        assert self.complaints == [], "\n".join(self.complaints)
        assert self.elsewhere == [], "\n".join(self.elsewhere)


@dataclass(slots=True)
class Person:
    language: str
    context: BrowserContext
    page: Page

    def shown(self) -> str:
        """Everything the page says, for the message of a test that waited in vain."""
        return " ".join(self.page.locator("body").inner_text().split())[:2000]

    def says(self, english: str, context: str = "", **values: object) -> str:
        return words(self.language, english, context, **values)

    def speak(self, language: str) -> None:
        """Read on in another language, as its switch in the frame would have it."""
        self.language = language
        code = "zh-hans" if language.startswith("zh") else "en"
        self.context.add_cookies(
            [
                {
                    "name": settings.LANGUAGE_COOKIE_NAME,
                    "value": code,
                    "domain": "127.0.0.1",
                    "path": "/",
                }
            ]
        )

    def press(self, english: str, context: str = "") -> None:
        """Press the button with these words."""
        self.page.get_by_role("button", name=self.says(english, context)).first.click()

    def follow(self, english: str, context: str = "") -> None:
        """Follow the link with these words."""
        self.page.get_by_role("link", name=self.says(english, context)).first.click()

    def sees(self, english: str, context: str = "") -> None:
        self.page.get_by_text(self.says(english, context)).first.wait_for()

    def sign_in(self, role: str) -> None:
        """Tap a role card; `role` is its English title."""
        self.page.goto("/signin/")
        title = self.page.get_by_text(self.says(role), exact=True)
        self.page.locator("button.role", has=title).first.click()
        self.page.wait_for_url(lambda url: "/signin/" not in url)

    def await_keys(self) -> None:
        """Until the page listens to keys: `?` lists them, Escape closes the list."""
        asked = self.page.locator("dialog[open]")

        def listed() -> bool:
            self.page.keyboard.press("?")
            return asked.is_visible()

        until(self.page, listed, "the list of keys")
        self.page.keyboard.press("Escape")
        asked.wait_for(state="detached")

    def mark(self) -> None:
        """Leave a sign in the page that a reload would wipe away."""
        self.page.evaluate("window.notReloaded = true")

    def assert_not_reloaded(self) -> None:
        assert self.page.evaluate("window.notReloaded === true"), "the page was loaded anew"
