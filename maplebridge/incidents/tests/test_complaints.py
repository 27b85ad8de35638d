"""A complaint about the police: the desk passes it on and loses sight of it; others handle it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from maplebridge.incidents.models import Incident
from maplebridge.incidents.tests import factories as made
from maplebridge.incidents.tests import given
from maplebridge.people.models import Account, Agency, Post

pytestmark = pytest.mark.django_db
WORDS = "昨天去窗口报案，值班的人让我改天再来，态度很差，我要投诉。"
COMPLAINT = {
    "category": "complaint_on_police", "urgency": "P4", "police_label": "police",
    "lead_agency": "PSB-INSP", "co_agencies": [], "safe_contact": "safe", "place": "",
    "place_words": "",
}  # fmt: skip
REPORT = {
    "outcome": "resolved", "measures": "调取记录并听取双方说明", "answer": "核查结果已书面答复。",
    "final_category": "complaint_on_police",
}  # fmt: skip


@pytest.fixture(autouse=True)
def small_city(db: None, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    made.city_with_people()
    agency = Agency.objects.create(code="PSB-INSP", name="督察", name_en="x", kind="police")
    account = Account.objects.create_user("ke", display_name="柯")
    Post.objects.create(code="KE", role="inspectorate", account=account, agency=agency)


def passed_on() -> str:
    code = given.report(WORDS, at=None).code
    made.browser().post(made.desk_url(code, "triage"), COMPLAINT)
    return code


def finds(client: Client) -> bool:
    return "我要投诉" in made.page(client.get("/desk/"))


def test_once_judged_the_desk_no_longer_sees_it() -> None:
    code = given.report(WORDS, at=None).code
    lin = made.browser()
    assert finds(lin)  # somebody has to judge it
    told = lin.post(made.desk_url(code, "triage"), COMPLAINT, follow=True)
    assert told.redirect_chain[-1] == ("/desk/", 302)
    assert "不再可见" in made.page(told)
    assert not finds(lin)
    assert lin.get(made.desk_url(code)).status_code == 404
    assert lin.post(made.desk_url(code, "close")).status_code == 404
    assert made.browser("P007").get(made.desk_url(code)).status_code == 404  # the chief


def test_the_inspectorate_finds_it_and_sees_it_through() -> None:
    code = passed_on()
    ke = made.browser("KE")
    assert finds(ke)
    assert ke.get(made.desk_url(code)).status_code == 200
    for verb, data in (
        ("scene_report", REPORT),
        ("call_back", {"call-reached": "yes", "call-note": "已说明"}),
        ("close", {}),
    ):
        assert ke.post(made.desk_url(code, verb), data).status_code == 302
    assert Incident.objects.get(code=code).state == "closed"


def test_what_was_no_complaint_goes_back_to_the_desk() -> None:
    code = passed_on()
    ke = made.browser("KE")
    again = {**COMPLAINT, "category": "consultation", "lead_agency": "PSB"}
    ke.post(made.desk_url(code, "triage"), {**again, "reason": "是咨询办理时间"})
    assert Incident.objects.get(code=code).category == "consultation"
    assert made.browser().get(made.desk_url(code)).status_code == 200


def test_the_inspectorate_sees_nothing_else() -> None:
    code = given.report().code
    ke = made.browser("KE")
    assert ke.get(made.desk_url(code)).status_code == 404
    assert ke.post(made.desk_url(code, "triage"), COMPLAINT).status_code == 404
