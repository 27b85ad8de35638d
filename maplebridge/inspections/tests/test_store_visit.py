"""Storing a visit: all or nothing, once, and each fault where it belongs."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection

from maplebridge.incidents.models import Attachment, Incident, Report
from maplebridge.incidents.records import Picture
from maplebridge.inspections import api
from maplebridge.inspections.models import Finding, Hazard, HazardChange, Visit
from maplebridge.inspections.tests import given
from maplebridge.kernel.clock import local_day, now
from maplebridge.kernel.errors import BadInput, Conflict, NotAllowed, NotFound
from maplebridge.kernel.journal.models import JournalEntry
from maplebridge.kernel.testing import frozen
from maplebridge.people.tests import factories as people

EXTINGUISHER, ALARM, EXIT = "extinguisher_expired", "gas_no_alarm", "exit_blocked"


@pytest.fixture
def city(db: None) -> None:
    given.city()


def test_a_visit_keeps_every_point_and_one_entry_tells_of_it(city: None) -> None:
    stored = api.store_visit(given.visit(given.fault(EXTINGUISHER)), actor=given.officer())
    visit = Visit.objects.get(pk=stored.visit_id)
    assert Finding.objects.filter(visit=visit).count() == len(given.asked()) > 8
    assert (visit.premises.code, visit.actor_role) == (given.NOODLES, "police_officer")
    entry = JournalEntry.objects.get(kind="inspections.visit_stored")
    assert entry.data["hazard_codes"] == [Hazard.objects.get().code]
    assert given.WRONG not in str(entry.data)


@pytest.mark.parametrize(
    ("way", "state", "verbs"),
    [
        ("mended", "rectified", ["find", "rectify"]),
        ("until", "notified", ["find", "notify"]),
        ("handed", "found", ["find"]),
    ],
)
def test_what_was_agreed_is_where_the_hazard_stands(
    city: None, way: str, state: str, verbs: list[str]
) -> None:
    hazard = given.hazard(way)
    assert hazard.state == state
    changes = HazardChange.objects.filter(hazard=hazard).order_by("id")
    assert [change.verb for change in changes] == verbs
    assert hazard.handed == (way == "handed")
    assert hazard.due_at is not None
    assert hazard.due_at > now()


def test_what_a_department_must_see_is_a_report_with_the_place_and_the_photo(city: None) -> None:
    picture = Picture(b"\xff\xd8jpeg", "image/jpeg", 8, 8)
    hazard = given.hazard("handed", point=ALARM, pictures=(picture,))
    incident = Incident.objects.get()
    assert hazard.incident == incident
    assert hazard.agency_code == "GAS"
    assert incident.intake_key == f"{hazard.visit.key}:{ALARM}"
    assert given.WRONG in Report.objects.get().narrative
    assert "老灶炒粉" in incident.place_words
    assert Attachment.objects.filter(incident=incident).count() == 1


def test_what_is_grave_goes_to_the_department_whatever_was_agreed(city: None) -> None:
    hazard = given.hazard("until", major=True)
    assert hazard.handed
    assert Incident.objects.count() == 1
    ordinary = given.hazard("until")
    assert not ordinary.handed
    assert Incident.objects.count() == 1


def test_a_known_key_answers_as_before_and_stores_nothing(city: None) -> None:
    visit = given.visit(given.fault(EXTINGUISHER, "handed"), key="visit:again")
    first = api.store_visit(visit, actor=given.officer())
    again = api.store_visit(replace(visit, answers=()), actor=given.officer())
    assert again == replace(first, repeated=True)
    assert (Visit.objects.count(), Hazard.objects.count(), Incident.objects.count()) == (1, 1, 1)
    with pytest.raises(Conflict):
        api.store_visit(visit, actor=given.auxiliary())


def test_what_fails_in_the_middle_leaves_nothing_behind(city: None) -> None:
    broken = given.fault(EXTINGUISHER, "handed", pictures=tuple([Picture(b"x", "j", 1, 1)] * 5))
    with pytest.raises(BadInput):
        api.store_visit(given.visit(broken), actor=given.officer())
    assert not Visit.objects.exists()
    assert not Hazard.objects.exists()
    assert not JournalEntry.objects.filter(kind__startswith="inspections").exists()


def test_everything_that_is_missing_is_told_at_once(city: None) -> None:
    bare = api.Answer(EXTINGUISHER, "fault")
    late = given.fault(ALARM, mend_by=given.day(16))
    past = given.fault("gas_hose_defect", mend_by=given.day(-1))
    whole = given.visit(bare, late, past)
    left_out = tuple(a for a in whole.answers if a.point != EXIT)
    with pytest.raises(BadInput) as refused:
        api.store_visit(replace(whole, answers=left_out), actor=given.officer())
    assert set(refused.value.fields) == {
        f"{EXTINGUISHER}-words", f"{EXTINGUISHER}-way", f"{ALARM}-mend_by",
        "gas_hose_defect-mend_by", f"{EXIT}-verdict",
    }  # fmt: skip


@pytest.mark.parametrize("odd", [("exit_blocked", "maybe"), ("no_such_point", "good")])
def test_a_point_or_an_answer_of_no_list_is_refused(city: None, odd: tuple[str, str]) -> None:
    visit = given.visit()
    answers = tuple(a for a in visit.answers if a.point != odd[0])
    with pytest.raises(BadInput):
        api.store_visit(replace(visit, answers=(*answers, api.Answer(*odd))), actor=given.officer())


@pytest.mark.parametrize(
    "words", ["老板电话13800138000", "身份证 110101 19900307 7731", "138-0013-8000"]
)
def test_a_number_of_a_person_is_no_word_about_a_thing(city: None, words: str) -> None:
    with pytest.raises(BadInput) as refused:
        given.hazard(words=words)
    assert set(refused.value.fields) == {f"{EXTINGUISHER}-words"}


def test_the_time_is_the_devices_within_bounds(city: None) -> None:
    with frozen():
        at = now()
        seen = given.visit(visited_at=at - timedelta(days=6))
        row = Visit.objects.get(pk=api.store_visit(seen, actor=given.officer()).visit_id)
        assert (row.visited_at, row.stored_at) == (at - timedelta(days=6), at)
        fast = given.visit(visited_at=at + timedelta(minutes=5))
        row = Visit.objects.get(pk=api.store_visit(fast, actor=given.officer()).visit_id)
        assert row.visited_at == at
        for wrong in (at + timedelta(hours=1), at - timedelta(days=7, minutes=1)):
            with pytest.raises(BadInput) as refused:
                api.store_visit(given.visit(visited_at=wrong), actor=given.officer())
            assert set(refused.value.fields) == {"visited_at"}
        with pytest.raises(BadInput):
            api.store_visit(given.visit(visited_at=at.replace(tzinfo=None)), actor=given.officer())


def test_a_visit_made_without_a_line_is_judged_by_its_own_day(city: None) -> None:
    """A day to put it right that was open then is no reason to refuse it now."""
    with frozen():
        before = now() - timedelta(days=5)
        answer = given.fault(EXTINGUISHER, mend_by=local_day(before) + timedelta(days=1))
        stored = api.store_visit(given.visit(answer, visited_at=before), actor=given.officer())
        hazard = Hazard.objects.get(visit_id=stored.visit_id)
        assert hazard.found_at == before
        assert hazard.due_at is not None
        assert hazard.due_at < now()


def test_only_places_of_the_own_area_are_visited(city: None) -> None:
    for actor in (people.bao(), given.chief(), given.clerk_of_gas(), people.lin()):
        with pytest.raises((NotFound, NotAllowed)):
            api.store_visit(given.visit(), actor=actor)
    assert api.store_visit(given.visit(), actor=given.auxiliary()).code
    with pytest.raises(NotFound):
        api.store_visit(replace(given.visit(), premises="P999"), actor=given.officer())


def test_the_points_follow_the_kind_of_place_and_the_day() -> None:
    day = date(2026, 7, 14)
    codes = {kind: {p.code for p in api.points_for(kind, gas=False, day=day)}
             for kind in ("shop", "estate", "building_site", "square", "observatory")}  # fmt: skip
    assert "scaffold" in codes["building_site"]
    assert "scaffold" not in codes["shop"]
    assert "ebike_flying_wire" in codes["estate"]
    assert {"manhole", "street_light"} <= codes["square"]
    assert codes["observatory"]
    assert not any(code.startswith("gas") for some in codes.values() for code in some)
    with_gas = {p.code for p in api.points_for("restaurant", gas=True, day=day)}
    assert "gas_no_alarm" in with_gas
    before = {p.code for p in api.points_for("restaurant", gas=True, day=date(2021, 8, 31))}
    assert "gas_no_alarm" not in before


def at_once(
    send: Callable[[], str], threads: int, times: int
) -> tuple[list[str], list[BaseException]]:
    """What `send` answered, from many sides at the same moment."""
    answers: list[str] = []
    failures: list[BaseException] = []
    start = threading.Barrier(threads)

    def work() -> None:
        try:
            start.wait(timeout=30)
            answers.extend(send() for _ in range(times))
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    running = [threading.Thread(target=work) for _ in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join(timeout=60)
    return answers, failures


@pytest.mark.django_db(transaction=True)
def test_the_same_visit_from_twenty_sides_at_once_is_one_visit() -> None:
    given.city()
    officer = given.officer()
    visit = given.visit(given.fault(EXTINGUISHER, "handed"), key="visit:contested")
    answers, failures = at_once(lambda: api.store_visit(visit, actor=officer).code, 20, 1)
    assert not failures
    assert len(answers) == 20
    assert len(set(answers)) == 1
    assert Visit.objects.count() == Hazard.objects.count() == Incident.objects.count() == 1
