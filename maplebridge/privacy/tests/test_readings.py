"""Who read what: contacts by purpose, matters by how many posts; nobody is listed or scored."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from maplebridge.incidents import api as incidents
from maplebridge.incidents.models import Contact, ContactReading, Incident, Report
from maplebridge.incidents.tests import factories as made
from maplebridge.incidents.tests import given as desk
from maplebridge.kernel.clock import local_day, now
from maplebridge.kernel.models import JournalEntry
from maplebridge.kernel.testing import assert_no_personal, deliver, frozen
from maplebridge.people.models import Account, Post
from maplebridge.privacy.api import apply_retention
from maplebridge.privacy.models import MatterEntry, MatterOpening
from maplebridge.privacy.tests import given

pytestmark = pytest.mark.django_db
committed = pytest.mark.django_db(transaction=True)  # what subscribers hear must have committed


@pytest.fixture(autouse=True)
def city() -> None:
    made.city_with_people()


def page(client: Client, query: str = "") -> str:
    client.cookies["language"] = "en"
    answer = client.get(f"/journal/readings/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def spaced(code: str) -> str:
    from maplebridge.kernel.numbers import spaced as grouped

    return grouped(code)


def parts(html: str) -> tuple[str, str]:
    """(contacts, matters opened)."""
    contacts, opened = html.split('id="opened-h"')
    return contacts.split('id="contacts-h"')[1], opened


# Opening a matter.


def test_opening_a_matter_leaves_one_row_a_post_and_hour() -> None:
    code = given.matter()
    with frozen() as clock:
        lin = made.browser("P001")
        for _look in range(3):
            assert lin.get(f"/desk/{code}/").status_code == 200
        entries = JournalEntry.objects.count()
        row = MatterOpening.objects.get()
        assert (row.incident.code, row.role) == (code, "dispatcher")
        assert row.post == Post.objects.get(code="P001").pk
        assert (row.hour.minute, row.hour.second) == (0, 0)
        clock.move(hours=1)
        lin.get(f"/desk/{code}/")
        given.browser("duty_chief").get(f"/desk/{code}/")
        assert MatterOpening.objects.count() == 3
    assert JournalEntry.objects.count() == entries  # no entry for a page view


def test_a_matter_that_is_hidden_was_not_opened() -> None:
    code = given.matter()
    assert made.bao().get(f"/desk/{code}/").status_code == 404
    assert given.browser("auditor").get(f"/desk/{code}/").status_code == 403
    Client().get(f"/follow/{code}/")
    assert not MatterOpening.objects.exists()


def test_the_page_says_that_it_is_noted() -> None:
    code = given.matter()
    lin = made.browser("P001")
    lin.cookies["language"] = "en"
    assert "leaves a trace" in lin.get(f"/desk/{code}/").content.decode()


def test_a_second_look_in_the_hour_costs_one_query() -> None:
    code = given.matter()
    lin = made.browser("P001")
    first = made.queries_of(lambda: lin.get(f"/desk/{code}/"))
    assert first - made.queries_of(lambda: lin.get(f"/desk/{code}/")) >= 2


def test_openings_go_after_three_years() -> None:
    with frozen() as clock:
        code = given.matter()
        made.browser("P001").get(f"/desk/{code}/")
        clock.move(days=3 * 366 - 1)
        apply_retention()
        assert MatterOpening.objects.count() == 1
        clock.move(days=2)
        assert apply_retention()["privacy.MatterOpening"] == 1
    assert not MatterOpening.objects.exists()


# The auditor's page.


def test_contacts_read_stand_with_role_post_purpose_and_code() -> None:
    code = given.matter()
    lin = made.browser("P001")
    lin.post(f"/desk/{code}/contact/", {"purpose": "call_back"})
    assert ContactReading.objects.count() == 1
    html = page(given.browser("auditor"))
    contacts, _opened = parts(html)
    for said in ("Dispatcher", "P001", "To call back about this matter", spaced(code)):
        assert said in contacts
    rows = [*Contact.objects.all(), *Report.objects.all(), *Incident.objects.all()]
    assert_no_personal(html, [*rows, Post.objects.get(code="P001").account])


@pytest.mark.parametrize("role", ["auditor", "privacy_officer"])
def test_counts_by_purpose_and_role(role: str) -> None:
    first, other = given.matter(), given.matter()
    for code, purpose in ((first, "call_back"), (first, "call_back"), (other, "handle_incident")):
        given.read_contact(code, purpose)
    contacts, _opened = parts(page(given.browser(role)))
    cells = re.findall(r"<td>([^<]+)</td><td class=\"n\">(\d+)</td>", contacts)
    assert cells == [
        ("To call back about this matter", "2"), ("To handle this matter", "1"),
        ("Duty chief", "3"),
    ]  # fmt: skip


@committed
def test_a_day_is_a_day_and_a_matter_is_all_its_time() -> None:
    with frozen() as clock:
        code = given.matter()
        given.read_contact(code)
        clock.move(days=2)
        other = given.matter()
        given.read_contact(other)
        deliver()
        auditor = given.browser("auditor")
        today, before = local_day(now()), local_day(now() - timedelta(days=2))
        assert spaced(code) not in page(auditor)
        assert spaced(other) in page(auditor, f"?day={today}")
        assert spaced(code) in page(auditor, f"?day={before}")
        alone = page(auditor, f"?code={code}")
        assert spaced(code) in alone
        assert spaced(other) not in alone


def test_by_station_and_absent_looks_like_none() -> None:
    from maplebridge.places.tests.factories import STATION

    inside, outside = given.matter(), desk.report(at=None, contact=given.CONTACT).code
    for code in (inside, outside):
        given.read_contact(code)
        made.browser("P001").get(f"/desk/{code}/")
    auditor = given.browser("auditor")
    for part in parts(page(auditor, f"?station={STATION}")):
        assert spaced(inside) in part
        assert spaced(outside) not in part
    assert auditor.get("/journal/readings/?station=NO-SUCH").status_code == 422


def test_looking_after_the_end_stands_out() -> None:
    with frozen() as clock:
        code = given.matter()
        given.work(code)
        clock.move(hours=2)
        given.read_contact(code)
        made.browser("P001").get(f"/desk/{code}/")
        contacts, opened = parts(page(given.browser("auditor")))
    assert "1 after the matter was closed" in contacts
    assert "after it was closed 1" in opened


def test_matters_opened_are_counted_by_posts_and_name_none() -> None:
    busy, quiet = given.matter(), given.matter()
    for role in ("duty_chief", "call_taker", "dispatcher"):
        given.browser(role).get(f"/desk/{busy}/")
    given.browser("dispatcher").get(f"/desk/{quiet}/")
    _contacts, opened = parts(page(given.browser("auditor")))
    assert opened.index(spaced(busy)) < opened.index(spaced(quiet))
    assert "3 posts" in opened
    assert "POST-" not in opened
    for account in Account.objects.exclude(display_name=""):
        assert account.display_name not in opened


@committed
def test_every_look_is_an_entry_and_no_query_is_added_by_rows() -> None:
    auditor = given.browser("auditor")
    code = given.matter()
    given.read_contact(code)
    made.browser("P001").get(f"/desk/{code}/")
    page(auditor, f"?code={code}")
    look = JournalEntry.objects.latest("id")
    assert look.kind == "privacy.readings_read"
    assert look.data["incident_id"] == Incident.objects.get(code=code).pk
    few = made.queries_of(lambda: auditor.get("/journal/readings/"))
    for _n in range(30):
        another = given.matter()
        given.read_contact(another)
        made.browser("P001").get(f"/desk/{another}/")
    assert made.queries_of(lambda: auditor.get("/journal/readings/")) == few


def test_many_readings_come_by_pages() -> None:
    code = given.matter()
    for _n in range(70):
        given.read_contact(code)
    auditor = given.browser("auditor")
    html = page(auditor)
    assert "70 readings" in html
    older = re.search(r'rel="next" href="(\?[^"]+)"', html)
    assert older is not None
    second, _opened = parts(page(auditor, older[1].replace("&amp;", "&")))
    assert second.count('<li class="row">') == 20


def busy(count: int, incident: Incident, kind: str) -> None:
    """`count` later entries about one matter, as the record of a long day would have them."""
    one = JournalEntry.objects.filter(kind="incidents.contact_read").latest("id")
    data = one.data | {"incident_id": incident.pk, "code": incident.code}
    columns = ("version", "actor_kind", "actor_role", "channel", "topics")
    same = {name: getattr(one, name) for name in columns} | {"data": data, "kind": kind}
    rows = [JournalEntry(at=now(), **same) for _n in range(count)]
    written = JournalEntry.objects.bulk_create(rows, batch_size=500)
    MatterEntry.objects.bulk_create(
        [MatterEntry(matter=incident.pk, entry=row.pk) for row in written], batch_size=500
    )


def test_a_station_is_found_behind_the_newest_of_all_others() -> None:
    from maplebridge.places.tests.factories import STATION

    inside, outside = given.matter(), desk.report(at=None, contact=given.CONTACT).code
    for code in (inside, outside):
        given.read_contact(code)
    busy(2_010, Incident.objects.get(code=outside), "incidents.contact_read")
    auditor = given.browser("auditor")
    html = page(auditor)
    assert "only the newest 2000 are counted; choose a station" in html
    contacts, _opened = parts(page(auditor, f"?station={STATION}"))
    assert spaced(inside) in contacts
    assert "1 reading<" in contacts


@committed
def test_a_busy_matter_hides_no_reading() -> None:
    code = given.matter()
    given.read_contact(code)
    deliver()
    busy(1_900, Incident.objects.get(code=code), "dispatch.position_shared")
    auditor = given.browser("auditor")
    contacts, _opened = parts(page(auditor, f"?code={code}"))
    assert "1 reading<" in contacts
    look = auditor.get(f"/journal/?code={code}&kind=incidents.contact_read").content.decode()
    assert len(re.findall(r'id="entry-(\d+)"', look)) == 1


@committed
def test_a_matter_read_more_often_than_is_counted_says_so() -> None:
    code = given.matter()
    given.read_contact(code)
    deliver()
    busy(2_010, Incident.objects.get(code=code), "incidents.contact_read")
    contacts, _opened = parts(page(given.browser("auditor"), f"?code={code}"))
    assert "only the newest 2000 are counted" in contacts
    assert "choose a station" not in contacts


@committed
@pytest.mark.parametrize("where", ["", "readings/"])
def test_a_look_for_a_code_nobody_has_is_not_told_as_a_look_at_all(where: str) -> None:
    from maplebridge.kernel.numbers import new_code

    auditor = given.browser("auditor")
    assert auditor.get(f"/journal/{where}?code={new_code()}").status_code == 200
    look = JournalEntry.objects.latest("id")
    assert look.data["incident_id"] == 0
    auditor.cookies["language"] = "en"
    said = auditor.get("/journal/").content.decode()
    assert "matter of an unknown code" in said
    auditor.cookies["language"] = "zh-hans"
    assert "事项：编号不存在" in auditor.get("/journal/").content.decode()


def test_a_reading_through_the_door_is_both_a_row_and_an_entry() -> None:
    """The page reads the sealed journal; the person's own page reads the rows."""
    code = given.matter()
    incidents.read_contact(code, "call_back", actor=desk.desk())
    row, entry = ContactReading.objects.get(), JournalEntry.objects.latest("id")
    assert (entry.kind, entry.data["purpose"], entry.actor_role) == (
        "incidents.contact_read", row.purpose, row.role,
    )  # fmt: skip
