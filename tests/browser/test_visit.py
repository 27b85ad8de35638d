"""A grid worker visits a place with one thumb: a fault, the receipt; with scripts and without."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.browser.barriers import grave_barriers
from tests.browser.people import DESK, PHONE, Crowd, Person

if TYPE_CHECKING:
    from tests.browser.conftest import City

pytestmark = pytest.mark.browser
RECEIPT = re.compile(r"/field/visit/\w{9}/$")
WRONG = "后门被货箱挡住，只能开一半。"


def choose_a_place(worker: Person) -> None:
    worker.sign_in("Grid worker")
    worker.page.goto("/field/visit/")
    worker.page.locator('a[href*="/field/visit/at/"]').first.click()
    worker.page.wait_for_url(re.compile(r"/field/visit/at/"))


def answer(worker: Person) -> None:
    """Everything in order but the first point, which is put right on the spot."""
    points = worker.page.locator(".v-point")
    for n in range(points.count()):
        choice = "fault" if n == 0 else "good"
        points.nth(n).locator(f'input[name$="-verdict"][value="{choice}"]').check()
    points.first.locator("textarea").fill(WRONG)
    points.first.locator('input[name$="-way"][value="mended"]').check()


def assert_open_to_all(person: Person) -> None:
    assert grave_barriers(person) == []


def test_a_visit_from_the_place_to_its_receipt(demo_city: City, crowd: Crowd) -> None:
    worker = crowd.person("zh-CN", PHONE)
    choose_a_place(worker)
    first = worker.page.locator(".v-point").first
    assert not first.locator("textarea").is_visible()
    answer(worker)
    assert first.locator("textarea").is_visible()
    assert not first.locator("input[type=date]").is_visible()
    assert_open_to_all(worker)
    worker.press("Store the visit")
    worker.page.wait_for_url(RECEIPT)
    worker.page.get_by_text(WRONG).first.wait_for()
    assert_open_to_all(worker)
    code = worker.page.url.rstrip("/").rpartition("/")[2]
    ((visited, stored),) = demo_city.database.rows(
        "SELECT visited_at, stored_at FROM inspections_visit WHERE code = ?", code
    )
    assert visited != stored  # the device said when
    worker.page.goto("/field/hazards/")
    worker.page.get_by_text(WRONG).first.click()
    worker.sees("You found this yourself, so somebody else says whether it is gone.")
    assert_open_to_all(worker)
    clerk = crowd.person("en-GB", DESK)
    clerk.sign_in("Agency clerk")
    clerk.page.goto("/desk/hazards/")
    assert_open_to_all(clerk)
    crowd.assert_quiet()


def test_the_form_works_without_scripts(demo_city: City, crowd: Crowd) -> None:
    worker = crowd.person("en-GB", PHONE, script=False)
    choose_a_place(worker)
    answer(worker)
    worker.press("Store the visit")
    worker.page.wait_for_url(RECEIPT)
    code = worker.page.url.rstrip("/").rpartition("/")[2]
    found = "SELECT count(*) FROM inspections_visit WHERE code = ? AND visited_at = stored_at"
    assert demo_city.database.count(found, code) == 1
