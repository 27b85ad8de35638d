"""While the database is away a browser keeps the report, says so, and sends it once by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from maplebridge.shell import assets
from tests.browser.conftest import absent
from tests.browser.people import PHONE, Crowd
from tests.system import small
from tests.system.away import breakable
from tests.system.installation import Installation

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

WORDS = "小桥巷口路灯坏了，晚上看不见路。"


@pytest.fixture
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """The tiny city by itself: its database is taken away."""
    if not assets.is_built():
        absent("the front end is not built; run `make setup`")
    folder: Path = tmp_path_factory.mktemp("house")
    with small.original(tmp_path_factory.mktemp("tiny")) as made, small.copied(made, folder) as own:
        yield own


def test_a_report_typed_while_the_database_is_away_arrives_once_by_itself(
    chromium: Browser, house: Installation
) -> None:
    with breakable(house) as (server, take, bring):
        take()
        crowd = Crowd(chromium, server.url)
        resident, other = crowd.person("zh-CN", PHONE), crowd.person("en-GB", PHONE)
        other.page.goto("/stations/")
        other.sees("The records cannot be reached right now")
        assert other.page.locator("a[data-retry]").count() == 1

        page = resident.page
        page.goto("/")
        page.locator("textarea[name=narrative]").fill(WORDS)
        page.get_by_text("存在这台设备上").wait_for()
        key = page.input_value("input[name=intake_key]")
        resident.press("Report it", "portal")
        resident.sees("It cannot be taken right now. It is kept here and will be sent by itself.")
        bring()

        page.wait_for_url(re.compile(r"/follow/\w{9}/$"))
        found = "SELECT count(*) FROM incidents_incident WHERE intake_key LIKE ?"
        assert house.database.count(found, f"%{key}") == 1
        said = "SELECT count(*) FROM incidents_report WHERE narrative = ?"
        assert house.database.count(said, WORDS) == 1
        page.goto("/")
        page.wait_for_load_state("load")
        assert page.input_value("textarea[name=narrative]") == ""
        assert house.database.count(found, f"%{key}") == 1

        # Nobody touched the other page: it looked for itself whether the records are back.
        other.page.get_by_role("heading", name=other.says("Joint-duty stations")).wait_for()
        crowd.leave()


def test_without_scripts_one_press_sends_what_was_typed_meanwhile(
    chromium: Browser, house: Installation
) -> None:
    with breakable(house) as (server, take, bring):
        take()
        crowd = Crowd(chromium, server.url)
        resident = crowd.person("zh-CN", PHONE, script=False)
        page = resident.page
        page.goto("/")
        page.locator("textarea[name=narrative]").fill(WORDS)
        resident.press("Report it", "portal")
        resident.sees("What you typed is kept on this page; nothing has to be typed again.")
        assert page.get_by_text(WORDS).first.is_visible()
        resident.press("Send it again")
        resident.sees("What you typed is kept on this page; nothing has to be typed again.")
        bring()
        resident.press("Send it again")
        page.wait_for_url(re.compile(r"/follow/\w{9}/$"))
        said = "SELECT count(*) FROM incidents_report WHERE narrative = ?"
        assert house.database.count(said, WORDS) == 1
        crowd.leave()
