"""What would keep somebody from using the page a person is looking at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tests.browser.axe import COLOURS, EVERYTHING, violations
from tests.browser.people import DESK, PHONE

if TYPE_CHECKING:
    from tests.browser.people import Person

GRAVE = ("(serious)", "(critical)")
# One scrolls under the foot; a link that is half under it at this moment is not a small link.
FOOT = """position => document.querySelectorAll('.p-foot, .d-act').forEach(
  foot => { foot.style.position = position; })"""
# The hundredth row of a queue is made like the second: of rows that are built alike two stay. What
# differs in a class or a tag stays, and the measuring takes a third of the time.
ALIKE = """() => document.querySelectorAll('ol, ul, tbody').forEach(list => {
  const seen = new Map();
  for (const item of [...list.children]) {
    const parts = [item, ...item.querySelectorAll('*')];
    const built = parts.map(part => `${part.tagName}.${part.getAttribute('class')}`).join();
    seen.set(built, (seen.get(built) ?? 0) + 1);
    if (seen.get(built) > 2) item.remove();
  }
})"""
ZOOMED = ((720, 450), (320, 568))  # 1440 x 900 at 200 %, and the narrowest that WCAG names
LOST = """() => [...document.querySelectorAll(
  'a[href], button, input:not([type=hidden]), select, textarea, summary')].filter(part => {
    const box = part.getBoundingClientRect();
    if (!box.width || !part.checkVisibility({visibilityProperty: true})) return false;
    if (part.closest('.skip, .sr, .sr-file')) return false;
    for (let around = part.parentElement; around; around = around.parentElement) {
      if (/auto|scroll/.test(getComputedStyle(around).overflowX)) return false;
    }
    return box.left < -1 || box.right > document.documentElement.clientWidth + 1;
  }).map(part => (part.textContent || part.name || part.tagName).trim().slice(0, 40))"""
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def grave_barriers(person: Person, asked: dict[str, Any] = EVERYTHING) -> list[str]:
    """Lines of axe-core that name something serious or critical."""
    person.page.evaluate(FOOT, "static")
    lines = violations(person.page, asked=asked)
    found = [line for line in lines if any(word in line for word in GRAVE)]
    person.page.evaluate(FOOT, "")
    return [f"{urlsplit(person.page.url).path} {person.language}: {line}" for line in found]


def sideways(person: Person) -> list[str]:
    """A page of text that has to be pushed sideways on a phone hides half of every line."""
    wide = person.page.evaluate(WIDER)
    where = f"{urlsplit(person.page.url).path} {person.language}"
    return [f"{where}: {wide} px too wide"] if wide > 0 else []


def out_of_reach(person: Person) -> list[str]:
    """Things to press that stand beside the screen, and cannot be pulled into it."""
    where = f"{urlsplit(person.page.url).path} {person.language}"
    return [f"{where}: {name} is out of reach" for name in person.page.evaluate(LOST)]


def set_larger(person: Person) -> list[str]:
    """At 200 % a desk has half its pixels, and at 400 % a phone's narrowest: nothing gets lost."""
    found = []
    for width, height in ZOOMED:
        person.page.set_viewport_size({"width": width, "height": height})
        found += [f"{width} {line}" for line in sideways(person) + out_of_reach(person)]
    return found


def in_every_dress(person: Person) -> list[str]:
    """The loaded page on a phone and on a desk, by day and by night, without loading it again."""
    found = []
    person.page.evaluate(ALIKE)
    for size in (PHONE, DESK):
        person.page.set_viewport_size({"width": size[0], "height": size[1]})
        for light, asked in (("light", EVERYTHING), ("dark", COLOURS)):
            person.page.emulate_media(color_scheme="dark" if light == "dark" else "light")
            found += [f"{size[0]} {light} {line}" for line in grave_barriers(person, asked)]
        found += sideways(person)
    found += set_larger(person)
    person.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    return found
