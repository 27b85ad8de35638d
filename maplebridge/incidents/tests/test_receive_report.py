"""Receiving: once and only once, nothing lost, the place as it is."""

from __future__ import annotations

import io
import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from maplebridge.incidents.api import ContactIn, Intake, clean_picture, receive_report
from maplebridge.incidents.models import Contact, Incident, Report, StatusChange
from maplebridge.incidents.tests import given
from maplebridge.kernel.actor import RESIDENT
from maplebridge.kernel.capabilities import capabilities
from maplebridge.kernel.clock import now
from maplebridge.kernel.errors import BadInput
from maplebridge.kernel.geo import Point
from maplebridge.kernel.journal.models import JournalEntry
from maplebridge.places.tests.factories import A1, AT_SEA, BEAT_WEST

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_city(db: None) -> None:
    given.city()


def test_a_report_becomes_an_incident_in_its_grid_with_one_change_and_one_entry() -> None:
    received = given.report(
        contact=ContactIn(name="陈", phone="138 0000 0000", safe_contact="safe")
    )
    incident = Incident.objects.select_related("cell", "beat").get(pk=received.incident_id)
    assert incident.code == received.code
    assert (incident.cell_code, incident.beat and incident.beat.code) == (A1, BEAT_WEST)
    assert incident.place_status == "located"
    assert Report.objects.get(incident=incident).narrative == given.DRAIN
    assert Contact.objects.get(incident=incident).phone == "13800000000"
    assert StatusChange.objects.get(incident=incident).to_state == "received"
    (entry,) = JournalEntry.objects.filter(kind="incidents.report_received")
    assert entry.data["incident_id"] == incident.pk
    assert "138" not in str(entry.data)


def test_the_contact_is_sealed_in_the_database() -> None:
    given.report(contact=ContactIn(phone="13800000000"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM incidents_contact")
        assert "13800000000" not in cursor.fetchone()[0]


def test_the_same_key_finds_the_first_answer_and_writes_nothing() -> None:
    first = given.report(key="same")
    again = given.report("something else entirely", key="same")
    assert (again.code, again.repeated) == (first.code, True)
    assert Incident.objects.count() == Report.objects.count() == 1
    assert JournalEntry.objects.filter(kind="incidents.report_received").count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_database_is_asked_once() -> None:
    """With writable CTEs a report is one statement, and so one commit; three were allowed."""
    given.report()  # fills the cache of grids
    with CaptureQueriesContext(connection) as asked:
        given.report(contact=ContactIn(phone="13800000000"))
    said = [q["sql"] for q in asked.captured_queries]
    if capabilities().writable_ctes:
        assert len(said) == 1, said
    else:  # incident, report, contact, change, entry between BEGIN and COMMIT
        assert len(said) == 7, said


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("井盖不见了 😱🚨", "井盖不见了 😱🚨"),
        ("مساعدة من فضلك", "مساعدة من فضلك"),
        ("a\x00b\x07c\x1b[31m漏水", "abc[31m漏水"),
        ("正常\u202eesrever", "正常esrever"),
        ("第一行\r\n第二行", "第一行\n第二行"),
    ],
)
def test_words_are_kept_and_tricks_are_not(words: str, kept: str) -> None:
    received = given.report(words)
    assert Report.objects.get(incident_id=received.incident_id).narrative == kept


@pytest.mark.parametrize("words", ["", "   \n\t", "\x00\x01", "\u200e", "...。！"])
def test_nothing_said_is_refused_with_a_sentence(words: str) -> None:
    with pytest.raises(BadInput) as refusal:
        given.report(words)
    assert "narrative" in refusal.value.fields
    assert not Incident.objects.exists()


def test_far_too_much_is_refused() -> None:
    with pytest.raises(BadInput):
        given.report("水" * 10_001)


def test_a_point_in_no_grid_is_kept_and_shown_as_such() -> None:
    received = given.report(at=AT_SEA)
    incident = Incident.objects.get(pk=received.incident_id)
    assert (incident.place_status, incident.cell) == ("outside", None)
    assert (incident.lon, incident.lat) == AT_SEA


def test_words_alone_and_nothing_at_all_are_told_apart() -> None:
    words = given.report(at=None, place_words="望潮公交站")
    nothing = given.report(at=None)
    statuses = dict(Incident.objects.values_list("pk", "place_status"))
    assert statuses[words.incident_id] == "words_only"
    assert statuses[nothing.incident_id] == "unknown"


@pytest.mark.parametrize("point", [Point(181, 0), Point(0, -91), Point(float("nan"), 27)])
def test_a_forged_place_is_refused(point: Point) -> None:
    with pytest.raises(BadInput):
        receive_report(Intake(key="k", narrative="漏水", point=point), actor=RESIDENT)


def test_times_that_cannot_be_are_refused_and_a_fast_phone_clock_is_not() -> None:
    for wrong in (now() + timedelta(hours=1), datetime(1980, 1, 1, tzinfo=UTC)):
        with pytest.raises(BadInput):
            given.report(reported_at=wrong)
    assert given.report(reported_at=now() + timedelta(minutes=5)).code


def test_a_calls_three_clocks_stand_in_their_order() -> None:
    came = now() - timedelta(minutes=3)
    picked, hung = came + timedelta(seconds=9), came + timedelta(seconds=95)
    taken = given.report(reported_at=came, answered_at=picked, call_ended_at=hung, channel="phone")
    row = Report.objects.get(incident_id=taken.incident_id)
    assert (row.reported_at, row.answered_at, row.call_ended_at) == (came, picked, hung)
    for name, wrong in (
        ("answered_at", came - timedelta(seconds=5)),
        ("call_ended_at", picked - timedelta(seconds=5)),
        ("call_ended_at", now() + timedelta(hours=1)),
        ("answered_at", datetime(2026, 7, 14, 9)),  # noqa: DTZ001  without a zone, as senders do
    ):
        clocks: dict[str, Any] = {
            "reported_at": came,
            "answered_at": picked,
            "call_ended_at": hung,
            name: wrong,
        }
        with pytest.raises(BadInput) as refused:
            given.report(channel="phone", **clocks)
        assert set(refused.value.fields) == {name}


def test_a_picture_loses_its_metadata_and_a_wrong_file_is_refused() -> None:
    picture = Image.new("RGB", (3000, 1000), "red")
    exif = picture.getexif()
    exif[0x010E] = "somebody's home"
    raw = io.BytesIO()
    picture.save(raw, "JPEG", exif=exif)
    clean = clean_picture(raw.getvalue(), most_bytes=10_000_000)
    assert b"somebody" not in clean.content
    assert max(clean.width, clean.height) == 2048
    for wrong in (b"%PDF-1.4 not a picture", b"", raw.getvalue()[:200], b"GIF89a" + b"\x00" * 50):
        with pytest.raises(BadInput):
            clean_picture(wrong, most_bytes=10_000_000)
    with pytest.raises(BadInput):
        clean_picture(raw.getvalue(), most_bytes=1000)


@pytest.mark.django_db(transaction=True)
def test_the_same_key_from_twenty_sides_at_once_makes_one_incident() -> None:
    given.city()
    codes: list[str] = []
    failures: list[BaseException] = []
    start = threading.Barrier(8)

    def send() -> None:
        try:
            start.wait(timeout=10)
            for _ in range(3):
                codes.append(given.report(key="contested").code)
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not failures
    assert len(codes) == 24
    assert len(set(codes)) == 1
    assert Incident.objects.count() == 1
