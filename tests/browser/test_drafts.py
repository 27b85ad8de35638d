"""What somebody typed is never lost, and never sent twice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Error

from tests.browser.people import PHONE, Crowd, Person, noise, until
from tests.system.disk import no_room_in
from tests.system.visitor import Visitor, code_in, filled_form

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

    from tests.browser.conftest import City

pytestmark = pytest.mark.browser

WORDS = "小桥巷口路灯坏了，晚上看不见路。"
HALF = "小桥巷口路灯坏了，"


def typed(page: Page) -> str:
    return page.input_value("textarea[name=narrative]")


def choose(page: Page, photo: bytes) -> None:
    page.locator("input[type=file]").set_input_files(
        {"name": "IMG_2041.jpeg", "mimeType": "image/jpeg", "buffer": photo}
    )


def kept(page: Page) -> bool:
    """Whether the device holds the words, not only the page."""
    found: bool = page.evaluate(
        "words => Object.values(localStorage).some(value => value.includes(words))", HALF
    )
    return found


def type_half(person: Person, path: str) -> None:
    person.page.goto(path)
    person.page.locator("[data-draft-state]").first.wait_for(state="attached")
    person.page.locator("textarea[name=narrative]").fill(HALF)
    until(person.page, lambda: kept(person.page), "the draft on the device")


def assert_still_there(person: Person) -> None:
    until(person.page, lambda: typed(person.page) == HALF, "the words to come back")


def stored(city: City, key: str) -> int:
    return city.database.count(
        "SELECT count(*) FROM incidents_incident WHERE intake_key LIKE ?", f"%{key}"
    )


def test_half_a_sentence_survives_a_reload(crowd: Crowd) -> None:
    resident = crowd.person("zh-CN", PHONE)
    type_half(resident, "/")
    resident.page.reload()
    assert_still_there(resident)
    clear = resident.page.get_by_role("button", name=resident.says("Clear the form"))
    clear.click()
    until(resident.page, lambda: typed(resident.page) == "", "an empty form")


def test_words_that_were_deleted_again_do_not_come_back(crowd: Crowd) -> None:
    resident = crowd.person("zh-CN", PHONE)
    type_half(resident, "/")
    resident.page.locator("textarea[name=narrative]").fill("")
    until(resident.page, lambda: not kept(resident.page), "the device to forget")
    resident.page.reload()
    resident.page.locator("[data-draft-state]").first.wait_for(state="attached")
    resident.page.wait_for_timeout(1000)
    assert typed(resident.page) == ""


def test_half_a_sentence_survives_a_crash_of_the_browser(crowd: Crowd) -> None:
    resident = crowd.person("zh-CN", PHONE)
    type_half(resident, "/")
    key = resident.page.input_value("input[name=intake_key]")
    with pytest.raises(Error, match="crash"):
        resident.page.goto("chrome://crash")
    resident.page = resident.context.new_page()
    resident.page.goto("/")
    assert_still_there(resident)
    assert resident.page.input_value("input[name=intake_key]") == key


def test_words_typed_before_the_scripts_have_loaded_are_kept_beside_those_from_before(
    crowd: Crowd,
) -> None:
    resident = crowd.person("zh-CN", PHONE)
    type_half(resident, "/")
    page = resident.page
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/draft-*.js", hold)
    page.reload()
    page.locator("textarea[name=narrative]").fill("还有老人")
    until(page, lambda: bool(held), "the script to be asked for")
    for route in held:
        route.continue_()
    until(page, lambda: typed(page) == f"{HALF}\n还有老人", "both to stand there")
    page.unroute("**/draft-*.js")
    page.reload()
    until(page, lambda: typed(page) == f"{HALF}\n还有老人", "both to come back")


def test_what_is_typed_in_two_windows_is_offered_and_never_mixed(crowd: Crowd) -> None:
    desk = crowd.person("zh-CN")
    desk.sign_in("Duty desk")
    type_half(desk, "/desk/call/")
    first, desk.page = desk.page, desk.context.new_page()
    desk.page.goto("/desk/call/")
    take = desk.page.get_by_role("button", name=desk.says("Take the newer text"))
    take.wait_for()
    assert typed(desk.page) == "", "a living window's words are not taken unasked"
    assert typed(first) == HALF
    take.click()
    assert_still_there(desk)
    first.close()
    desk.page.reload()
    assert_still_there(desk)


def test_half_a_call_survives_an_expired_sign_in_and_is_stored_once(
    crowd: Crowd, demo_city: City
) -> None:
    desk = crowd.person("en-GB")
    desk.sign_in("Duty desk")
    type_half(desk, "/desk/call/")
    key = desk.page.input_value("input[name=intake_key]")
    desk.context.clear_cookies(name="sessionid")
    desk.page.keyboard.press("Control+Enter")
    told = "You were signed out. Your text is kept; sign in and come back to this page."
    desk.sees(told)
    desk.page.wait_for_timeout(1500)  # longer than the pause after which typing is kept
    assert desk.page.get_by_text(told).is_visible(), "the sentence was wiped away at once"
    assert typed(desk.page) == HALF
    assert stored(demo_city, key) == 0
    desk.sign_in("Duty desk")
    desk.page.goto("/desk/call/")
    assert_still_there(desk)
    desk.page.locator("textarea[name=narrative]").fill(WORDS)
    desk.page.keyboard.press("Control+Enter")
    desk.page.wait_for_url(re.compile(r"/desk/\w{9}/$"))
    assert stored(demo_city, key) == 1


@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
def test_what_is_sent_without_network_arrives_once_when_it_is_back(
    crowd: Crowd, demo_city: City, language: str
) -> None:
    resident = crowd.person(language, PHONE)
    type_half(resident, "/")
    page = resident.page
    key = page.input_value("input[name=intake_key]")
    resident.context.set_offline(True)
    page.locator("textarea[name=narrative]").fill(WORDS)
    resident.press("Report it", "portal")
    resident.sees("No connection. It is kept here and will be sent by itself.")
    assert stored(demo_city, key) == 0
    resident.context.set_offline(False)
    page.wait_for_url(re.compile(r"/follow/\w{9}/$"))
    assert stored(demo_city, key) == 1
    page.goto("/")
    page.wait_for_load_state("load")
    assert typed(page) == ""
    assert stored(demo_city, key) == 1


def test_half_a_decision_survives_an_expired_sign_in(crowd: Crowd, demo_city: City) -> None:
    with Visitor(demo_city.url) as resident:
        code = code_in(resident.submit("/", filled_form()).headers["location"])
    desk = crowd.person("en-GB")
    desk.sign_in("Duty desk")
    page = desk.page
    page.goto(f"/desk/{code}/")
    page.locator("#triage .draft-state").wait_for(state="attached")
    page.get_by_text("Subtype, who assists").click()
    place = page.locator("#triage input[name=place_words]")
    place.fill(HALF)
    until(page, lambda: kept(page), "the draft on the device")
    desk.context.clear_cookies(name="sessionid")
    page.locator("#main-act").click()
    desk.sees("You were signed out. Your text is kept; sign in and come back to this page.")
    assert place.input_value() == HALF
    desk.sign_in("Duty desk")
    page.goto(f"/desk/{code}/")
    until(page, lambda: place.input_value() == HALF, "the words to come back")
    assert place.is_visible(), "they came back into a part that is folded"


def test_a_full_disk_gives_the_form_back_and_the_words_go_without_the_picture(
    crowd: Crowd, demo_city: City
) -> None:
    resident = crowd.person("zh-CN", PHONE)
    type_half(resident, "/")
    page = resident.page
    key = page.input_value("input[name=intake_key]")
    choose(page, noise())
    with no_room_in(demo_city.folder / "uploads"):
        resident.press("Report it", "portal")
        resident.sees("The picture could not be stored. You can send without it.")
        assert stored(demo_city, key) == 0
        page.locator("textarea[name=narrative]").fill(WORDS)  # the form is no longer locked
        resident.press("Send it without the picture")
        page.wait_for_url(re.compile(r"/follow/\w{9}/$"))
    assert stored(demo_city, key) == 1
    pictures = "SELECT count(*) FROM incidents_attachment a JOIN incidents_incident i"
    pictures += " ON a.incident_id = i.id WHERE i.intake_key LIKE ?"
    assert demo_city.database.count(pictures, f"%{key}") == 0
    assert demo_city.database.count(
        "SELECT count(*) FROM incidents_report WHERE narrative = ?", WORDS
    )
