"""The portal as a resident meets it on a phone: speak, show, point, be warned, order help."""

from __future__ import annotations

import gzip
import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.barriers import grave_barriers
from tests.browser.people import DESK, LANGUAGES, PHONE, Crowd, Person, photo, until
from tests.system.visitor import Visitor, filled_form

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Response, Route

    from tests.browser.conftest import City

pytestmark = pytest.mark.browser

SPOT = {"lon": "120.5996", "lat": "27.5021"}  # where nothing else is reported in the demonstration
COVER = {"zh-CN": "路口的井盖不见了，很危险", "en-GB": "The manhole cover at the corner is missing"}
FIRE = {"zh-CN": "楼道里着火了", "en-GB": "The house is on fire"}
BUDGET = 150 * 1024  # bytes over the wire, without the map
# A browser that hears: what is said into it is a constant, what our page does with it is ours.
HEARS = """
window.asked = 0;
window.SpeechRecognition = class extends EventTarget {
  start() {
    window.asked += 1;
    const heard = new Event('result');
    heard.resultIndex = 0;
    heard.results = [Object.assign([{transcript: 'spoken words'}], {isFinal: true})];
    setTimeout(() => { this.dispatchEvent(heard); this.dispatchEvent(new Event('end')); }, 20);
  }
  stop() { this.dispatchEvent(new Event('end')); }
};
"""


def at_the_spot(person: Person) -> None:
    person.context.grant_permissions(["geolocation"])
    place = {"longitude": float(SPOT["lon"]), "latitude": float(SPOT["lat"]), "accuracy": 18}
    person.context.set_geolocation(place)  # type: ignore[arg-type]  # the driver's own dict


def known_cover(city: City) -> None:
    """Somebody else has reported the cover, and triage has read it."""
    with Visitor(city.url) as neighbour:
        neighbour.submit("/", filled_form(narrative=COVER["zh-CN"], place_words="", **SPOT))


def height(element: Locator) -> float:
    """Css pixels; a finger needs 44."""
    box = element.bounding_box()
    return box["height"] if box else 0


def shows_no_more_than_fits(person: Person) -> None:
    root = "document.documentElement"
    assert person.page.evaluate(f"{root}.scrollWidth <= {root}.clientWidth")


@pytest.mark.parametrize("language", LANGUAGES)
def test_danger_words_bring_the_numbers_at_once_and_without_a_network(
    crowd: Crowd, language: str
) -> None:
    resident = crowd.person(language, PHONE)
    resident.page.goto("/")
    resident.page.locator("[data-way=here]").wait_for()
    resident.context.set_offline(True)
    call = resident.page.locator("[data-dangers-now] a[href='tel:119']").first
    assert not call.is_visible()
    resident.page.get_by_label(resident.says("What happened?")).fill(FIRE[language])
    call.wait_for()
    assert height(call) >= 44
    resident.sees("Fire: everybody out, shut the doors behind you, no lift.")
    assert grave_barriers(resident) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_known_cover_is_followed_with_a_code_of_its_own(
    crowd: Crowd, demo_city: City, language: str
) -> None:
    known_cover(demo_city)
    resident = crowd.person(language, PHONE)
    at_the_spot(resident)
    page = resident.page
    page.goto("/")
    box = page.get_by_label(resident.says("What happened?"))
    box.fill(COVER["zh-CN"])
    resident.press("Right here")
    yes = page.get_by_role("button", name=resident.says("It is the same"))

    def offered() -> bool:
        box.press_sequentially("！")  # asks again; the worker may still be reading the first
        page.wait_for_timeout(1_500)
        return yes.is_visible()

    until(page, offered, "the question whether it is the same")
    assert grave_barriers(resident) == []
    yes.click()
    resident.press("Report it", "portal")
    page.wait_for_url(re.compile(r"/follow/\w{9}/$"))
    resident.sees("We have your report, together with the earlier one. Keep this code.")
    resident.sees("It was reported before; the news of both come here.")
    crowd.assert_quiet()


def test_the_map_comes_when_it_is_asked_for_and_the_page_is_light(crowd: Crowd) -> None:
    resident = crowd.person("zh-CN", PHONE)
    at_the_spot(resident)
    page = resident.page
    weights: dict[str, int] = {}

    def weigh(response: Response) -> None:
        if response.ok and "/events" not in response.url and not response.url.endswith("woff2"):
            weights[response.url] = len(gzip.compress(response.body(), 6))

    page.on("response", weigh)
    page.goto("/")
    page.wait_for_load_state("networkidle")
    assert not [url for url in weights if re.search(r"/map[-.]|base\.json", url)]
    assert 10_000 < sum(weights.values()) <= BUDGET
    resident.press("Right here")
    page.locator(".map canvas").wait_for()
    page.locator(".map-ring").wait_for()
    assert page.input_value("input[name=precision_m]") == "18"
    assert "18" in page.locator("[data-place-error]").inner_text()
    resident.press("In words", "place")
    page.get_by_label(resident.says("The place in words")).fill("潮平街8号")
    crowd.assert_quiet()


def test_pictures_are_seen_before_they_go_and_one_can_be_taken_out(crowd: Crowd) -> None:
    resident = crowd.person("en-GB", PHONE)
    page = resident.page
    page.goto("/")
    page.locator("[data-way=here]").wait_for()
    chooser = page.locator("input[type=file]")
    names = ("first.jpg", "second.jpg")
    files: Any = [{"name": n, "mimeType": "image/jpeg", "buffer": photo()} for n in names]
    chooser.set_input_files(files)
    page.get_by_text("second.jpg").wait_for()
    page.get_by_role("button", name="Take it out first.jpg").click()
    page.get_by_text("first.jpg").wait_for(state="detached")
    until(
        page,
        lambda: page.evaluate("document.querySelector('input[type=file]').files.length") == 1,
        "one picture to be left",
    )
    assert grave_barriers(resident) == []


def test_nobody_is_listened_to_before_they_have_agreed(crowd: Crowd) -> None:
    resident = crowd.person("en-GB", PHONE)
    resident.context.add_init_script(HEARS)
    page = resident.page
    page.goto("/")
    box = page.get_by_label("What happened?")
    resident.press("Speak")
    resident.sees("Before you speak")
    assert page.evaluate("window.asked") == 0
    resident.press("No, I type")
    assert box.input_value() == ""
    resident.press("Speak")
    resident.press("Agree and speak")
    until(page, lambda: box.input_value() == "spoken words", "the spoken words")
    resident.press("Speak")  # asked once, not every time
    until(page, lambda: box.input_value().count("spoken") == 2, "more spoken words")


@pytest.mark.parametrize(
    ("language", "size"), [("zh-CN", PHONE), ("en-GB", DESK)], ids=["phone", "desk"]
)
def test_help_is_ordered_and_what_is_not_for_volunteers_is_turned_away(
    crowd: Crowd, language: str, size: tuple[int, int]
) -> None:
    resident = crowd.person(language, size)
    page = resident.page
    page.goto("/")
    resident.follow("Ask volunteers for a hand")
    page.wait_for_url("**/order-help/")
    page.get_by_text(resident.says("Fire drill for a shop")).click()
    about = page.get_by_role("textbox", name=resident.says("What is it about?"))
    about.fill(FIRE[language])
    resident.press("In words", "place")
    page.get_by_label(resident.says("The place in words")).fill("潮平街8号")
    resident.press("Ask for help")
    resident.sees("Volunteers may not do this")
    told = resident.page.locator(".now-bad").bounding_box()
    assert told is not None and told["y"] >= 0, "said above what is on the screen"
    shows_no_more_than_fits(resident)
    assert grave_barriers(resident) == []
    page.get_by_role("textbox", name=resident.says("What is it about?")).fill("5")
    resident.press("Ask for help")
    page.wait_for_url(re.compile(r"/follow/\w{9}/$"))
    resident.sees("We have it. The duty desk looks at it, then asks volunteers near you.")


@pytest.mark.parametrize(("language", "width"), [("zh-CN", 390), ("en-GB", 320)])
def test_large_text_is_a_short_page_that_can_be_heard(
    crowd: Crowd, language: str, width: int
) -> None:
    resident = crowd.person(language, (width, 844))
    page = resident.page
    page.goto("/")
    resident.press("Large text")
    page.locator("form.plain").wait_for()
    page.locator("[data-way=here]").wait_for()
    assert page.locator("[data-way]").count() == 2
    assert page.locator("form.plain button[type=submit]").count() == 1
    heard = page.get_by_role("button", name=resident.says("Read", "aloud"))
    assert heard.count() == 2
    sizes = page.locator("form.plain [data-way], form.plain .say-tools button").all()
    assert all(height(one) >= 56 for one in sizes)
    shows_no_more_than_fits(resident)
    assert grave_barriers(resident) == []
    page.get_by_label(resident.says("What happened?")).fill(COVER[language])
    resident.press("Report it", "portal")
    page.wait_for_url(re.compile(r"/follow/\w{9}/$"))
    page.get_by_role("button", name=resident.says("Read", "aloud")).wait_for()
    shows_no_more_than_fits(resident)


def test_without_scripts_everything_is_a_form(crowd: Crowd) -> None:
    resident = crowd.person("en-GB", PHONE, script=False)
    page = resident.page
    page.goto("/")
    assert not page.locator("[data-way=here]").is_visible()
    assert page.get_by_label("The place in words").is_visible()
    assert page.locator("input[type=file]").is_visible()
    page.get_by_label("What happened?").fill(COVER["en-GB"])
    resident.press("Report it", "portal")
    page.wait_for_url(re.compile(r"/follow/\w{9}/$"))


def test_a_dead_line_takes_hints_away_and_nothing_else(crowd: Crowd) -> None:
    resident = crowd.person("en-GB", PHONE)
    page = resident.page

    def gone(route: Route) -> None:
        route.abort()

    page.route("**/hints/", gone)
    page.goto("/")
    page.locator("[data-way=here]").wait_for()
    page.get_by_label("What happened?").fill(COVER["en-GB"])
    page.wait_for_timeout(1_200)
    assert page.locator("#hints").inner_text() == ""
    resident.press("Report it", "portal")
    page.wait_for_url(re.compile(r"/follow/\w{9}/$"))
