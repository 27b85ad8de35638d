"""Twenty telephone calls, and a desk that takes them without a mouse.

Every step is a key: `N`, the caller's words, Tab, the place, Ctrl+Enter, and Enter on the one main
button. The way from a page to the next is the desk's own; nothing is opened by its address.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.browser.people import Person, until

if TYPE_CHECKING:
    from playwright.sync_api import Page

TYPIST = 90  # characters a minute; what a call taker writes while listening


@dataclass(frozen=True, slots=True)
class Phoned:
    words: str
    place: str
    advice: bool = False  # nobody has to go: it ends with an answer


@dataclass(frozen=True, slots=True)
class Taken:
    """One call as it went; seconds from the ringing (`N`) to the end."""

    call: Phoned
    code: str
    seconds: float
    waited: float  # of these, for the suggestions
    ended: str  # sent | answered

    @property
    def with_typing(self) -> float:
        """Seconds with somebody who types like a person; the keys themselves take none here."""
        return self.seconds + 60 * len(self.call.words + self.call.place) / TYPIST


CALLS = (
    Phoned("厨房着火了，油锅烧起来，烟很大，家里还有老人，快来！", "榕安街5号"),
    Phoned("两个人在路口打起来了，一个拿着酒瓶，头上都是血。", "望潮大道"),
    Phoned("我妈走丢了，七十六岁，穿灰棉袄，早上买菜没回来。", "桂康路491号"),
    Phoned("有人撬我家门锁，我在里面，听得见声音，快点来人。", "南汊新村24幢"),
    Phoned("电瓶车撞了一个小学生，孩子坐地上哭，腿动不了。", "云盛街318号"),
    Phoned("There is a strong smell of gas in our stairwell, nobody answers.", "枫嘉街872号"),
    Phoned("超市门口抓到一个偷东西的，他要跑，保安拦着。", "永嘉路"),
    Phoned("楼上半夜还在放音乐打牌，说了好几次都不听。", "石埠"),
    Phoned("刚才被骗了两万八，对方说是客服，钱刚转出去。", "竹屿"),
    Phoned("小孩掉进河边的排水沟，抓着栏杆，上不来。", "海堤公园"),
    Phoned("饭店里客人喝多了掀桌子，老板娘被推倒了。", "柳兴路"),
    Phoned("路中间井盖没了，天黑，刚有人差点骑进去。", "东塘"),
    Phoned("My neighbour shouts for help behind the wall and things break.", "老城"),
    Phoned("工地上有人从架子上摔下来，不动了，还有气。", "青禾"),
    Phoned("一条大狗没拴绳咬了人，还在小区里乱跑。", "迎潮"),
    Phoned("消防通道被三辆车堵死了，叫不到车主。", "银帆"),
    Phoned("公交车上抓到一个摸包的，车停在站台等你们。", "白鹭浦"),
    Phoned("我想问一下居住证到期了怎么续，要带什么材料？", "梅溪", advice=True),
    Phoned("仓库后面一直冒白烟，闻着像塑料烧焦了。", "东塘包装园"),
    Phoned("老板欠我们三个月工资，人不见了，大家堵在厂门口。", "梅华机电厂"),
)


def take(desk: Person, call: Phoned) -> Taken:
    """From the ringing phone to a unit on its way, or to an answer, by keys alone."""
    page, keys = desk.page, desk.page.keyboard
    desk.await_keys()
    begin = time.monotonic()
    keys.press("n")
    page.wait_for_url("**/desk/call/")
    until(page, lambda: focus(page) == "narrative", "the field for the words")
    keys.type(call.words)
    keys.press("Tab")
    assert focus(page) == "place_words"
    keys.type(call.place)
    keys.press("Control+Enter")
    page.wait_for_url(re.compile(r"/desk/\w{9}/$"))
    code = page.url.rstrip("/").rpartition("/")[2]
    stored = time.monotonic()
    category = page.locator("#triage select[name=category]")
    until(page, lambda: bool(category.input_value()) or unsure(page), "the suggestions")
    waited = time.monotonic() - stored
    for key, name in (("1", "category"), ("2", "urgency"), ("5", "police_label")):
        if not page.locator(f"#triage select[name={name}]").input_value():
            choose_first(page, key, name)  # the system is not sure: a person decides
    if call.advice:
        answer(desk)
    else:
        send(page)
    return Taken(
        call, code, time.monotonic() - begin, waited, "answered" if call.advice else "sent"
    )


def focus(page: Page) -> str:
    return str(page.evaluate("document.activeElement.name || document.activeElement.id || ''"))


def unsure(page: Page) -> bool:
    """The suggestions are there and the category is open: a person decides it."""
    return bool(page.locator("#triage .sure").count())


def choose_first(page: Page, key: str, name: str) -> None:
    """A number goes to its row; an arrow takes the first answer."""
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press(key)
    until(page, lambda: focus(page) == name, f"the focus on {name}")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")


def send(page: Page) -> None:
    """Enter where the focus is on the main button, as it is when a page opens; else by the line."""
    if not page.locator("[data-picks] input:checked").count() or focus(page) != "main-act":
        page.keyboard.press("/")
        until(page, lambda: focus(page) == "command", "the command line")
        ticked = page.locator("[data-picks] input:checked").evaluate_all(
            "all => all.map(one => one.dataset.n).join(' ')"
        )
        page.keyboard.type(f"派 {ticked or '1'}")
    page.keyboard.press("Enter")
    page.locator("form.undo").first.wait_for(state="attached")


def answer(desk: Person) -> None:
    """Nobody goes: decide, then write what the caller was told, and close nothing by magic."""
    page, keys = desk.page, desk.page.keyboard
    keys.press("d")
    page.get_by_text(desk.says("Send somebody, or settle it by advice.")).wait_for()
    desk.await_keys()
    keys.press("r")
    scene = page.locator("#scene[open]")
    scene.wait_for()
    until(page, lambda: focus(page) == "outcome", "the first field of the report")
    keys.press("ArrowDown")
    keys.press("Tab")
    keys.type("电话中已说明。")
    keys.press("Tab")
    keys.press("Tab")
    keys.type("到期前三十天内，带身份证和租房合同到警务站窗口续签。")
    keys.press("Control+Enter")
    page.get_by_text(desk.says("Reported back. The resident can read the answer now.")).wait_for()


def table(taken: list[Taken]) -> list[list[str | float]]:
    """Rows for people: what was said, seconds, seconds of waiting, with typing, how it ended."""
    return [
        [one.call.words[:18], round(one.seconds, 1), round(one.waited, 1),
         round(one.with_typing, 1), one.ended]
        for one in taken
    ]  # fmt: skip
