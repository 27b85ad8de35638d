"""The parts a person presses, on the gallery: picking files, asking first, and the way back."""

from __future__ import annotations

import dataclasses
import os
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings as django_settings

from maplebridge.shell import assets
from tests.browser.people import PHONE, Crowd, photo

if TYPE_CHECKING:
    from playwright.sync_api import Browser, FilePayload

# The browser driver keeps an event loop in this thread; the database calls here are the tests'.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PICTURE = "input[name=picture]"
PHOTO: FilePayload = {"name": "井盖.jpg", "mimeType": "image/jpeg", "buffer": photo()}


@pytest.fixture
def gallery(live_server: Any, settings: Any, chromium: Browser) -> Any:
    if not assets.is_built():
        pytest.skip("the front end is not built; run `make setup`")
    settings.MAPLEBRIDGE = dataclasses.replace(django_settings.MAPLEBRIDGE, mode="demo")
    crowd = Crowd(chromium, live_server.url)
    yield crowd
    crowd.leave()


def test_a_file_is_picked_in_the_language_of_the_page(gallery: Crowd) -> None:
    """The browser here speaks English; the button and what it says do not depend on it."""
    page = gallery.person("zh-CN", PHONE).page
    page.goto("/gallery/", wait_until="load")
    picker = page.locator(".filer")
    assert picker.get_by_text("选择文件").is_visible()
    assert picker.get_by_text("还没有选择").is_visible()
    page.set_input_files(PICTURE, PHOTO)
    picker.get_by_text("井盖.jpg").wait_for()
    page.focus(PICTURE)
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    edge = page.locator(".filer > .btn").evaluate("part => getComputedStyle(part).outlineStyle")
    assert edge == "solid"


def test_without_scripts_the_browser_shows_what_was_chosen(gallery: Crowd) -> None:
    page = gallery.person("zh-CN", PHONE, script=False).page
    page.goto("/gallery/")
    page.set_input_files(PICTURE, PHOTO)
    assert not page.locator(".filer > .btn").is_visible()
    seen = page.locator(PICTURE).evaluate("part => Number(getComputedStyle(part).opacity)")
    assert seen == 1


def test_asking_first_says_what_will_happen(gallery: Crowd) -> None:
    page = gallery.person("en-GB", PHONE).page
    page.goto("/gallery/", wait_until="load")
    page.get_by_role("button", name="Emergency", exact=True).click()
    asked = page.get_by_role("dialog", name="Really call the emergency?")
    asked.get_by_text("It can be called off, but not unsaid.").wait_for()
    assert asked.get_by_role("button", name="Call them").is_visible()
    asked.get_by_role("button", name="No, go back").click()
    asked.wait_for(state="detached")


def test_the_way_back_waits_for_who_is_at_it(gallery: Crowd) -> None:
    page = gallery.person("en-GB", PHONE).page
    page.goto("/gallery/?undo=1", wait_until="load")
    undo = page.locator(".toasts form[data-toast]")
    undo.get_by_role("button", name="Undo").focus()
    page.wait_for_timeout(2_600)  # longer than it is shown to somebody who is elsewhere
    undo.get_by_role("button", name="Undo").press("Enter")
    page.get_by_text("Taken back; nobody was sent.").wait_for()
    page.goto("/gallery/?undo=1", wait_until="load")
    undo.wait_for()
    undo.wait_for(state="detached")
