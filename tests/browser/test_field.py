"""The phone pages as people on the street use them: one hand, both languages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.browser.barriers import grave_barriers
from tests.browser.people import DESK, LANGUAGES, PHONE, Crowd, Person, photo, until

if TYPE_CHECKING:
    from tests.browser.conftest import City

pytestmark = pytest.mark.browser

THUMB = 56  # px
NEAR = 200  # px from the lower edge of the screen


def main_action(person: Person) -> None:
    """It is tall enough, and where the thumb of the hand that holds the phone is."""
    box = person.page.locator(".p-foot .btn-big").last.bounding_box()
    assert box is not None
    assert box["height"] >= THUMB
    assert box["y"] + box["height"] > PHONE[1] - NEAR
    assert box["y"] + box["height"] <= PHONE[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_grid_worker_lands_on_the_own_page_and_reports_with_three_taps(
    crowd: Crowd, demo_city: City, language: str
) -> None:
    bao = crowd.person(language, PHONE)
    bao.context.grant_permissions(["geolocation"])
    bao.context.set_geolocation({"latitude": 27.58, "longitude": 120.55, "accuracy": 12})
    bao.sign_in("Grid worker")
    page = bao.page
    assert page.url.endswith("/field/")
    bao.sees("My grid")
    main_action(bao)
    assert grave_barriers(bao) == []
    bao.follow("Report what I see")
    main_action(bao)
    assert grave_barriers(bao) == []
    words = f"街上看到的：井盖松动（{language}）。"
    page.get_by_label(bao.says("What do you see?")).fill(words)
    bao.press("Right here")
    found = bao.says("Position found, to about {m} metres.", m=12)
    page.get_by_text(found).wait_for()
    page.locator("input[type=file]").set_input_files(
        {"name": "cover.jpg", "mimeType": "image/jpeg", "buffer": photo()}
    )
    page.locator(".p-foot button").click()
    told = page.locator(".said")
    told.wait_for()
    assert re.search(r"\w{3} \w{3} \w{3}", told.inner_text()), "no code to tell anybody"
    assert page.input_value("textarea[name=narrative]") == "", "the next report begins blank"
    rows = demo_city.database.rows(
        "SELECT i.lat, r.channel FROM incidents_incident i JOIN incidents_report r"
        " ON r.incident_id = i.id WHERE r.narrative = ?",
        words,
    )
    assert len(rows) == 1
    assert rows[0][0] == pytest.approx(27.58) and rows[0][1] == "grid_worker"
    crowd.assert_quiet()


def test_the_waiting_list_and_the_install_are_there_for_all_who_are_out(crowd: Crowd) -> None:
    officer = crowd.person("zh-CN", PHONE)
    officer.sign_in("Police officer")
    officer.page.goto("/field/waiting/")
    officer.sees("Nothing waits on this phone")
    assert grave_barriers(officer) == []
    assert officer.page.locator("link[rel=manifest]").get_attribute("href")
    found = officer.page.evaluate("navigator.serviceWorker.ready.then((r) => r.scope)")
    assert found.endswith("/")
    crowd.assert_quiet()


def test_a_phone_page_at_a_desk_is_a_sheet_in_the_middle(crowd: Crowd) -> None:
    bao = crowd.person("en-GB", DESK)
    bao.sign_in("Grid worker")
    box = bao.page.locator("main").bounding_box()
    assert box is not None
    assert 600 <= box["width"] <= 800
    assert abs((box["x"] + box["width"] / 2) - DESK[0] / 2) < 20


BACKGROUND_ORDER = """async ([said]) => {
    Object.defineProperty(document, "hidden", { value: true, configurable: true });
    const told = document.createElement("div");
    const alertNewest = "2099-01-01T00:00:00Z";
    Object.assign(told.dataset, { alert: "1", alertNewest, alertSaid: said });
    document.body.append(told);
    document.body.dispatchEvent(new CustomEvent("shell:attach", { detail: told }));
}"""
SHOWN = """async () => {
    const worker = await navigator.serviceWorker.getRegistration();
    return (await worker.getNotifications()).map((shown) => [shown.title, shown.body]);
}"""


def test_an_order_is_told_while_another_app_is_in_front_and_names_nothing(crowd: Crowd) -> None:
    volunteer = crowd.person("zh-CN", PHONE)
    volunteer.context.grant_permissions(["notifications"])
    volunteer.sign_in("Volunteer")
    page = volunteer.page
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    assert page.locator("[data-alert-ask]").is_hidden(), "asked although it was answered"
    said = volunteer.says("{n} waiting to be sent", n=1)
    page.evaluate(BACKGROUND_ORDER, [said])
    until(page, lambda: bool(page.evaluate(SHOWN)), "the notification")
    assert page.evaluate(SHOWN) == [[said, ""]]
    assert page.title().startswith("(1) ")
    crowd.assert_quiet()


def test_a_part_that_reads_itself_anew_says_nothing_when_the_line_is_gone(crowd: Crowd) -> None:
    """The bar on top says it; a second sentence would speak of what nobody has pressed."""
    volunteer = crowd.person("en-GB", PHONE)
    volunteer.sign_in("Volunteer")
    page = volunteer.page
    volunteer.context.set_offline(True)
    volunteer.sees("No network. What you fill in stays on this phone")
    with page.expect_event("requestfailed"):
        page.evaluate("document.body.dispatchEvent(new CustomEvent('live:dispatch'))")
    page.wait_for_timeout(200)
    assert page.locator(".toast").count() == 0


def test_a_page_that_is_no_longer_open_says_so_once_and_stays(crowd: Crowd) -> None:
    """As when a crew's order in another station's matter has ended, and news come in."""
    volunteer = crowd.person("en-GB", PHONE)
    volunteer.sign_in("Volunteer")
    page = volunteer.page
    page.evaluate("history.replaceState(null, '', '/field/offer/999999/')")
    for _news in range(2):
        with page.expect_response(lambda answer: answer.status == 404):
            page.evaluate("document.body.dispatchEvent(new CustomEvent('live:dispatch'))")
    bar = page.locator("#gone-bar")
    bar.wait_for()
    assert bar.inner_text().startswith("This is no longer open to you")
    assert bar.locator("a").get_attribute("href")
    assert page.locator(".toast").count() == 0
    assert page.locator("#orders").is_visible(), "the last that was seen stays"
