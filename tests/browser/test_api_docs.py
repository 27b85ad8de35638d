"""The description of the API draws itself under our own policy, from our own files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.people import Crowd

if TYPE_CHECKING:
    from tests.browser.conftest import City

pytestmark = pytest.mark.browser


def test_the_description_of_the_api_is_drawn_and_asks_nobody_else(
    crowd: Crowd, demo_city: City
) -> None:
    page = crowd.person("en-GB").page
    answer = page.goto("/api/v1/docs")
    assert answer
    assert "script-src 'self';" in answer.headers["content-security-policy"]
    page.locator(".opblock").first.wait_for()
    assert page.locator(".opblock").count() >= 2
    handing_in = page.locator(".opblock-post").first
    handing_in.locator(".opblock-summary-control").click()
    handing_in.get_by_text("narrative").first.wait_for()
    page.get_by_role("button", name="Authorize").click()
    page.locator(".modal-ux").wait_for()
    page.wait_for_load_state("load")
    crowd.assert_quiet()
