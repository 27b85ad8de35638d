"""Every form that is posted, with what no browser of ours would send: a refusal, never a crash."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import resolve

from maplebridge.incidents.api import triage_incident
from maplebridge.incidents.tests import factories as made
from maplebridge.incidents.tests import given
from maplebridge.inspections.api import points_for
from maplebridge.inspections.tests import given as visits
from maplebridge.orders.api import split_incident
from maplebridge.orders.models import Order
from maplebridge.people.models import Post
from maplebridge.places.tests import factories as places
from maplebridge.teams.tests import factories as teams

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

CHIEF, DESK, CLERK, CAPTAIN, NOBODY = "P007", "P001", "P003", "captain", ""
OFFICER, OTHER = "P010", "P020"
ASKED = [p.code for p in points_for("restaurant", gas=True, day=date(2026, 7, 14))]
AT_FAULT = ("exit_blocked-words", "exit_blocked-way", "exit_blocked-mend_by",
            "exit_blocked-major", "exit_blocked-picture")  # fmt: skip
HERE = f"/stations/{places.STATION}"
POINT = ("place_words", "lon", "lat", "precision_m", "frame")
# Who posts, where, and the fields that are read there.
FORMS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (NOBODY, "/", ("intake_key", "narrative", "picture", "phone", "safe_contact", *POINT)),
    (NOBODY, "/follow/{code}/add/", ("add-intake_key", "add-words", "add-picture")),
    (NOBODY, "/follow/{code}/settled/", ("settled-intake_key", "settled-words")),
    (NOBODY, "/follow/{code}/survey/", ("contacted", "solved", "satisfied", "words")),
    (NOBODY, "/follow/{code}/reopen/", ("reopen-reason",)),
    (NOBODY, "/signin/", ("username", "password", "next", "card")),
    (DESK, "/posts/", ("post",)),
    (DESK, "/language/", ("language", "next")),
    (CHIEF, f"{HERE}/presence/", ("duty_post", "present", "day")),
    (CHIEF, f"{HERE}/zones/", (
        "zone-TOTAL_FORMS", "zone-INITIAL_FORMS", "zone-0-code", "zone-0-kind", "zone-0-name",
        "zone-0-capacity", "zone-0-opens", "zone-0-closes", "zone-0-theme",
    )),
    (DESK, "/desk/call/", (
        "intake_key", "narrative", "phone", "name", "safe_contact", "channel", "call_type",
        "source_ref", "confidential", "reported_at", "answered_at", "call_ended_at", *POINT,
    )),
    (DESK, "/desk/{code}/triage/", (
        "category", "subtype", "urgency", "police_label", "lead_agency", "co_agencies", "place",
        "reason", "safe_contact", *POINT,
    )),
    (DESK, "/desk/{code}/merge/", ("master",)),
    (DESK, "/desk/{code}/undo-merge/", ()),
    (DESK, "/desk/{code}/contact/", ("purpose",)),
    (DESK, "/desk/{code}/add/", ("add-intake_key", "add-words", "add-picture")),
    (DESK, "/desk/{code}/scene-report/", (
        "outcome", "measures", "injuries", "answer", "final_category", "final_subtype", "reason",
    )),
    (DESK, "/desk/{code}/call-back/", ("call-reached", "call-note")),
    (DESK, "/desk/{code}/reopen/", ("reopen-reason",)),
    (DESK, "/desk/{code}/invalid/", ("invalid-reason",)),
    (DESK, "/desk/{code}/send/", ("units", "volunteers")),
    *((CLERK, f"/desk/orders/{{order}}/{verb}/", ("answer", "reason", "names_agency", "next"))
      for verb in ("answer", "return")),
    (DESK, "/desk/orders/{order}/reissue/", ("agency", "next")),
    (DESK, "/desk/orders/{order}/urge/", ("next",)),
    (CAPTAIN, "/field/me/availability/", ("state", "hours")),
    (CAPTAIN, "/field/me/hours/", ("from_0", "to_0", "from_6", "to_6")),
    (CAPTAIN, "/field/me/consent/", ("given",)),
    (CAPTAIN, "/teams/{team}/skill/", ("volunteer", "skill", "valid_until")),
    (OFFICER, "/field/visit/", ("lon", "lat")),
    (OFFICER, "/field/visit/at/P2/", (
        "intake_key", "visited_at", *AT_FAULT, *(f"{code}-verdict" for code in ASKED),
    )),
    (OTHER, "/desk/hazards/{hazard}/fail/", ("words", "mend_by")),
    (OTHER, "/desk/hazards/{hazard}/recheck/", ("words",)),
    (CHIEF, "/desk/hazards/{hazard}/dismiss/", ("words",)),
)  # fmt: skip
ODD: dict[str, object] = {
    "missing": None,
    "empty": "",
    "long": "长" * 12_000,
    "digits": "9" * 5_000,
    "wide": "9" * 25,
    "nul": "a\x00b",
    "minus": "-1",
    "superscript": "²",
    "infinite": "1e999",
    "year": "9999-12-31",
    "braces": "{0} {x!r} %s <b>",
    "many": ["1", "x", ""],
}
WORST = ("wide", "nul")  # tried in each field by itself, beside usual ones
USUAL = {
    "intake_key": "5f0e5f76-7d9c-4c69-8f4f-6f3b5e8d1c11", "narrative": "路灯不亮", "frame": "",
    "lon": "120.5475", "lat": "27.5822", "category": "social_linkage", "urgency": "P2",
    "subtype": "facility.manhole", "police_label": "non_police", "lead_agency": "UMLE",
    "channel": "phone", "safe_contact": "unknown", "call_type": "", "reported_at": "",
    "answered_at": "", "call_ended_at": "", "picture": "", "phone": "", "outcome": "resolved",
    "state": "paused", "hours": "4", "from_0": "08:00", "to_0": "09:00", "from_6": "", "to_6": "",
    "final_category": "social_linkage", "final_subtype": "", "call-reached": "yes",
    "purpose": "call_back", "contacted": "yes", "solved": "yes", "satisfied": "yes",
    "skill": "first_aid", "valid_until": "2099-01-01", "names_agency": "COMM", "agency": "COMM",
    "zone-TOTAL_FORMS": "1", "zone-INITIAL_FORMS": "0", "zone-0-kind": "studio",
    "zone-0-opens": "08:00", "zone-0-closes": "18:00", "zone-0-code": "", "zone-0-theme": "",
    "co_agencies": "", "place": "", "card": "", "next": "/desk/",
    **{f"{code}-verdict": "good" for code in ASKED}, "exit_blocked-verdict": "fault",
    "exit_blocked-words": "安全出口上锁", "exit_blocked-way": "handed",
    "exit_blocked-mend_by": "", "exit_blocked-picture": "", "visited_at": "",
}  # fmt: skip


@pytest.fixture
def city(tmp_path: Path, settings: Any) -> dict[str, str]:
    """One matter with an order, one team; what stands in the addresses."""
    settings.MEDIA_ROOT = tmp_path
    settings.MAPLEBRIDGE = replace(settings.MAPLEBRIDGE, posts_per_minute=0)
    made.city_with_people()
    code = given.report().code
    triage_incident(code, given.TRIAGE, actor=given.desk())
    incident = made.only_incident()
    split_incident(incident.pk, actor=given.desk())
    order = Order.objects.get(agency_code="UMLE")
    captain = teams.volunteer()
    assert captain.account is not None
    Post.objects.create(
        code=CAPTAIN, role="team_captain", account=captain.account, volunteer_ref=captain.pk
    )
    team = teams.team(captain=captain)
    hazard = visits.hazard("until").code
    return {"code": code, "order": str(order.pk), "team": team.code, "hazard": hazard}


def browser(code: str) -> Client:
    if not code:
        return Client(raise_request_exception=False)
    return made.browser(code, raise_request_exception=False)


ROWS = [pytest.param(*row, id=row[1]) for row in FORMS]


def words(name: str) -> bool:
    """Free words are read for what they mean, which thousands of figures only make slow."""
    return name.endswith(("narrative", "words", "reason", "answer", "measures", "note", "name"))


@pytest.mark.parametrize(("who", "path", "names"), ROWS)
def test_odd_values_are_refused_and_never_break_the_page(
    city: dict[str, str], who: str, path: str, names: tuple[str, ...]
) -> None:
    """All fields odd at once, then each by itself beside usual words."""
    url, client, broken = path.format(**city), browser(who), []
    assert resolve(url).url_name  # a renamed address would leave its row testing nothing
    for odd, value in ODD.items():
        for name in (*names, "") if odd in WORST else ("",):
            odd_ones = [n for n in names if name in (n, "") and not (odd == "digits" and words(n))]
            sent = {n: value if n in odd_ones else USUAL.get(n, "1") for n in names}
            status = client.post(url, {n: v for n, v in sent.items() if v is not None}).status_code
            if status >= 500:
                broken.append((odd, name or "every field", status))
    assert not broken
