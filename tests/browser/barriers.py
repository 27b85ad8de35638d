"""What would keep somebody from using the page a person is looking at."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tests.browser.axe import violations

if TYPE_CHECKING:
    from tests.browser.people import Person

GRAVE = ("(serious)", "(critical)")
# One scrolls under the foot; a link that is half under it at this moment is not a small link.
FOOT = """position => document.querySelectorAll('.p-foot, .d-act').forEach(
  foot => { foot.style.position = position; })"""


def grave_barriers(person: Person) -> list[str]:
    """Lines of axe-core that name something serious or critical."""
    person.page.evaluate(FOOT, "static")
    found = [line for line in violations(person.page) if any(word in line for word in GRAVE)]
    person.page.evaluate(FOOT, "")
    return [f"{urlsplit(person.page.url).path} {person.language}: {line}" for line in found]
