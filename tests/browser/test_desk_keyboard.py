"""The desk without a mouse: take a call, judge it, move in the queue."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.browser.people import Crowd, Person, until

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page, Route

pytestmark = pytest.mark.browser

SAID = "菜场后门有一个井盖不见了，天黑看不清，怕有人掉下去。"


def test_the_desk_works_by_keyboard_alone(crowd: Crowd) -> None:
    desk = crowd.person("zh-CN")
    desk.sign_in("Duty desk")
    page, keys = desk.page, desk.page.keyboard
    page.goto("/desk/")
    desk.await_keys()
    keys.press("n")
    page.wait_for_url("**/desk/call/")
    area = "document.activeElement.name === 'narrative'"
    until(page, lambda: bool(page.evaluate(area)), "the first field to have the focus")
    keys.insert_text(SAID)
    keys.press("Control+Enter")
    page.wait_for_url(re.compile(r"/desk/\w{9}/$"))
    case = page.url

    category = page.locator("#triage select[name=category]")
    fill = page.locator("#pending a[data-key]")
    until(page, lambda: bool(category.input_value()) or fill.is_visible(), "the suggestions")
    desk.await_keys()
    if not category.input_value():
        keys.press("f")
        until(page, lambda: bool(category.input_value()), "the form to be filled in")
    desk.await_keys()
    suggested = page.locator("#triage select[name=urgency]").input_value()
    keys.press("2")
    here = "document.activeElement.name"
    until(page, lambda: page.evaluate(here) == "urgency", "the focus on the urgency")
    keys.press("ArrowUp" if suggested != "P1" else "ArrowDown")
    chosen = page.locator("#triage select[name=urgency]").input_value()
    assert chosen != suggested
    keys.press("Control+Enter")
    decided = desk.says("Decided: {category}, {urgency}. You can still correct it below.")
    page.locator(".said li").filter(has_text=decided.partition("{")[0]).wait_for()
    assert page.url == case
    back = page.locator("form.undo")
    back.wait_for()  # one press decided and sent who was ticked
    page.evaluate("document.querySelector('form.undo').dataset.undo = ''")
    keys.press("u")
    desk.sees("Taken back; everybody is told. The decision stays.")
    page.locator("#main-act").wait_for()
    command_line(desk, page)
    desk.await_keys()
    keys.press("q")
    page.wait_for_url("**/desk/")
    desk.await_keys()
    first, second = page.locator("#queue a.row").nth(0), page.locator("#queue a.row").nth(1)
    keys.press("j")
    until(page, lambda: is_here(first), "the first row")
    keys.press("j")
    until(page, lambda: is_here(second), "the second row")
    keys.press("k")
    until(page, lambda: is_here(first), "the first row again")
    target = first.get_attribute("href")
    keys.press("Enter")
    page.wait_for_url(f"**{target}")
    crowd.assert_quiet()


def test_one_press_sends_a_unit_and_asks_volunteers(crowd: Crowd) -> None:
    """What is suggested reaches button and map without a reload; a second call is known as such."""
    desk = crowd.person("zh-CN")
    desk.sign_in("Duty desk")
    page = desk.page
    call(page, "我妈走丢了，七十六岁，穿灰棉袄，早上买菜没回来。", "桂康路491号")
    volunteers = desk.says("volunteers", "on the button that sends")
    page.locator("#main-act", has_text=volunteers).wait_for()
    shown = page.locator(".map-list li", has_text="我妈走丢了")
    shown.wait_for(state="attached")  # the map has the place that was looked up
    focus = "document.activeElement.id"
    until(page, lambda: page.evaluate(focus) == "main-act", "the focus on the main button")
    with page.expect_request("**/triage/") as sent:
        page.keyboard.press("Enter")
    # With the decision this page had shown: somebody else's in between is noticed by it.
    assert 'name="seen"' in (sent.value.post_data or "")
    decided = desk.says("Decided: {category}, {urgency}. You can still correct it below.")
    page.locator(".said", has_text=decided.partition("{")[0]).wait_for()
    assert page.locator("#who-goes > ul .row:not(.is-done)").count() == 2  # both were told at once
    call(page, "有位老太太走丢了，七十多岁，穿灰棉袄，早上买菜没回来。", "桂康路491号")
    page.locator(".now-box .hint", has_text="我妈走丢了").wait_for()
    desk.await_keys()
    page.keyboard.press("m")
    said = desk.says(
        "This now follows {code}; nothing was copied. You can undo it here at any time."
    )
    page.locator(".said", has_text=said.partition("{")[0]).wait_for()
    crowd.assert_quiet()


def test_news_does_not_bring_what_the_form_does_not_hold_yet(crowd: Crowd) -> None:
    """The button never offers to send on a suggestion before the form beside it shows it."""
    desk = crowd.person("zh-CN")
    desk.sign_in("Duty desk")
    page = desk.page
    held: list[Route] = []

    def hold(route: Route) -> None:
        if route.request.headers.get("hx-target") == "pending":
            held.append(route)
        else:
            route.continue_()

    page.route(re.compile(r"/desk/\w{9}/"), hold)
    call(page, "我爸走丢了，八十一岁，穿蓝外套，下午散步没回来。", "桂康路480号")
    other = crowd.person("zh-CN")
    other.sign_in("Duty desk")
    other.page.goto(page.url)
    volunteers = desk.says("volunteers", "on the button that sends")
    until(other.page, lambda: suggested(other.page, volunteers), "the suggestions, elsewhere")
    until(page, lambda: bool(held), "this page to ask for them")
    with page.expect_response(lambda got: got.request.headers.get("hx-target") == "who-goes"):
        page.evaluate(NEWS)
    page.wait_for_timeout(200)
    assert volunteers not in page.locator("#main-act").inner_text()
    for route in held:
        route.continue_()
    page.unroute(re.compile(r"/desk/\w{9}/"))
    page.locator("#main-act", has_text=volunteers).wait_for()
    assert page.locator("#triage select[name=category]").input_value() == "urgent_help"
    crowd.assert_quiet()


NEWS = "document.body.dispatchEvent(new CustomEvent('live:dispatch'))"


def suggested(page: Page, volunteers: str) -> bool:
    page.reload()
    return volunteers in page.locator("#main-act").inner_text()


def call(page: Page, words: str, place: str) -> None:
    page.goto("/desk/call/")
    page.locator("[name=narrative]").fill(words)
    page.locator("[name=place_words]").fill(place)
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(r"/desk/\w{9}/$"))


def command_line(desk: Person, page: Page) -> None:
    """`/` opens it; it says what Enter would do, and why a line means nothing."""
    keys, line, means = page.keyboard, page.locator("#command"), page.locator("#command-means")
    desk.await_keys()
    keys.press("/")
    until(page, lambda: is_here(line), "the command line")
    keys.type("查 张三")
    assert means.inner_text() == desk.says(
        "matters are opened by their code of nine symbols; people can not be looked up here"
    )
    keys.press("Escape")
    keys.press("/")
    until(page, lambda: is_here(line), "the command line again")
    keys.type("派１")  # full-width, and no space
    first = page.locator("[data-picks] input[data-n='1'] ~ label b").first.inner_text()
    assert first in means.inner_text()
    keys.press("Enter")
    page.locator("form.undo").wait_for()


def test_who_is_on_it_is_seen_by_the_others(crowd: Crowd) -> None:
    desk, chief = crowd.person("zh-CN"), crowd.person("zh-CN")
    desk.sign_in("Duty desk")
    chief.sign_in("Station chief")
    chief.page.goto("/desk/")
    row = chief.page.locator("#queue a.row").first
    name, target = row.get_attribute("id"), row.get_attribute("href")
    with desk.page.expect_response("**/claim/"):
        desk.page.goto(str(target))
    chief.page.goto("/desk/")
    tag = chief.page.locator(f"#{name} .claim")
    said = chief.says("{name} is on it").replace("{name}", "")
    assert said in tag.inner_text()
    desk.page.goto("/desk/call/")  # leaving lets go at once
    until(chief.page, lambda: freed(chief, str(name)), "the tag to go")
    crowd.assert_quiet()


def freed(chief: Person, name: str) -> bool:
    chief.page.goto("/desk/")
    return chief.page.locator(f"#{name} .claim").is_hidden()


def is_here(row: Locator) -> bool:
    return bool(row.evaluate("row => row === document.activeElement"))


def test_everything_on_the_desk_can_be_reached_by_tab(crowd: Crowd) -> None:
    """Tab walks in the order of the page, each stop can be seen, and leaves no trap."""
    desk = crowd.person("en-GB")
    desk.sign_in("Duty desk")
    desk.page.goto("/desk/")
    desk.page.wait_for_load_state("load")
    seen: list[str] = []
    for _stop in range(25):
        desk.page.keyboard.press("Tab")
        stop = desk.page.evaluate(
            """() => {
              const e = document.activeElement, style = getComputedStyle(e);
              const box = e.getBoundingClientRect();
              const ringed = style.outlineStyle !== 'none' || style.boxShadow !== 'none';
              return {name: e.outerHTML.slice(0, 80), big: box.width * box.height > 0, ringed};
            }"""
        )
        assert stop["big"], stop
        assert stop["ringed"], f"the focus can not be seen on {stop['name']}"
        seen.append(stop["name"])
    assert len(set(seen)) > 15
    assert any("skip" in name for name in seen[:2])


def test_facts_reasons_and_the_other_report_are_one_key_away(crowd: Crowd) -> None:
    """A time that was said goes into its field; why, and side by side, open where they stand."""
    desk = crowd.person("zh-CN")
    desk.sign_in("Duty desk")
    page, keys = desk.page, desk.page.keyboard
    call(page, "昨天下午三点两个人拿着钢管打架，有人流血了", "桂康路470号")
    page.locator("#why [data-key=w]").wait_for()  # it comes with the suggestions
    call(page, "昨天下午三点有人打架，拿钢管，头上流血了", "桂康路470号")
    page.locator("#same [data-key=b]").wait_for()
    page.locator("#why [data-key=w]").wait_for()
    desk.await_keys()
    keys.press("g")
    until(page, lambda: bool(page.evaluate("'fact' in document.activeElement.dataset")), "a chip")
    keys.press("Enter")
    field = page.locator("#id_occurred_at")
    until(page, lambda: field.input_value().endswith("T15:00"), "the time in its field")
    chip = page.locator("[data-fact=id_occurred_at]")
    chip.drag_to(page.locator("#triage select[name=category]"))  # not its field: nothing happens
    field.fill("")
    chip.drag_to(field)
    until(page, lambda: field.input_value().endswith("T15:00"), "the time that was dragged")
    chip.focus()
    keys.press("w")
    page.locator("#why details[open] dt").first.wait_for()
    keys.press("b")
    page.locator("#same .side-one mark", has_text="钢管").first.wait_for()
    assert page.locator("#same .side-one").count() == 2
    crowd.assert_quiet()
