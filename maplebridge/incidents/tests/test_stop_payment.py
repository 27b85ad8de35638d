"""The card for stopping a payment: quick to write, sealed, read with a trace, soon empty."""

from __future__ import annotations

import re
from dataclasses import fields
from typing import Any

import pytest
from django.db import connection

from maplebridge.incidents import api
from maplebridge.incidents.actions.payments import PARTS, SEALED
from maplebridge.incidents.models import ContactReading, Incident, StopPayment
from maplebridge.incidents.records import StopPaymentCard
from maplebridge.incidents.tests import factories as made
from maplebridge.incidents.tests import given
from maplebridge.incidents.tests.test_web_case import GAS, UNKNOWN, shown
from maplebridge.kernel.errors import Conflict, NotAllowed, NotFound, Refused
from maplebridge.kernel.models import JournalEntry

pytestmark = pytest.mark.django_db
FRAUD = "我刚刚被骗了！做点赞任务，一共转出去三万八，最后一笔就十分钟前，能不能把钱拦下来啊！"
ACCOUNT = "6222 0212 3456 7890"
CARD = StopPaymentCard(victim="陈建国", own_account=ACCOUNT, amount="38,000", counter_holder="王强")


@pytest.fixture(autouse=True)
def small_city(db: None, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    made.city_with_people()


def fraud() -> str:
    code = given.report(FRAUD, at=None).code
    made.suggest(code)
    return code


def url(code: str, verb: str = "stop_payment") -> str:
    return made.desk_url(code, verb)


def text(response: Any) -> str:
    return re.sub(r"<[^>]+>", " ", made.page(response))


def test_the_page_of_a_fraud_offers_the_card_and_that_of_a_gas_leak_does_not() -> None:
    code = fraud()
    assert url(code) in shown(code)
    gas = given.report(GAS, at=None).code
    made.suggest(gas)
    assert url(gas) not in shown(gas)


def test_what_is_needed_and_what_was_said_stand_on_the_empty_card() -> None:
    html = made.page(made.browser().get(url(fraud())))
    assert "96110 是劝阻咨询电话，不是报警电话" in html
    put = dict(re.findall(r'data-fact="(\w+)" data-value="([^"]*)"', html))
    assert put["pay_amount"] == "38,000"
    assert "pay_paid_at" in put
    assert 'autocomplete="off"' in html
    assert "还没打开户行电话" in html


def test_a_stored_card_is_sealed_until_somebody_opens_it_with_a_trace() -> None:
    code, desk = fraud(), made.browser()
    typed = {"victim": "陈建国", "own_account": ACCOUNT, "paid_at": "2026-01-02T10:00", "seen": "0"}
    assert desk.post(url(code), {**typed, "bank_told": "on"})["Location"] == url(code)
    assert ContactReading.objects.count() == 0
    sealed = text(desk.get(url(code)))
    assert ACCOUNT not in sealed
    assert "9 项里已知 3 项" in sealed
    assert ACCOUNT not in shown(code)
    opened = made.page(desk.post(url(code, "stop_payment_open")))
    assert f"被骗人的账号或卡号：{ACCOUNT}" in opened  # as lines for the call to the bank
    reading = ContactReading.objects.get()
    assert (reading.purpose, reading.role) == ("stop_payment", "dispatcher")
    assert StopPayment.objects.get().bank_told_at is not None


def test_neither_column_nor_journal_holds_what_is_on_it() -> None:
    code = fraud()
    api.note_stop_payment(code, CARD, seen=0, actor=given.desk())
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(SEALED)} FROM {StopPayment._meta.db_table}")  # noqa: S608 -- names of columns
        stored = " ".join(str(value) for value in cursor.fetchone())
    said = " ".join(str(e.data) for e in JournalEntry.objects.filter(kind__startswith="incidents."))
    for secret in (ACCOUNT, "陈建国", "38,000", "王强"):
        assert secret not in stored + said
    entry = JournalEntry.objects.get(kind="incidents.stop_payment_noted")
    assert (entry.data["known"], entry.data["parts"]) == (4, len(PARTS))


def test_an_empty_part_keeps_what_is_stored_and_two_desks_are_told_of_each_other() -> None:
    code, lin = fraud(), given.desk()
    api.note_stop_payment(code, CARD, seen=0, actor=lin)
    api.note_stop_payment(code, StopPaymentCard(receipt="单号 77"), seen=1, actor=lin)
    row = StopPayment.objects.get()
    assert (row.victim, row.receipt, row.version) == ("陈建国", "单号 77", 2)
    for stale in (0, 1):
        with pytest.raises(Conflict):
            api.note_stop_payment(code, CARD, seen=stale, actor=lin)
    late = made.browser().post(url(code), {"victim": "李", "seen": "1"})
    assert "别人也写了这张卡" in made.page(late)
    assert 'name="seen" value="2"' in made.page(late)  # a second press is knowing
    assert StopPayment.objects.get().victim == "陈建国"


@pytest.mark.parametrize("role", ["grid_worker", "police_officer", "agency_clerk", "leader"])
def test_only_the_desk_writes_or_opens_it(role: str) -> None:
    code = fraud()
    api.note_stop_payment(code, CARD, seen=0, actor=given.desk())
    for step in (
        lambda actor: api.note_stop_payment(code, CARD, seen=1, actor=actor),
        lambda actor: api.read_stop_payment(code, actor=actor),
    ):
        with pytest.raises((NotAllowed, NotFound)):
            step(given.desk(role, "bao"))
    assert ContactReading.objects.count() == 0


def test_hidden_and_absent_look_the_same_and_an_ended_matter_takes_no_card() -> None:
    assert made.browser().get(url(UNKNOWN)).status_code == 404
    code = made.settled()
    api.close_incident(code, actor=given.desk())
    with pytest.raises(Refused):
        api.note_stop_payment(code, CARD, seen=0, actor=given.desk())


def test_every_part_of_the_card_has_a_time_to_be_emptied() -> None:
    assert set(StopPayment.personal) == set(SEALED)
    assert {note.keep.value for note in StopPayment.personal.values()} == {"hours_72"}
    assert {f.name for f in fields(StopPaymentCard)} - set(PARTS) == {"bank_told", "centre_told"}


def test_the_person_sees_who_opened_the_card() -> None:
    code = fraud()
    api.note_stop_payment(code, CARD, seen=0, actor=given.desk())
    api.read_stop_payment(code, actor=given.desk())
    page = made.page(made.browser().get(made.follow_url(code)))
    assert "为止付" in page
    assert Incident.objects.get(code=code).stop_payment.version == 1
