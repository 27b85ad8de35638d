"""Every page there is, and whose it is: for the pictures and for whoever tests them all.

A path may name a place in braces; `FOUND_ON` says on which page, seen by whom, its first link
stands. `tests/web/test_list_of_pages.py` fails when a page is served that is not in this list.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

Read = Callable[[str, str], str]  # (card, path) → the page as HTML


@dataclass(frozen=True, slots=True)
class Shown:
    """One page: its name, who looks at it ("" is a resident without a sign-in), where it stands."""

    name: str
    card: str  # of the sign-in page
    path: str


PAGES = (
    Shown("portal", "", "/"),
    Shown("order-help", "", "/order-help/"),
    Shown("follow-enter", "", "/follow/"),
    Shown("follow", "", "/follow/{code}/"),
    Shown("stations-list", "", "/stations/"),
    Shown("station-seen", "", "/stations/{station}/"),
    Shown("sign-in", "", "/signin/"),
    Shown("method", "", "/method/"),
    Shown("living", "", "/living/"),
    Shown("gallery", "", "/gallery/"),
    Shown("not-found", "", "/nothing-here/"),
    Shown("desk-queue", "duty_desk", "/desk/"),
    Shown("desk-running", "duty_desk", "/desk/?part=running"),
    Shown("desk-call", "duty_desk", "/desk/call/"),
    Shown("desk-case", "duty_desk", "/desk/{code}/"),
    Shown("brain", "leader", "/desk/brain/"),
    Shown("desk-why", "duty_desk", "/desk/{code}/why/"),
    Shown("desk-stop-payment", "duty_desk", "/desk/{code}/payment/"),
    Shown("desk-handover", "duty_desk", "/desk/handover/"),
    Shown("brain-versions", "duty_desk", "/desk/brain/versions/"),
    Shown("desk-orders-all", "duty_desk", "/desk/orders/"),
    Shown("desk-hazards", "duty_desk", "/desk/hazards/"),
    Shown("desk-station", "duty_desk", "/stations/{station}/"),
    Shown("desk-teams", "duty_desk", "/teams/"),
    Shown("desk-team", "duty_desk", "/teams/{own_team}/"),
    Shown("corrections", "duty_desk", "/teams/corrections/"),
    Shown("desk-orders", "agency_clerk", "/desk/orders/"),
    Shown("hazard", "agency_clerk", "/desk/hazards/{hazard}/"),
    Shown("station", "station_chief", "/stations/{own_station}/"),
    Shown("zones", "station_chief", "/stations/{own_station}/zones/"),
    Shown("password", "station_chief", "/password/"),
    Shown("field-volunteer", "volunteer", "/field/"),
    Shown("offer", "volunteer", "/field/offer/{offer}/"),
    Shown("field-me", "volunteer", "/field/me/"),
    Shown("report-seen", "volunteer", "/field/report/"),
    Shown("waiting", "volunteer", "/field/waiting/"),
    Shown("field-officer", "police_officer", "/field/"),
    Shown("scene", "police_officer", "/field/scene/{scene}/"),
    Shown("field-sentinel", "sentinel", "/field/"),
    Shown("way", "sentinel", "/field/way/{way}/"),
    Shown("handover", "sentinel", "/field/handover/{handover}/"),
    Shown("alarm", "sentinel", "/field/alarm/"),
    Shown("visit-choose", "grid_worker", "/field/visit/"),
    Shown("visit", "grid_worker", "/field/visit/at/{place}/"),
    Shown("field-hazards", "grid_worker", "/field/hazards/"),
    Shown("field-hazard", "grid_worker", "/field/hazards/{field_hazard}/"),
    Shown("team", "team_captain", "/teams/{own_team}/"),
    Shown("team-points", "team_captain", "/teams/{own_team}/points/{member}/"),
    Shown("wall", "leader", "/wall/"),
    Shown("replay", "leader", "/wall/replay/"),
    Shown("figures", "leader", "/figures/"),
    Shown("figure", "leader", "/figures/first_arrival/"),
    Shown("figure-change", "leader", "/figures/received_change_month/"),
    Shown("journal", "auditor", "/journal/"),
    Shown("proof", "auditor", "/journal/proof/"),
    Shown("readings", "auditor", "/journal/readings/"),
)

# What stands in the braces: (card, path, what the address of the first such link looks like).
FOUND_ON: Mapping[str, tuple[str, str, str]] = {
    "station": ("", "/stations/", r"/stations/([\w-]+)/"),
    "own_team": ("team_captain", "/teams/", r"/teams/([\w-]+)/(?:points|skill)/"),
    "member": ("team_captain", "/teams/", r"/teams/[\w-]+/points/(\d+)/"),
    "hazard": ("agency_clerk", "/desk/hazards/", r"/desk/hazards/(\w+)/"),
    "field_hazard": ("grid_worker", "/field/hazards/", r"/field/hazards/(\w+)/"),
    "offer": ("volunteer", "/field/", r"/field/offer/(\d+)/"),
    "scene": ("police_officer", "/field/", r"/field/scene/(\d+)/"),
    "way": ("sentinel", "/field/", r"/field/way/(\d+)/"),
    "handover": ("sentinel", "/field/", r"/field/handover/(\d+)/"),
    "place": ("grid_worker", "/field/visit/", r"/field/visit/at/(\w+)/"),
}


def places(read: Read) -> dict[str, str]:
    """What can be put into the braces of the paths; what is found nowhere is left out."""
    seen: dict[tuple[str, str], str] = {}
    found = {}
    for name, (card, path, link) in FOUND_ON.items():
        if (card, path) not in seen:
            seen[card, path] = read(card, path)
        if match := re.search(rf'(?:href|action|data-keep)="{link}', seen[card, path]):
            found[name] = match[1]
    return found | _own_station(read)


def _own_station(read: Read) -> dict[str, str]:
    """The one whose zones the chief of the card may change."""
    listed = re.findall(r'href="/stations/([\w-]+)/"', read("station_chief", "/stations/"))
    own = (code for code in listed if "/zones/" in read("station_chief", f"/stations/{code}/"))
    code = next(own, None)
    return {"own_station": code} if code else {}


def sign_in(page: Page, base: str, card: str) -> None:
    """Tap a role card of the demonstration."""
    page.goto(f"{base}/signin/")
    button = page.locator(f'button[name="card"][value="{card}"]').first
    if not button.is_visible():  # among the folded roles
        page.locator("details summary").first.click()
    button.click()
    page.wait_for_url(lambda url: "/signin/" not in url)
