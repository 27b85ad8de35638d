"""The main path as a newcomer plays it: report, judge, send, help, take over, close, answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.browser.barriers import grave_barriers
from tests.browser.people import DESK, LANGUAGES, PHONE, Crowd, Person, photo, until

if TYPE_CHECKING:
    from playwright.sync_api import Locator

    from tests.browser.conftest import City
    from tests.system.database import Database

pytestmark = pytest.mark.browser

# Matters that neighbours may help with; a fight would be for the police alone.
NARRATIVES = {
    "zh-CN": "我家老人走丢了，八十岁，穿蓝色外套，有点糊涂，在这附近不见的。",
    "en-GB": "有个老人在路边摔倒了，坐在地上起不来，需要人帮忙。",
}
SEEN = "老人已经坐下，神志清楚。"


def pin_after_a_tap(person: Person) -> str:
    """The longitude in the form; empty while the map is still being drawn."""
    person.page.locator(".map canvas").click()
    return person.page.input_value("input[name=lon]")


def assert_open_to_all(person: Person) -> None:
    assert grave_barriers(person) == []


def resident_reports(resident: Person) -> str:
    """Words, a tap on the map, a picture; the code of the matter."""
    page = resident.page
    page.goto("/")
    page.get_by_label(resident.says("What happened?")).fill(NARRATIVES[resident.language])
    resident.press("On the map")
    chart = page.locator(".map canvas")
    chart.scroll_into_view_if_needed()
    until(page, lambda: bool(pin_after_a_tap(resident)), "the pin on the map")
    picture = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": photo()}
    page.get_by_label(resident.says("Pictures")).set_input_files(picture)  # type: ignore[arg-type]
    resident.press("Report it", "portal")
    page.wait_for_url(re.compile(r"/follow/\w{9}/$"))
    resident.sees("We have your report. Keep this code.")
    return page.url.rstrip("/").rpartition("/")[2]


def desk_judges(desk: Person, code: str) -> None:
    """The report appears by itself; one Enter opens it, D takes what is suggested."""
    page = desk.page
    row = page.locator(f"#row-{code}")
    row.wait_for()
    desk.assert_not_reloaded()
    row.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/desk/{code}/")
    category = page.locator("#triage select[name=category]")
    fill = page.get_by_role("link", name=desk.says("Fill them in"))
    until(page, lambda: bool(category.input_value()) or fill.is_visible(), "the suggestions")
    if not category.input_value():
        desk.await_keys()
        page.keyboard.press("f")
        until(page, lambda: bool(category.input_value()), "the form to be filled in")
    assert page.locator("#triage select[name=urgency]").input_value() in {"P1", "P2"}
    until(page, lambda: has_focus(page.locator("#main-act")), "the focus on the main button")
    desk.await_keys()
    page.keyboard.press("d")  # volunteers are asked only about what somebody has judged
    page.locator(".said").wait_for()
    page.locator("#call-volunteers").wait_for()


def has_focus(button: Locator) -> bool:
    return bool(button.evaluate("element => element === document.activeElement"))


def crews_without_order(city: Database) -> set[str]:
    """Units with an officer whose only order will be the one of this test."""
    rows = city.rows(
        "SELECT DISTINCT post.unit_id FROM people_post post"
        " WHERE post.role = 'police_officer' AND post.active AND post.unit_id IS NOT NULL"
        " AND NOT EXISTS (SELECT 1 FROM dispatch_offer offer WHERE offer.unit_id = post.unit_id"
        " AND offer.state IN ('offered', 'accepted', 'arrived'))"
    )
    return {str(unit) for (unit,) in rows}


def let_others_rest(city: Database) -> None:
    """Orders that other tests left unanswered are sent on to the next one while this test runs.

    The cards lead to whoever was asked last, and that has to be somebody of this matter.
    """
    city.change("UPDATE dispatch_offer SET state = 'stood_down' WHERE state = 'offered'")
    city.change(
        "UPDATE dispatch_call SET state = 'cancelled'"
        " WHERE state IN ('screened', 'offered', 'escalated')"
    )


def desk_sends(desk: Person, crews: set[str]) -> None:
    """A unit and the volunteers are ticked; one Enter sends both."""
    page = desk.page
    assert_open_to_all(desk)
    proposed = page.locator("#who-goes input[name=units]:checked")
    assert proposed.count() >= 1  # the nearest police, and whoever the matter needs besides
    assert page.locator("#call-volunteers").is_checked()
    for more in page.locator("#who-goes details").all():
        more.evaluate("element => { element.open = true }")
    while proposed.count():
        proposed.first.uncheck()
    listed = page.locator("#who-goes input[name=units]")
    shown = [str(unit.get_attribute("value")) for unit in listed.all()]
    page.locator(f"#unit-{next(unit for unit in shown if unit in crews)}").check()
    page.locator("#main-act").focus()
    page.keyboard.press("Enter")
    page.locator(".said li").filter(has_text=re.compile(r"\b2\b")).wait_for()


def volunteer_helps(volunteer: Person) -> None:
    """The one who was asked sees what is allowed, goes, arrives, and writes the hand-over."""
    page = volunteer.page
    volunteer.sign_in("Volunteer")
    page.locator("#orders a.row").first.click()
    page.get_by_role("heading", name=volunteer.says("You may"), exact=True).wait_for()
    page.get_by_role("heading", name=volunteer.says("You may not"), exact=True).wait_for()
    assert page.locator(".may-yes li").count() > 0
    assert page.locator(".may-no li").count() > 0
    assert_open_to_all(volunteer)
    volunteer.press("I go")
    page.wait_for_url("**/field/way/*/")
    assert_open_to_all(volunteer)
    volunteer.press("I am there")
    page.wait_for_url("**/field/handover/*/")
    assert_open_to_all(volunteer)
    page.locator("input[name=did]").first.check()
    page.locator("input[name=injuries]").first.check()
    page.get_by_label(volunteer.says("What you saw, and where things lie")).fill(
        "老人已经坐下，神志清楚。"
    )
    police = page.locator("input[name=handed_to]")
    if police.count():
        police.first.check()
    volunteer.press("Hand over, my part ends")
    volunteer.sees("Waiting for the officer to take over")


def officer_takes_over(officer: Person) -> None:
    """The unit takes the order, arrives after the helper, and takes over on the own phone."""
    page = officer.page
    officer.sign_in("Police officer")
    page.locator("#orders a[href*='/field/offer/']").first.click()
    officer.press("Received, we go")
    page.wait_for_url("**/field/way/*/")
    with page.expect_navigation():  # else the answer overtakes the next page
        officer.press("We are there")
    officer.follow("Report back on the matter")
    page.wait_for_url("**/field/scene/*/")
    assert_open_to_all(officer)
    page.goto("/field/")
    page.locator("#orders a[href*='/field/handover/']").first.click()
    page.wait_for_url("**/field/handover/*/")
    assert_open_to_all(officer)
    with page.expect_navigation():
        officer.press("Take over")
    officer.sees("Taken over")
    page.goto("/field/")  # a crew of another station may not see the matter when it is closed


def desk_closes(desk: Person, code: str) -> None:
    page = desk.page
    page.goto(f"/desk/{code}/")
    scene = page.locator("#scene")
    desk.await_keys()
    if scene.get_attribute("open") is None:
        page.keyboard.press("r")
    scene.locator("select[name=outcome]").select_option(index=1)
    scene.locator("textarea[name=measures]").fill("老人已经安置好。")
    scene.locator("textarea[name=answer]").fill("民警已到场，老人平安。")
    desk.press("Store the report")
    closing = page.get_by_role("button", name=desk.says("Close it"))
    closing.wait_for()
    desk.await_keys()
    page.keyboard.press("c")
    desk.sees("Closed.")


def resident_answers(resident: Person) -> None:
    """The three questions stand on the page that was open all the time."""
    resident.page.bring_to_front()
    for question in ("contacted", "solved", "satisfied"):
        button = resident.page.locator(f"#survey button[name={question}][value=yes]")
        button.click()
        resident.page.locator(
            f"#survey button[name={question}][value=yes][aria-pressed=true]"
        ).wait_for()


def received_today(wall: Person) -> int:
    return int(wall.page.locator("#wall-tiles .num-xl").first.inner_text().replace(",", ""))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_main_path_as_a_newcomer_plays_it(crowd: Crowd, demo_city: City, language: str) -> None:
    officer = crowd.person(language, PHONE)
    desk, wall = crowd.person(language), crowd.person(language, DESK)
    resident = crowd.person(language, PHONE)
    desk.sign_in("Duty desk")
    desk.page.goto("/desk/")
    desk.mark()
    wall.sign_in("Leader on duty")
    wall.page.goto("/wall/")
    wall.mark()
    before = received_today(wall)

    let_others_rest(demo_city.database)
    code = resident_reports(resident)
    resident.mark()
    desk_judges(desk, code)
    desk_sends(desk, crews_without_order(demo_city.database))
    now = resident.page.locator("#story .big").first
    reported = now.inner_text()
    volunteer_helps(crowd.person(language, PHONE))
    until(resident.page, lambda: now.inner_text() != reported, "the news on the resident's page")
    resident.assert_not_reloaded()
    officer_takes_over(officer)
    desk_closes(desk, code)
    resident.page.locator("#survey").wait_for()
    assert_open_to_all(resident)
    resident_answers(resident)

    until(wall.page, lambda: received_today(wall) > before, "the figure on the wall")
    wall.assert_not_reloaded()
    crowd.assert_quiet()
