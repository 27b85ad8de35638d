"""No page is served that nobody looks at: the list of pages follows the addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.urls import get_resolver

from tools.pages import FOUND_ON, PAGES

# Addresses that are no page of their own, each with the reason.
NOT_PAGES = (
    r"api/",  # machines
    r".*\.(json|js|webmanifest|png|csv)$|.*<slug:kind>$",  # data and files
    r"language/$|text/$|signout/$|posts/$",  # answers to a button, on the page it stands on
    r"hints/$|wall/now/$|living/now/$|journal/proof/$",  # a part of a page, or plain text
    r".*/pictures/",
    r"signin/again/$",  # a window over a page, tests/browser/test_drafts.py
    r"(living|tour|desk/handover|follow/<str:code>|stations/<slug:code>)/.+",  # verbs
    r"desk/brain/versions/.+|desk/<str:code>/.+|desk/orders/.+|desk/hazards/<str:code>/.+",
    r"field/offer/<int:offer_id>/.+|field/way/<int:offer_id>/.+|field/handover/<int:offer_id>/.+",
    r"field/alarm/.+|field/me/.+",
    r"teams/<str:code>/skill/|teams/<str:code>/points/.+/correct/|teams/corrections/.+",
    r"field/visit/<str:code>/$",  # the receipt of a visit, tests/browser/test_visit.py
)
ZONES = "stations/<slug:code>/zones/"  # a page, though it looks like a verb


def addresses(patterns: Any, before: str = "") -> Iterator[str]:
    for pattern in patterns:
        path = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from addresses(pattern.url_patterns, path)
        else:
            yield path


def shape(path: str) -> str:
    """An address with every part that varies written alike, without a query."""
    return re.sub(r"<[^>]+>|{\w+}|(?<=figures/)\w+", "*", path.partition("?")[0].strip("/"))


def test_every_page_is_in_the_list() -> None:
    listed = {shape(page.path) for page in PAGES}
    served = {
        path
        for path in addresses(get_resolver().url_patterns)
        if path == ZONES or not any(re.match(one, path) for one in NOT_PAGES)
    }
    assert {path for path in served if shape(path) not in listed} == set()


def test_every_page_in_the_list_is_served() -> None:
    served = {shape(path) for path in addresses(get_resolver().url_patterns)}
    listed = {shape(page.path): page.name for page in PAGES if page.name != "not-found"}
    assert {name for path, name in listed.items() if path not in served} == set()


def test_names_are_given_once_and_braces_are_known() -> None:
    assert len({page.name for page in PAGES}) == len(PAGES)
    used = {name for page in PAGES for name in re.findall(r"{(\w+)}", page.path)}
    assert used <= {"code", "own_station", *FOUND_ON}
