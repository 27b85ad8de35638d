"""On the way, on the spot, handed over; and what is left behind: no position."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection

from maplebridge.dispatch import api
from maplebridge.dispatch.models import Call, FirstArrival, Offer, Position, PreHandling
from maplebridge.dispatch.states import CallState, OfferState
from maplebridge.dispatch.tests import given
from maplebridge.incidents import api as incidents
from maplebridge.kernel.errors import BadInput, NotFound, Refused
from maplebridge.kernel.journal.models import JournalEntry
from maplebridge.kernel.testing import deliver
from maplebridge.people.tests.factories import bao
from maplebridge.teams import api as teams_api
from maplebridge.teams.models import Volunteer

FORM = api.PreHandlingIn(did=("calm",), injuries="none", wishes="想等家人来。")


def going(where: given.Scene) -> tuple[Volunteer, Offer]:
    (person,) = given.helpers(1)
    given.called(where)
    return person, api.accept_offer(given.offer_to(person).pk, actor=given.me(person))


@pytest.mark.django_db
def test_a_position_lives_from_the_yes_to_the_arrival() -> None:
    where = given.scene()
    (person,) = given.helpers(1)
    given.called(where)
    offer, me = given.offer_to(person), given.me(person)
    with pytest.raises(Refused):
        api.share_position(offer.pk, 120.55, 27.58, actor=me)
    api.accept_offer(offer.pk, actor=me)
    api.share_position(offer.pk, 120.55, 27.58, actor=me)
    api.share_position(offer.pk, 120.56, 27.58, actor=me)
    assert Position.objects.get().lon == 120.56, "the last point only, no track"
    api.arrive(offer.pk, actor=me)
    assert not Position.objects.exists()
    with pytest.raises(Refused):
        api.share_position(offer.pk, 120.55, 27.58, actor=me)


@pytest.mark.django_db
def test_no_journal_entry_holds_a_position() -> None:
    where = given.scene()
    person, offer = going(where)
    api.share_position(offer.pk, 120.56789, 27.58765, actor=given.me(person))
    text = str(list(JournalEntry.objects.values_list("data", "topics")))
    assert "120.56789" not in text and "27.58765" not in text


@pytest.mark.django_db(transaction=True)  # subscribers read what is committed
@pytest.mark.parametrize("ending", ["release", "stand_down", "incident"])
def test_however_the_way_ends_the_position_goes(ending: str) -> None:
    where = given.scene()
    person, offer = going(where)
    api.share_position(offer.pk, 120.55, 27.58, actor=given.me(person))
    if ending == "release":
        api.release_offer(offer.pk, actor=given.me(person))
    elif ending == "stand_down":
        api.stand_down(offer.call_id, actor=where.desk)
    else:
        report_back(where)
        deliver()
    assert not Position.objects.exists()


def report_back(where: given.Scene) -> None:
    incidents.file_scene_report(
        where.code,
        incidents.SceneReportIn(outcome="advised", measures="电话说明", answer="已说明"),
        actor=where.desk,
    )


@pytest.mark.django_db
def test_a_position_can_not_be_left_behind_by_a_race() -> None:
    """The same statement order on both engines: the offer's row first, then the position."""
    where = given.scene()
    person, offer = going(where)
    Offer.objects.filter(pk=offer.pk).update(state=OfferState.STOOD_DOWN)
    with pytest.raises(Refused):
        api.share_position(offer.pk, 120.55, 27.58, actor=given.me(person))
    assert not Position.objects.exists()


@pytest.mark.django_db
def test_an_arrival_tells_who_was_first_and_after_how_long() -> None:
    where = given.scene()
    person, offer = going(where)
    api.arrive(offer.pk, actor=given.me(person))
    api.arrive(offer.pk, actor=given.me(person))
    entry = JournalEntry.objects.get(kind="dispatch.unit_arrived")
    assert entry.data["first"] and entry.data["kind"] == "volunteer"
    reported = incidents.brief(where.incident_id).reported_at
    first = FirstArrival.objects.get()
    assert first.seconds == pytest.approx((first.at - reported).total_seconds())
    (call_id,) = api.send_units(where.incident_id, [where.unit_id], actor=where.desk)
    unit = Offer.objects.get(call_id=call_id)
    api.accept_offer(unit.pk, actor=where.officer)
    api.arrive(unit.pk, actor=where.officer)
    second = JournalEntry.objects.filter(kind="dispatch.unit_arrived").order_by("pk").last()
    assert second is not None and second.data["kind"] == "police" and not second.data["first"]


@pytest.mark.django_db(transaction=True)
def test_of_two_taps_at_the_same_moment_one_is_first() -> None:
    where = given.scene()
    person, offer = going(where)
    (call_id,) = api.send_units(where.incident_id, [where.unit_id], actor=where.desk)
    unit = Offer.objects.get(call_id=call_id)
    api.accept_offer(unit.pk, actor=where.officer)
    gate = threading.Barrier(2)
    failures: list[BaseException] = []

    def tap(pk: int, actor: object) -> None:
        try:
            gate.wait(timeout=30)
            api.arrive(pk, actor=actor)  # type: ignore[arg-type]
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    pairs = ((offer.pk, given.me(person)), (unit.pk, where.officer))
    threads = [threading.Thread(target=tap, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not failures
    arrivals = JournalEntry.objects.filter(kind="dispatch.unit_arrived")
    assert sorted(a.data["first"] for a in arrivals) == [False, True]
    assert FirstArrival.objects.count() == 1


@pytest.mark.django_db
def test_the_hand_over_is_done_when_an_officer_takes_it() -> None:
    where = given.scene()
    person, offer = going(where)
    me = given.me(person)
    with pytest.raises(Refused):
        api.file_pre_handling(offer.pk, FORM, actor=me)
    api.arrive(offer.pk, actor=me)
    api.file_pre_handling(offer.pk, FORM, actor=me)
    api.file_pre_handling(offer.pk, FORM, actor=me)
    for stranger in (bao(), where.desk, me):
        with pytest.raises(NotFound):
            api.take_over(offer.pk, actor=stranger)
    api.take_over(offer.pk, actor=where.officer)
    api.take_over(offer.pk, actor=where.officer)
    row = PreHandling.objects.get()
    assert row.taken_at and row.taken_by_id == where.officer.post_id
    assert Call.objects.get().state == CallState.CONFIRMED
    assert incidents.brief(where.incident_id).state == "handling"
    assert teams_api.balance(person.pk) == 10
    taken = JournalEntry.objects.filter(kind="dispatch.handed_over").order_by("pk")
    assert [e.data["taken"] for e in taken] == [False, True]


@pytest.mark.django_db
def test_only_allowed_acts_can_be_ticked() -> None:
    where = given.scene()
    person, offer = going(where)
    api.arrive(offer.pk, actor=given.me(person))
    for did in ((), ("search",), ("calm", "force")):
        with pytest.raises(BadInput) as refusal:
            api.file_pre_handling(
                offer.pk, api.PreHandlingIn(did=did, injuries="none"), actor=given.me(person)
            )
        assert "did" in refusal.value.fields


@pytest.mark.django_db(transaction=True)
def test_when_the_matter_ends_helpers_there_are_thanked_and_others_stand_down() -> None:
    where = given.scene()
    person, offer = going(where)
    api.arrive(offer.pk, actor=given.me(person))
    api.send_units(where.incident_id, [where.unit_id], actor=where.desk)
    report_back(where)
    deliver()
    deliver()
    states = dict(Offer.objects.values_list("call__kind", "state"))
    assert states == {"volunteer": OfferState.DONE, "police": OfferState.STOOD_DOWN}
    assert teams_api.balance(person.pk) == 10
    assert JournalEntry.objects.filter(kind="dispatch.call_closed").count() == 1


@pytest.mark.django_db
def test_five_orders_a_day_are_thanked_the_sixth_is_done_all_the_same() -> None:
    person: Volunteer | None = None
    for number in range(6):
        where = given.scene(load=number == 0)
        if person is None:
            (person,) = given.helpers(1)
        call = given.called(where)
        offer = call.offers.get(volunteer=person)
        api.accept_offer(offer.pk, actor=given.me(person))
        api.arrive(offer.pk, actor=given.me(person))
        api.file_pre_handling(offer.pk, FORM, actor=given.me(person))
        api.take_over(offer.pk, actor=where.officer)
    assert person is not None and teams_api.balance(person.pk) == 50
    assert Offer.objects.filter(state=OfferState.DONE).count() == 6


@pytest.mark.django_db
def test_a_promise_to_a_resident_never_moves_earlier() -> None:
    where = given.scene()
    slow, fast = given.helpers(2, ebike=False)
    given.called(where)
    Offer.objects.filter(volunteer=slow).update(expected_seconds=900)
    api.accept_offer(given.offer_to(slow).pk, actor=given.me(slow))
    (before,) = api.coming(where.code)
    api.release_offer(given.offer_to(slow).pk, actor=given.me(slow))
    Offer.objects.filter(volunteer=fast).update(expected_seconds=60)
    api.accept_offer(given.offer_to(fast).pk, actor=given.me(fast))
    (after,) = api.coming(where.code)
    assert after.who == fast.display_name
    assert before.promised_at is not None and after.promised_at is not None
    assert after.promised_at >= before.promised_at
    assert after.promised_at - before.promised_at < timedelta(minutes=1)
