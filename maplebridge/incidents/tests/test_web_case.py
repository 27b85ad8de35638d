"""The incident's page: one next step, every verb by its door, hidden and absent alike."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from maplebridge.incidents import api
from maplebridge.incidents.models import (
    Contact,
    ContactReading,
    Incident,
    MergeLink,
    ReturnVisit,
    Suggestion,
    TriageDecision,
)
from maplebridge.incidents.tests import factories as made
from maplebridge.incidents.tests import given
from maplebridge.kernel.numbers import check_symbol, spaced
from maplebridge.kernel.testing import assert_no_personal, frozen

pytestmark = pytest.mark.django_db
UNKNOWN = "2222222" + "3" + check_symbol("22222223")
GAS = "潮平小吃街这边，隔壁炒粉摊煤气瓶一股好大的味道，我怕要炸，快来人啊！"
VERBS = (
    "triage", "merge", "undo_merge", "contact", "add", "scene_report", "call_back", "close",
    "reopen", "invalid",
)  # fmt: skip


@pytest.fixture(autouse=True)
def small_city(db: None, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    made.city_with_people()


def shown(code: str, client: Client | None = None) -> str:
    response = (client or made.browser()).get(made.desk_url(code))
    assert response.status_code == 200
    return made.page(response)


def filled(code: str, client: Client | None = None, **changed: Any) -> dict[str, Any]:
    """What one Enter sends: the decision form as the page filled it in."""
    form = (client or made.browser()).get(made.desk_url(code)).context["triage"]
    values = {name: form[name].value() for name in form.fields}
    return {**{k: v for k, v in values.items() if v is not None}, **changed}


def do(code: str, verb: str, data: dict[str, Any] | None = None, **how: Any) -> Any:
    return made.browser(**how).post(made.desk_url(code, verb), data or {})


DECISION = {
    "category": "social_linkage",
    "urgency": "P2",
    "police_label": "non_police",
    "lead_agency": "UMLE",
    "co_agencies": ["COMM"],
    "safe_contact": "unknown",
    "place": "",
    "place_words": "",
}


def test_one_enter_takes_every_suggestion_with_its_reasons_on_the_page() -> None:
    code = given.report(GAS, at=None).code
    made.suggest(code)
    html = shown(code)
    assert "ev-danger" in html
    assert "很有把握" in html or "较有把握" in html
    main = re.search(r'<button class="btn btn-main" id="main-act" form="triage"[^>]*>', html)
    assert main is not None and "autofocus" in main.group()
    response = do(code, "triage", filled(code))
    assert response["Location"] == made.desk_url(code)
    incident, decision = Incident.objects.get(code=code), TriageDecision.objects.get()
    said = {s.aspect: s.value for s in Suggestion.objects.all()}
    assert incident.state == "triaged"
    assert (incident.category, incident.urgency) == (said["category"], said["urgency"])
    assert decision.overruled == []
    assert incident.lon is not None  # the place the words named


def test_one_changed_field_is_a_correction_beside_the_suggestion() -> None:
    code = given.report(GAS).code
    made.suggest(code)
    do(code, "triage", filled(code, urgency="P3"))
    assert TriageDecision.objects.get().overruled == ["urgency"]
    assert Incident.objects.get(code=code).urgency == "P3"


def test_without_the_brain_the_form_is_empty_and_works(settings: Any) -> None:
    code = given.report().code
    html = shown(code)
    assert 'class="sure' not in html
    assert do(code, "triage", DECISION).status_code == 302
    incident = Incident.objects.get(code=code)
    assert (incident.state, incident.co_agencies) == ("triaged", ["COMM"])


def test_suggestions_that_come_late_do_not_touch_what_is_typed() -> None:
    code = given.report(GAS).code
    assert 'id="pending"' in shown(code)
    made.suggest(code)
    fragment = made.browser().get(
        made.desk_url(code), headers={"HX-Request": "true", "HX-Target": "pending"}
    )
    assert "建议到了" in made.page(fragment)
    assert "建议到了" not in shown(code)


def test_an_unusable_decision_is_said_field_by_field_and_kept() -> None:
    code = given.report().code
    response = do(code, "triage", {**DECISION, "category": "", "urgency": "P9", "reason": "因为"})
    assert response.status_code == 422
    form = response.context["triage"]
    assert "urgency" in form.errors
    assert form["reason"].value() == "因为"
    assert Incident.objects.get(code=code).state == "received"
    unknown = do(code, "triage", {**DECISION, "lead_agency": "NOBODY"})
    assert "lead_agency" in unknown.context["triage"].errors


def test_a_forged_place_is_none_of_the_offered_ones() -> None:
    code = given.report(at=None).code
    response = do(code, "triage", {**DECISION, "place": "forged"})
    assert "place" in response.context["triage"].errors
    nowhere = do(code, "triage", {**DECISION, "lon": "999", "lat": "1"})
    assert nowhere.status_code == 422
    assert Incident.objects.get(code=code).lon is None


def test_a_pin_of_the_desk_moves_the_incident_to_its_grid() -> None:
    code = given.report(at=None).code
    do(code, "triage", {**DECISION, "lon": "120.5475", "lat": "27.5822", "precision_m": "8"})
    incident = Incident.objects.get(code=code)
    assert (incident.place_status, incident.point_source) == ("located", "desk")


def test_a_later_correction_keeps_the_first_category_and_asks_why() -> None:
    code = given.report().code
    do(code, "triage", {**DECISION, "category": "dispute"})
    refused = do(code, "triage", {**DECISION, "category": "criminal"})
    assert "reason" in refused.context["triage"].errors
    do(code, "triage", {**DECISION, "category": "criminal", "reason": "对方持刀"})
    incident = Incident.objects.get(code=code)
    assert (incident.initial_category, incident.category) == ("dispute", "criminal")


def test_the_page_leads_with_one_next_step_from_received_to_closed() -> None:
    code = given.report(contact=api.ContactIn(phone="13800000000", safe_contact="safe")).code
    incident = Incident.objects.get(code=code)
    assert "请研判这是什么事" in shown(code)
    do(code, "triage", {**DECISION, "safe_contact": "safe"})
    assert "派人去，或者答复解决" in shown(code)
    api.note_dispatched(incident.pk, actor=given.desk())
    assert "人已经在路上" in shown(code)
    api.note_arrived(incident.pk, actor=given.desk())
    assert "有人到场了" in shown(code)
    report = {"outcome": "resolved", "measures": "装上新井盖", "answer": "井盖装好了。"}
    do(code, "scene_report", {**report, "final_category": "social_linkage"})
    assert "回访，问问是不是解决了" in shown(code)
    do(code, "call_back", {"call-reached": "yes", "call-note": "满意"})
    assert ReturnVisit.objects.get().reached
    assert "已反馈，可以办结" in shown(code)
    do(code, "close")
    assert "三十天内居民可以重开" in shown(code)
    do(code, "reopen", {"reopen-reason": "又松了"})
    assert "居民重开了，请重新研判" in shown(code)


def test_a_scene_report_without_an_answer_is_asked_for_and_kept() -> None:
    code = given.report().code
    do(code, "triage", DECISION)
    typed = {"outcome": "resolved", "measures": "换了井盖", "final_category": "dispute"}
    response = do(code, "scene_report", typed)
    assert response.status_code == 422
    assert set(response.context["scene"].errors) == {"answer"}
    assert "换了井盖" in made.page(response)


def test_a_step_somebody_else_took_first_leads_back_with_a_sentence() -> None:
    code = made.settled()
    do(code, "close")
    client = made.browser()
    response = client.post(made.desk_url(code, "close"), follow=True)
    assert response.redirect_chain
    assert 'class="said-error"' in made.page(response)
    script = client.post(
        made.desk_url(code, "scene_report"),
        {"outcome": "resolved", "measures": "a", "answer": "b", "final_category": "other"},
        headers={"X-Maplebridge-Draft": "1"},
    )
    assert script.status_code == 409  # the script keeps the words


def test_the_contact_is_shown_for_a_purpose_only_and_never_kept_anywhere() -> None:
    code = given.report(contact=api.ContactIn(name="陈小禾", phone="13812345678")).code
    assert_no_personal(shown(code), [Contact.objects.get()])
    refused = do(code, "contact", {"purpose": "curiosity"})
    assert refused.status_code == 422
    client = made.browser()
    response = client.post(made.desk_url(code, "contact"), {"purpose": "call_back"})
    assert "13812345678" in made.page(response)
    assert "no-store" in response["Cache-Control"]
    assert ContactReading.objects.get().purpose == "call_back"
    assert "13812345678" not in shown(code, client)


def test_possible_duplicates_show_their_parts_and_merge_and_undo_restore() -> None:
    first = given.report("潮平小吃街炒粉摊煤气味好大，怕要炸").code
    made.suggest(first)
    second = given.report("潮平小吃街炒粉摊那边煤气味很大").code
    made.suggest(second)
    html = shown(second)
    assert made.desk_url(first) in html
    assert "相距" in html
    client = made.browser()
    response = client.post(made.desk_url(second, "merge"), {"master": first})
    assert response["Location"] == made.desk_url(second)
    html = shown(second, client)
    assert spaced(first) in html  # in the message
    assert 'data-key="u"' in html
    assert made.desk_url(second) in shown(first)
    do(second, "undo_merge")
    assert Incident.objects.get(code=second).state == "received"
    assert MergeLink.objects.get().undone_at is not None


def test_the_earlier_of_two_leads_whichever_page_one_is_on() -> None:
    with frozen() as clock:
        early = given.report("潮平小吃街炒粉摊煤气味好大，怕要炸").code
        clock.move(minutes=3)
        late = given.report("潮平小吃街炒粉摊那边煤气味很大").code
        made.suggest(late)
        made.suggest(early)  # the brain was slow with the first one
        assert made.desk_url(late, "merge") in shown(early)
        assert made.desk_url(late, "merge") in shown(late)
        do(late, "merge", {"master": early})
        assert "是同一件吗" not in shown(early)  # nothing open is left to ask about


def test_other_incidents_show_only_to_who_may_see_them() -> None:
    from maplebridge.places.tests.factories import INSIDE_B1

    hidden = given.report("潮平小吃街炒粉摊煤气味好大，怕要炸").code
    made.suggest(hidden)
    own = given.report("潮平小吃街炒粉摊那边煤气味很大", at=INSIDE_B1).code
    made.suggest(own)
    assert made.desk_url(hidden) in shown(own)
    assert made.desk_url(hidden) not in shown(own, made.bao())


@pytest.mark.parametrize("master", ["", "nonsense", UNKNOWN])
def test_merging_into_nothing_is_a_404(master: str) -> None:
    assert do(given.report().code, "merge", {"master": master}).status_code == 404


def test_not_valid_takes_two_different_people() -> None:
    code = given.report().code
    for _twice in range(2):
        do(code, "invalid", {"invalid-reason": "误拨"})
    assert Incident.objects.get(code=code).state == "received"
    assert "您已标记" in shown(code)
    second = made.browser("P002")
    second.post(made.desk_url(code, "invalid"), {"invalid-reason": "是误拨"})
    assert Incident.objects.get(code=code).state == "invalid"


def test_an_addition_of_the_desk_stands_beside_the_first_words() -> None:
    code = given.report().code
    do(code, "add", {"add-words": "来电人又说有孩子在旁边"})
    html = shown(code)
    assert "来电人又说有孩子在旁边" in html
    assert "值班台作了补充" in html
    assert do(code, "add", {"add-words": ""}).status_code == 422


def test_a_picture_is_served_to_who_may_see_it_and_nobody_sniffs() -> None:
    made_picture = api.clean_picture(made.photo().read(), most_bytes=10**7)
    code = given.report(pictures=(made_picture,)).code
    picture = Incident.objects.get(code=code).attachments.get()
    url = made.desk_url(code, "picture", picture.pk)
    assert url in shown(code)
    response = made.browser().get(url)
    assert response["Content-Type"] == "image/jpeg"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert b"".join(response.streaming_content)[:2] == b"\xff\xd8"  # type: ignore[attr-defined]
    assert made.bao().get(url).status_code == 404
    assert Client().get(url).status_code == 302
    other = given.report().code
    assert made.browser().get(made.desk_url(other, "picture", picture.pk)).status_code == 404


def test_hidden_and_absent_look_the_same() -> None:
    hidden = given.report().code  # A1; Bao's grid is B1
    client = made.bao()
    pages = [client.get(made.desk_url(code)) for code in (hidden, UNKNOWN, "nonsense")]
    assert [p.status_code for p in pages] == [404, 404, 404]
    plain = {
        re.sub(r"[0-9a-f]{32}|/desk/[^\"<]*|\d{4}-\d\d-\d\dT[^\"]*|value=\"[^\"]*\"", "", text)
        for text in (re.sub(r'content="[^"]*"|hx-headers=.*', "", made.page(p)) for p in pages)
    }
    assert len(plain) == 1


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_is_a_post_with_a_token_and_a_scope(verb: str) -> None:
    code = given.report().code
    url = made.desk_url(code, verb)
    assert made.browser().get(url).status_code == 405
    assert made.browser(enforce_csrf_checks=True).post(url).status_code == 403
    assert made.bao().post(url).status_code == 404
    assert Client().post(url).status_code == 403
    assert made.browser().post(made.desk_url(UNKNOWN, verb)).status_code == 404


@pytest.mark.parametrize("verb", ["triage", "close", "call_back", "contact", "invalid"])
def test_who_may_read_may_not_yet_decide(verb: str) -> None:
    code = given.report(contact=api.ContactIn(phone="13812345678")).code
    reads = made.browser("P020")  # auxiliary officer: the station's incidents, no decisions
    html = made.page(reads.get(made.desk_url(code)))
    assert 'form="triage"' not in html
    assert "13812345678" not in html
    data = {**DECISION, "purpose": "call_back", "call-reached": "yes", "invalid-reason": "x"}
    assert reads.post(made.desk_url(code, verb), data).status_code == 403


def test_visitors_sign_in_first_whether_or_not_there_is_something() -> None:
    for code in (given.report().code, UNKNOWN):
        response = Client().get(made.desk_url(code))
        assert response.status_code == 302
        assert response["Location"].startswith("/signin/")


def test_a_long_history_costs_no_more_queries() -> None:
    code = given.report().code
    client = made.browser()
    shown(code, client)  # fills what the process holds in memory
    few = made.queries_of(lambda: shown(code, client))
    for number in range(9):
        api.add_supplement(code, f"第{number}句", actor=given.desk())
    assert made.queries_of(lambda: shown(code, client)) == few


def test_english_readers_read_english() -> None:
    code = given.report(GAS).code
    made.suggest(code)
    response = made.browser().get(made.desk_url(code), headers={"Accept-Language": "en"})
    html = made.page(response)
    assert "In their own words" in html
    assert "Confirm the decision" in html
