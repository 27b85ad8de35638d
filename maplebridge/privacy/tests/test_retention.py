"""The shredder: every timed field is known to it, and it empties on time and not before."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from maplebridge.incidents import api as incidents
from maplebridge.incidents.models import Attachment, Contact, Incident, Report, StopPayment
from maplebridge.incidents.tests import given
from maplebridge.kernel.journal.sealing import seal_next, verify
from maplebridge.kernel.testing import frozen
from maplebridge.privacy.api import apply_retention, fields_by_time

pytestmark = pytest.mark.django_db(transaction=True)


def test_every_timed_field_says_what_it_counts_from() -> None:
    found = list(fields_by_time())
    assert found
    for due in found:
        assert due.since, f"{due.model._meta.label} needs `kept_from` for {due.field}"
        due.model._default_manager.filter(**{f"{due.since}__isnull": True}).exists()


def closed_report() -> Incident:
    picture = io.BytesIO()
    Image.new("RGB", (40, 40), "green").save(picture, "PNG")
    code = given.report(
        contact=incidents.ContactIn(name="陈", phone="13800000000", safe_contact="safe"),
        pictures=(incidents.clean_picture(picture.getvalue(), most_bytes=10_000),),
    ).code
    incidents.triage_incident(code, given.TRIAGE, actor=given.desk())
    incidents.file_scene_report(
        code,
        incidents.SceneReportIn(outcome="resolved", measures="装好", answer="装好了"),
        actor=given.desk(),
    )
    incidents.close_incident(code, actor=given.desk())
    return Incident.objects.get(code=code)


def test_values_go_when_their_time_is_over_and_the_proof_stays() -> None:
    given.city()
    with frozen() as clock:
        incident = closed_report()
        file = Path(Attachment.objects.get().file.path)
        while seal_next():
            pass
        clock.move(hours=71)
        assert apply_retention() == {}
        clock.move(hours=2)
        assert apply_retention() == {"incidents.Incident.lat": 1, "incidents.Incident.lon": 1}
        clock.move(days=190)
        apply_retention()
        contact = Contact.objects.get()
        assert (contact.name, contact.phone, contact.token) == ("", "", "")
        assert Report.objects.get().narrative == given.DRAIN
        assert file.exists()
        clock.move(days=3 * 366)
        apply_retention()
        assert Report.objects.get().narrative == ""
        assert not file.exists()
        assert apply_retention() == {}
    assert Incident.objects.get(pk=incident.pk).cell_code  # figures by grid stay
    assert verify().whole


def test_an_open_matter_keeps_everything() -> None:
    given.city()
    with frozen() as clock:
        given.report(contact=incidents.ContactIn(phone="13800000000"))
        clock.move(days=4000)
        assert apply_retention() == {}


def test_a_card_for_stopping_a_payment_is_empty_three_days_after_closing() -> None:
    given.city()
    card = incidents.StopPaymentCard(victim="陈", own_account="6222 0212", amount="38,000")
    with frozen() as clock:
        code = given.report().code
        incidents.note_stop_payment(code, card, seen=0, actor=given.desk())
        incidents.triage_incident(code, given.TRIAGE, actor=given.desk())
        done = incidents.SceneReportIn(outcome="resolved", measures="止付", answer="已止付")
        incidents.file_scene_report(code, done, actor=given.desk())
        incidents.close_incident(code, actor=given.desk())
        clock.move(hours=71)
        apply_retention()
        assert StopPayment.objects.get().own_account == "6222 0212"
        clock.move(hours=2)
        emptied = apply_retention()
        row = StopPayment.objects.get()
    assert emptied["incidents.StopPayment.own_account"] == 1
    assert (row.victim, row.own_account, row.amount) == ("", "", "")
