"""`/journal/`: read aloud in both languages, filtered but never by person, quick at any depth."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from maplebridge.dispatch.states import AlarmKind
from maplebridge.incidents.api import triage_incident
from maplebridge.incidents.models import Contact, Incident, Report
from maplebridge.incidents.tests import factories as made
from maplebridge.incidents.tests import given as desk
from maplebridge.kernel.actor import SYSTEM, Channel
from maplebridge.kernel.clock import local_day, now
from maplebridge.kernel.journal import event_class, record
from maplebridge.kernel.journal.events import all_kinds
from maplebridge.kernel.models import JournalEntry, ParkedEntry
from maplebridge.kernel.numbers import new_code
from maplebridge.kernel.testing import assert_no_personal, deliver, frozen
from maplebridge.people.actions.accounts import BY_COMMAND, BY_OWNER
from maplebridge.people.models import Account
from maplebridge.people.roles import Role
from maplebridge.privacy.queries import aloud, backwards
from maplebridge.privacy.records import Asked, Mark
from maplebridge.privacy.tests import given

pytestmark = pytest.mark.django_db
committed = pytest.mark.django_db(transaction=True)  # what subscribers hear must have committed


@pytest.fixture
def city() -> None:
    made.city_with_people()


def page(client: Client, query: str = "", language: str = "en") -> str:
    client.cookies["language"] = language
    answer = client.get(f"/journal/{query}")
    assert answer.status_code == 200, answer.content.decode()[:400]
    return answer.content.decode()


def shown(html: str) -> list[int]:
    return [int(n) for n in re.findall(r'id="entry-(\d+)"', html)]


@pytest.mark.parametrize(
    "role", [r for r in Role.values if r not in ("auditor", "privacy_officer")]
)
def test_to_everybody_else_the_page_is_not_there(role: str) -> None:
    client = given.browser(role)
    absent = client.get("/no-such-page/")
    for path in ("/journal/", "/journal/proof/", "/journal/readings/"):
        assert client.get(path).status_code == absent.status_code == 404
    assert client.post("/journal/proof/").status_code == 404


def test_the_proof_is_a_page_by_its_address_and_a_part_for_the_journal() -> None:
    auditor = given.browser("auditor")
    whole = auditor.get("/journal/proof/").content.decode()
    assert "<h1" in whole and 'href="/journal/"' in whole and 'id="proof"' in whole
    part = auditor.get("/journal/proof/", headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<section id="proof"')
    assert "<h1" not in part


def test_a_visitor_is_sent_to_sign_in_and_the_privacy_officer_to_the_readings() -> None:
    assert Client().get("/journal/").headers["Location"].startswith("/signin/")
    officer = given.browser("privacy_officer")
    assert officer.get("/journal/").headers["Location"] == "/journal/readings/"
    assert officer.post("/journal/proof/").status_code == 404


@committed
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_day_at_work_is_read_aloud_without_content(city: None, language: str) -> None:
    code = given.matter()
    given.read_contact(code)
    given.work(code)
    deliver()
    html = page(given.browser("auditor"), language=language)
    assert len(shown(html)) == JournalEntry.objects.count() - 1  # its own look came after
    rows = [*Report.objects.all(), *Contact.objects.all(), *Incident.objects.all()]
    names = Account.objects.exclude(display_name="").values_list("display_name", flat=True)
    entries = html.split('id="entries"')[1]
    assert_no_personal(html, rows)
    assert [name for name in names if name in entries] == []
    sentences = re.findall(r'<p class="t">(.*?)</p>', html)
    raw = [s for s in sentences if re.search(r"\b[a-z]+_[a-z_]+\b|[{}]", s)]
    assert not raw
    if language == "zh-hans":
        words = [w for s in sentences for w in re.findall(r"[a-z]{4,}", s) if w != "brain"]
        assert not words, f"codes read aloud: {words}"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_kind_has_a_sentence_and_a_name(language: str) -> None:
    from django.utils import translation

    ours = {k: c for k, c in all_kinds().items() if ".tests." not in c.__module__}
    with translation.override(language):
        for kind, cls in ours.items():
            assert str(cls.SENTENCE), kind
            assert aloud.kind_label(kind) != kind, f"name it in aloud.KINDS: {kind}"
            assert aloud.room_label(kind.partition(".")[0]) in map(str, aloud.ROOMS.values())


def test_an_unknown_kind_is_said_to_be_unknown_and_never_left_out(city: None) -> None:
    first = given.many(1)
    JournalEntry.objects.filter(at=first).update(kind="gone.from_before", data={"x": 1})
    assert event_class("gone.from_before") is None
    auditor = given.browser("auditor")
    assert "gone.from_before, version 1" in page(auditor)
    assert len(shown(page(auditor, "?kind=gone.from_before"))) == 1


@committed
def test_filters_by_room_kind_day_and_matter(city: None) -> None:
    with frozen() as clock:
        first = given.matter()
        given.read_contact(first)
        clock.move(days=1)
        other = given.matter()
        deliver()
        auditor = given.browser("auditor")
        kinds = {
            k: JournalEntry.objects.filter(kind=k).count()
            for k in ("incidents.report_received", "incidents.contact_read")
        }
        assert kinds == {"incidents.report_received": 2, "incidents.contact_read": 1}
        for kind, count in kinds.items():
            assert len(shown(page(auditor, f"?kind={kind}"))) == count
        today, day_before = local_day(now()), local_day(now() - timedelta(days=1))
        received = "?kind=incidents.report_received"
        assert len(shown(page(auditor, f"{received}&day={today}"))) == 1
        assert len(shown(page(auditor, f"{received}&day={day_before}"))) == 1
        of_room = shown(page(auditor, f"?room=incidents&day={day_before}"))
        wanted = JournalEntry.objects.filter(kind__startswith="incidents.")
        assert of_room == [row.id for row in wanted.order_by("-at", "-id") if row.at < now()
                           and local_day(row.at) == day_before]  # fmt: skip
        html = page(auditor, f"?code={first}&kind=incidents.contact_read")
        assert len(shown(html)) == 1
        assert not shown(page(auditor, f"?code={other}&kind=incidents.contact_read"))


@committed
def test_the_trail_of_a_matter_holds_what_dispatch_and_orders_did_too(city: None) -> None:
    code = given.matter()
    triage_incident(code, desk.TRIAGE, actor=desk.desk())
    deliver()
    kinds = JournalEntry.objects.filter(
        id__in=shown(page(given.browser("auditor"), f"?code={code}"))
    ).values_list("kind", flat=True)
    assert {"incidents.report_received", "incidents.triaged", "orders.state_changed"} <= set(kinds)


def test_an_unknown_code_and_a_matter_without_entries_look_the_same(city: None) -> None:
    code = given.matter()  # not delivered: the finding aid has nothing yet
    auditor = given.browser("auditor")
    strip = re.compile(r'value="[^"]*"|content="[^"]*"|hx-headers=.*|<time.*?</time>|\d+ newer')
    texts = [strip.sub("", page(auditor, f"?code={c}")) for c in (code, new_code())]
    assert texts[0] == texts[1]


def test_what_cannot_be_asked_is_said(city: None) -> None:
    auditor = given.browser("auditor")
    for query in ("?code=ABC", "?day=yesterday", "?kind=made.up", "?room=nobody"):
        answer = auditor.get(f"/journal/{query}")
        assert answer.status_code == 422, query
        assert not shown(answer.content.decode())
    for mark in ("x", "9" * 30, "99999999999999999-1", "-1-1", "1-"):
        assert auditor.get(f"/journal/?before={mark}").status_code == 200


def test_there_is_no_way_to_ask_for_a_person(city: None) -> None:
    given.matter()
    auditor = given.browser("auditor")
    everything = shown(page(auditor, "?kind=incidents.report_received"))
    for name in ("account", "post", "actor", "role", "user", "name", "phone", "q"):
        for value in ("1", "dispatcher", "13800000000"):
            html = page(auditor, f"?kind=incidents.report_received&{name}={value}")
            assert shown(html) == everything


@committed
def test_every_look_is_an_entry_itself(city: None) -> None:
    code = given.matter()
    deliver()
    auditor = given.browser("auditor")
    page(auditor, f"?room=incidents&code={code}")
    look = JournalEntry.objects.latest("id")
    assert (look.kind, look.actor_role) == ("privacy.journal_read", "auditor")
    incident = Incident.objects.get(code=code)
    assert look.data == {
        "room": "incidents", "about": "", "day": "", "incident_id": incident.pk, "older": False,
    }  # fmt: skip
    assert "The journal was read: room Incidents" in page(auditor)


def test_pages_go_back_without_gap_or_repeat_also_where_many_happen_at_once(city: None) -> None:
    given.many(130, every=timedelta(0))  # all at one moment
    auditor, seen, query = given.browser("auditor"), list[int](), "?kind=people.signed_out"
    for _round in range(4):
        html = page(auditor, query)
        seen += shown(html)
        older = re.search(r'rel="next" href="(\?[^"]+)"', html)
        if older is None:
            break
        query = older[1].replace("&amp;", "&")
        assert "page=" not in query
    wanted = JournalEntry.objects.filter(kind="people.signed_out").order_by("-at", "-id")
    assert seen == [row.id for row in wanted]


@committed
def test_the_same_number_of_queries_for_three_and_for_thirty(city: None) -> None:
    auditor = given.browser("auditor")
    given.matter()
    deliver()
    page(auditor)
    few = made.queries_of(lambda: auditor.get("/journal/"))
    for _n in range(30):
        given.read_contact(given.matter())
    assert made.queries_of(lambda: auditor.get("/journal/")) == few


@pytest.mark.slow
def test_a_page_deep_in_a_long_journal_is_found_by_an_index(city: None) -> None:
    """No page reads the journal: each part stops after its rows, by an index of its own."""
    first = given.many(20_000)
    deep = Mark(first + timedelta(seconds=3_000), 10**12)
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {JournalEntry._meta.db_table}")  # as the engine does by itself
    for asked, index in (
        (Asked(before=deep), "journal_time"),
        (Asked(day=local_day(first)), "journal_time"),
        (Asked(kind="people.signed_in", before=deep), "journal_kind"),
    ):
        parts = [(asked.kind,)] if asked.kind else [()]
        sql, params = backwards.statement(parts, asked.day, asked.before, 51)
        assert "OFFSET" not in sql
        with connection.cursor() as cursor:
            cursor.execute(f"{connection.ops.explain_query_prefix()} {sql}", params)
            plan = "\n".join(str(row) for row in cursor.fetchall())
        assert index in plan, plan
        assert not re.search("temp b-tree|sort", plan, re.I), f"it sorts what it passes by: {plan}"
    rows = backwards.entries(Asked(before=deep), [], 51)
    assert len(rows) == 51
    assert rows[0].at == deep.at


def test_what_was_set_aside_is_listed(city: None) -> None:
    ParkedEntry.objects.create(subscriber="orders.split", entry=7, error="KeyError", at=now())
    html = page(given.browser("auditor"))
    assert "orders.split" in html
    assert "entry no. 7" in html


def written(kind: str, **data: object) -> None:
    """An entry of this kind, as its room writes it."""
    cls = event_class(kind)
    assert cls is not None
    record(cls(**data), actor=SYSTEM("test"))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_codes_of_reasons_are_read_aloud_as_words(city: None, language: str) -> None:
    for by in (BY_COMMAND, BY_OWNER):
        written("people.password_set", account_id=7, by=by)
    codes = [*AlarmKind.values, "need_help", "no_answer"]
    matter: dict[str, object] = {"incident_id": 1, "code": "AB"}
    for code in codes:
        written("incidents.urgency_raised", **matter, urgency="1", why=f"alarm.{code}")
    reasons = ["weapon", "hidden_victim", "cordon", "not_on_white_list"]
    for reason in reasons:
        told: dict[str, object] = {"call_ids": [1], "responders": [], "reason": reason}
        written("dispatch.civilians_kept_away", **matter, **told)
    sentences = re.findall(r'<p class="t">(.*?)</p>', page(given.browser("auditor"), "", language))
    said = sentences[: 2 + len(codes) + len(reasons)]
    for sentence in said:
        assert not re.search(r"alarm\.[a-z]", sentence), sentence
        assert "_" not in sentence
        assert "。。" not in sentence
        assert ".." not in sentence
        if language == "zh-hans":
            assert not re.search(r"[a-z]{3,}", sentence), sentence
        else:
            assert not re.search(r"\((command|owner)\)", sentence), sentence


@committed
def test_looks_for_unknown_codes_are_no_trail_of_one(city: None) -> None:
    auditor = given.browser("auditor")
    for _twice in range(2):
        assert not shown(page(auditor, f"?code={new_code()}"))
        deliver()


def test_every_way_an_entry_can_come_has_a_name() -> None:
    assert set(aloud.CHANNELS) == set(Channel)
