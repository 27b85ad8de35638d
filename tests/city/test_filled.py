"""In the filled city no face of any role is empty: every page has something to show and to do."""

from __future__ import annotations

import json
import re

import pytest

from maplebridge.people.roles import Role
from tests.system.database import Database
from tests.system.visitor import Visitor

pytestmark = pytest.mark.slow
Filled = tuple[str, Database]
EMPTY = (
    'class="state', "No alarm this month", "Nothing reported yet today", "Nobody had to go yet",
    "No case yet", "No open orders", "Nothing is waiting", "Nothing is under way",
    "Everybody who is needed has been sent",
)  # fmt: skip
# Card, and the pages where the work of that role waits.
FACES = (
    ("duty_desk", ("/desk/", "/desk/orders/")),
    ("police_officer", ("/field/",)),
    ("volunteer", ("/field/me/",)),
    ("team_captain", ("/teams/",)),
    ("sentinel", ("/field/",)),
    ("agency_clerk", ("/desk/orders/",)),
    ("station_chief", ("/stations/", "/teams/")),
    ("leader", ("/wall/", "/figures/")),
    ("urban_enforcement", ("/desk/orders/",)),
)


@pytest.mark.parametrize(("card", "pages"), FACES, ids=[card for card, _pages in FACES])
def test_no_page_of_a_role_is_empty(filled: Filled, card: str, pages: tuple[str, ...]) -> None:
    with Visitor(filled[0], language="en") as somebody:
        somebody.sign_in(card)
        for path in pages:
            # A month of history has no month before it to be compared with.
            text = somebody.page(path).replace("No case yet in", "")
            assert [sign for sign in EMPTY if sign in text] == [], path


def test_the_inspectorate_has_a_complaint_that_the_desk_does_not_see(filled: Filled) -> None:
    seen = {}
    for card in ("inspectorate", "duty_desk"):
        with Visitor(filled[0]) as somebody:
            somebody.sign_in(card)
            seen[card] = "昨天去窗口办事" in somebody.page("/desk/?part=to_send")
    assert seen == {"inspectorate": True, "duty_desk": False}


def test_the_half_minute_has_its_times(filled: Filled) -> None:
    rows = filled[1].rows(
        "SELECT seconds FROM indicators_span WHERE metric = ? AND seconds IS NOT NULL"
        " ORDER BY seconds",
        "half_minute",
    )
    seconds = [float(row[0]) for row in rows]
    assert len(seconds) >= 3
    assert all(10 <= s <= 60 for s in seconds)
    assert 24 <= seconds[len(seconds) // 2] <= 31


def test_orders_are_open_late_urged_and_returned(filled: Filled) -> None:
    states: dict[str, int] = dict(
        filled[1].rows("SELECT state, count(*) FROM orders_order GROUP BY state")
    )
    assert {"issued", "accepted", "answered", "returned"} <= set(states)
    with Visitor(filled[0], language="en") as desk:
        desk.sign_in("duty_desk")
        page = desk.page("/desk/orders/")
    assert "urged" in page
    assert re.search(r"\b\d+ open orders", page)


def test_matters_stand_in_every_stage(filled: Filled) -> None:
    states: dict[str, int] = dict(
        filled[1].rows("SELECT state, count(*) FROM incidents_incident GROUP BY state")
    )
    assert {
        "received", "triaged", "dispatched", "arrived", "transferred", "fed_back", "closed",
    } <= set(states)  # fmt: skip


def test_the_volunteer_of_the_card_has_thanks(filled: Filled) -> None:
    with Visitor(filled[0], language="en") as somebody:
        somebody.sign_in("volunteer")
        page = somebody.page("/field/me/")
    assert "Order completed and confirmed" in page or "First-aid training" in page


CARD = re.compile(r'name="card" value="([a-z_]+)"')


def test_every_role_has_a_way_in_and_a_page_that_opens(filled: Filled) -> None:
    with Visitor(filled[0]) as newcomer:
        page = newcomer.page("/signin/")
    cards = CARD.findall(page)
    assert len(cards) == len(set(cards))
    for card in cards:
        with Visitor(filled[0]) as somebody:
            answer = somebody.submit("/signin/", {"card": card})
            assert answer.status_code == 302, card
            somebody.page(answer.headers["Location"])
    entered = filled[1].rows(
        "SELECT data FROM kernel_journalentry WHERE kind = ?", "people.signed_in"
    )
    told = [row[0] if isinstance(row[0], dict) else json.loads(row[0]) for row in entered]
    assert {said["role"] for said in told} == set(Role.values)


def test_the_crew_of_the_card_can_be_sent_at_any_hour(filled: Filled) -> None:
    entered = filled[1].rows(
        "SELECT unit.shifts FROM people_post post JOIN people_unit unit ON unit.id = post.unit_id"
        " WHERE post.role = ? ORDER BY post.code LIMIT 1",
        "police_officer",
    )
    shifts = entered[0][0]
    assert set(json.loads(shifts) if isinstance(shifts, str) else shifts) == {
        "day", "evening", "night",
    }  # fmt: skip
