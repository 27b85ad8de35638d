"""Report back, close, answer, reopen; and what may hurt somebody is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from maplebridge.incidents import api
from maplebridge.incidents.models import ContactReading, Incident
from maplebridge.incidents.tests import given
from maplebridge.kernel.actor import RESIDENT
from maplebridge.kernel.clock import now
from maplebridge.kernel.errors import BadInput, NotAllowed, NotFound, Refused
from maplebridge.kernel.journal.models import JournalEntry
from maplebridge.kernel.testing import frozen

pytestmark = pytest.mark.django_db
REPORT = api.SceneReportIn(outcome="resolved", measures="装上新井盖", answer="井盖已经装好。")


@pytest.fixture(autouse=True)
def small_city(db: None) -> None:
    given.city()


def settled() -> str:
    code = given.report(contact=api.ContactIn(phone="13800000000", safe_contact="safe")).code
    api.triage_incident(code, given.TRIAGE, actor=given.desk())
    api.file_scene_report(code, REPORT, actor=given.desk())
    return code


def test_the_whole_way_to_closing_and_back() -> None:
    code = settled()
    api.close_incident(code, actor=given.desk())
    api.answer_survey(code, contacted=True, solved="no", satisfied=False, actor=RESIDENT)
    api.reopen_incident(code, reason="又松了", actor=RESIDENT)
    incident = Incident.objects.get(code=code)
    assert (incident.state, incident.closed_at) == ("reopened", None)
    assert [c.verb for c in incident.changes.order_by("id")] == [
        "receive", "triage", "feed_back", "close", "reopen",
    ]  # fmt: skip


def test_after_thirty_days_it_is_reported_anew() -> None:
    with frozen() as clock:
        code = settled()
        api.close_incident(code, actor=given.desk())
        clock.move(days=31)
        with pytest.raises(Refused):
            api.reopen_incident(code, reason="", actor=RESIDENT)


def test_an_answer_before_the_end_is_too_early() -> None:
    code = given.report().code
    with pytest.raises(Refused):
        api.answer_survey(code, contacted=True, solved="yes", satisfied=True, actor=RESIDENT)


def test_a_scene_report_names_everything_missing() -> None:
    code = given.report().code
    api.triage_incident(code, given.TRIAGE, actor=given.desk())
    with pytest.raises(BadInput) as refusal:
        api.file_scene_report(
            code, api.SceneReportIn(outcome="", measures=" ", answer=""), actor=given.desk()
        )
    assert set(refusal.value.fields) == {"outcome", "measures", "answer"}


def test_calling_back_is_refused_where_it_may_put_somebody_in_danger() -> None:
    unsafe = given.report(contact=api.ContactIn(phone="138", safe_contact="unsafe")).code
    with pytest.raises(Refused) as refusal:
        api.record_call_back(unsafe, reached=True, note="", actor=given.desk())
    assert refusal.value.code == "call_back.unsafe"
    unknown = given.report("老公喝了酒又打我").code
    violence = replace(
        given.TRIAGE, category="public_order", subtype="domestic_violence", police_label="police"
    )
    api.triage_incident(unknown, violence, actor=given.desk())
    with pytest.raises(Refused) as refusal:
        api.record_call_back(unknown, reached=True, note="", actor=given.desk())
    assert refusal.value.code == "call_back.unknown"


def test_it_takes_two_people_to_set_a_report_aside() -> None:
    code = given.report("喂喂喂").code
    lin, wu = given.desk(), given.desk(name="wu")
    assert not api.mark_invalid(code, reason="无内容", actor=lin)
    assert not api.mark_invalid(code, reason="无内容", actor=lin)
    assert Incident.objects.get(code=code).state == "received"
    assert api.mark_invalid(code, reason="误拨", actor=wu)
    assert Incident.objects.get(code=code).state == "invalid"


def test_reading_a_contact_takes_a_purpose_and_leaves_a_trace() -> None:
    code = given.report(contact=api.ContactIn(phone="13800000000")).code
    with pytest.raises(BadInput):
        api.read_contact(code, "curious", actor=given.desk())
    with pytest.raises(NotAllowed):
        api.read_contact(code, "handle_incident", actor=given.grid_worker())
    assert api.read_contact(code, "call_back", actor=given.desk()).phone == "13800000000"
    assert ContactReading.objects.get().purpose == "call_back"
    assert JournalEntry.objects.filter(kind="incidents.contact_read").count() == 1


def test_additions_arrive_once() -> None:
    code = given.report().code
    first = api.add_supplement(code, "旁边还有一个也松了", actor=RESIDENT, key="k1")
    again = api.add_supplement(code, "旁边还有一个也松了", actor=RESIDENT, key="k1")
    assert first.pk == again.pk
    assert JournalEntry.objects.filter(kind="incidents.supplemented").count() == 1


def test_history_comes_in_with_its_changes_and_only_once() -> None:
    at = now() - timedelta(days=3)
    steps = (
        api.PastStep("receive", "received", at),
        api.PastStep("triage", "triaged", at + timedelta(minutes=1)),
        api.PastStep("feed_back", "fed_back", at + timedelta(hours=1)),
        api.PastStep("close", "closed", at + timedelta(hours=2)),
    )
    past = api.PastIncident(
        key="h1", narrative="路灯不亮", channel="phone", category="social_linkage", subtype="",
        urgency="P4", police_label="non_police", lead_agency="UMLE", reported_at=at, steps=steps,
        outcome="resolved", answer="已修",
    )  # fmt: skip
    codes = api.import_history([past], actor=given.desk())
    assert api.import_history([past], actor=given.desk()) == codes
    incident = Incident.objects.get()
    assert (incident.state, incident.closed_at) == ("closed", at + timedelta(hours=2))
    assert incident.changes.count() == 4
    assert JournalEntry.objects.filter(kind="incidents.history_imported").count() == 1


def test_marks_from_before_a_reopening_do_not_count_again() -> None:
    code = given.report("喂喂喂").code
    lin, wu = given.desk(), given.desk(name="wu")
    api.mark_invalid(code, reason="无内容", actor=lin)
    assert api.mark_invalid(code, reason="误拨", actor=wu)
    api.reopen_incident(code, reason="真的有事", actor=RESIDENT)
    api.triage_incident(code, given.TRIAGE, actor=lin)
    assert not api.mark_invalid(code, reason="又是空的", actor=lin)
    assert Incident.objects.get(code=code).state == "triaged"


def test_a_complaint_about_the_police_bypasses_the_station_it_may_be_about() -> None:
    code = given.report("民警态度很差", contact=api.ContactIn(phone="13800000000")).code
    complaint = given.triage(category="complaint_on_police", subtype="", police_label="police")
    api.triage_incident(code, complaint, actor=given.desk())
    incident = Incident.objects.get(code=code)
    officer = replace(given.desk("police_officer", "fang"), station_id=incident.station_id)
    with pytest.raises(NotFound):
        api.read_contact(code, "handle_incident", actor=officer)
    inspector = given.desk("inspectorate", "ke")
    assert api.read_contact(code, "handle_incident", actor=inspector).phone == "13800000000"
    with pytest.raises(NotAllowed):
        api.read_contact(code, "audit", actor=inspector)


def test_a_confidential_report_stays_off_the_street() -> None:
    code = given.report(confidential=True).code
    with pytest.raises(NotFound):
        api.access_incident(given.grid_worker(), code)
    assert api.access_incident(given.desk(), code).code == code


def test_the_sensitive_kinds_are_kinds_the_desk_knows() -> None:
    from maplebridge.incidents.calling import SENSITIVE
    from maplebridge.incidents.subtypes import subtypes

    assert set(subtypes()) >= SENSITIVE


def test_what_nobody_ends_is_ended_so_that_its_retention_begins() -> None:
    with frozen() as clock:
        master, duplicate = settled(), given.report().code
        api.merge_incidents(master, duplicate, actor=given.desk())
        clock.move(days=31)
        assert api.end_forgotten(actor=given.desk()) == (1, 1)
        assert api.end_forgotten(actor=given.desk()) == (0, 0)
    rows = dict(Incident.objects.values_list("code", "closed_at"))
    assert rows[duplicate] == rows[master]
    assert rows[master] is not None


def test_the_same_answer_twice_is_one_and_after_thirty_days_none() -> None:
    with frozen() as clock:
        code = settled()
        api.close_incident(code, actor=given.desk())
        for _ in range(3):
            api.answer_survey(code, contacted=True, solved="yes", satisfied=True, actor=RESIDENT)
        assert JournalEntry.objects.filter(kind="incidents.survey_answered").count() == 1
        clock.move(days=31)
        with pytest.raises(Refused):
            api.answer_survey(code, contacted=True, solved="no", satisfied=True, actor=RESIDENT)


def test_violence_at_home_is_never_ended_as_mediated() -> None:
    code = given.report().code
    violent = given.triage(
        category="public_order", subtype="domestic_violence", police_label="police"
    )
    api.triage_incident(code, violent, actor=given.desk())
    said = api.SceneReportIn(
        outcome="mediated", measures="双方谈好了", answer="已经调解", final_subtype="family",
        final_category="dispute", reason="按纠纷处理",
    )  # fmt: skip
    with pytest.raises(BadInput) as refused:
        api.file_scene_report(code, said, actor=given.desk())
    assert "outcome" in refused.value.fields, "nor by calling it a quarrel at the end"
    api.file_scene_report(code, replace(said, outcome="filed"), actor=given.desk())


def test_who_handled_it_does_not_close_it() -> None:
    code = settled()
    row = Incident.objects.get(code=code)
    officer = replace(given.desk("police_officer", "fang"), station_id=row.station_id)
    with pytest.raises(NotAllowed):
        api.close_incident(code, actor=officer)
    assert api.close_incident(code, actor=given.desk()).state == "closed"
