"""The race: of any number of parallel yeses exactly one wins, on both engines, in threads."""

from __future__ import annotations

import threading
from collections import Counter

import pytest
from django.db import OperationalError, connection, transaction

from maplebridge.dispatch import api
from maplebridge.dispatch.actions.changes import held_call
from maplebridge.dispatch.models import Call, DispatchChange, Offer
from maplebridge.dispatch.states import CallState, OfferState
from maplebridge.dispatch.tests import given
from maplebridge.incidents.models import Incident
from maplebridge.kernel.errors import Conflict, MapleError, NotFound
from maplebridge.kernel.journal.models import JournalEntry
from maplebridge.teams.models import Volunteer

RIVALS = 24  # the benchmark runs two hundred; the race is the same


def offers_to(call: Call, people: list[Volunteer]) -> list[Offer]:
    """Everybody is asked at once: the race as wide as it can get."""
    known = set(call.offers.values_list("volunteer_id", flat=True))
    Offer.objects.bulk_create(
        Offer(call=call, volunteer=v, offered_at=call.opened_at)
        for v in people
        if v.pk not in known
    )
    return list(call.offers.select_related("volunteer").order_by("pk"))


def race(offers: list[Offer]) -> Counter[str]:
    """All say yes at the same moment, each on a connection of its own."""
    answers: Counter[str] = Counter()
    gate, lock = threading.Barrier(len(offers)), threading.Lock()

    def say_yes(offer: Offer) -> None:
        try:
            gate.wait(timeout=30)
            api.accept_offer(offer.pk, actor=given.me(offer.volunteer))  # type: ignore[arg-type]
            answer = "won"
        except MapleError as refusal:
            answer = f"{type(refusal).__name__} {refusal.code}"
        finally:
            connection.close()
        with lock:
            answers[answer] += 1

    threads = [threading.Thread(target=say_yes, args=(offer,)) for offer in offers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return answers


@pytest.mark.django_db(transaction=True)
def test_two_people_can_not_both_win() -> None:
    where = given.scene()
    call = given.called(where)
    offers = offers_to(call, given.helpers(RIVALS))
    Call.objects.filter(pk=call.pk).update(state=CallState.OFFERED)
    answers = race(offers)
    assert answers == {"won": 1, "Conflict dispatch.taken": RIVALS - 1}
    call.refresh_from_db()
    assert call.state == CallState.ACCEPTED and call.winner is not None
    states = Counter(call.offers.values_list("state", flat=True))
    assert states == {OfferState.ACCEPTED: 1, OfferState.TAKEN: RIVALS - 1}
    entries = JournalEntry.objects.filter(kind="dispatch.offer_answered")
    (entry,) = entries
    told = {f"volunteer:{o.volunteer_id}" for o in offers}
    assert told <= set(entry.topics), "those who lost are told by the same entry"
    assert DispatchChange.objects.filter(call=call, offer=None, verb="accept").count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_person_saying_yes_to_two_orders_at_once_goes_to_one() -> None:
    first = given.scene()
    second = given.scene(load=False)
    (person,) = given.helpers(1)
    offers = [given.called(where).offers.get() for where in (first, second)]
    answers = race(offers)
    assert answers == {"won": 1, "Conflict dispatch.busy": 1}
    assert Offer.objects.filter(volunteer=person, state=OfferState.ACCEPTED).count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_no_and_a_yes_at_the_same_moment_do_not_block_each_other() -> None:
    where = given.scene()
    offers = offers_to(given.called(where), given.helpers(6))
    gate = threading.Barrier(len(offers))
    failures: list[BaseException] = []

    def answer(offer: Offer, yes: bool) -> None:
        try:
            gate.wait(timeout=30)
            verb = api.accept_offer if yes else api.decline_offer
            verb(offer.pk, actor=given.me(offer.volunteer))  # type: ignore[arg-type]
        except MapleError:
            pass  # too late is an answer
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=answer, args=(offer, n % 2 == 0)) for n, offer in enumerate(offers)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not failures
    assert Offer.objects.filter(state=OfferState.ACCEPTED).count() == 1


@pytest.mark.django_db
def test_the_second_tap_of_the_winner_is_harmless() -> None:
    where = given.scene()
    (person,) = given.helpers(1)
    offer = given.called(where).offers.get()
    api.accept_offer(offer.pk, actor=given.me(person))
    api.accept_offer(offer.pk, actor=given.me(person))
    assert JournalEntry.objects.filter(kind="dispatch.offer_answered").count() == 1


@pytest.mark.django_db
def test_who_comes_later_is_told_that_it_is_taken() -> None:
    where = given.scene()
    one, other = given.helpers(2)
    given.called(where)
    api.accept_offer(given.offer_to(one).pk, actor=given.me(one))
    with pytest.raises(Conflict) as refusal:
        api.accept_offer(given.offer_to(other).pk, actor=given.me(other))
    assert refusal.value.code == "dispatch.taken"


@pytest.mark.django_db
def test_nobody_answers_for_somebody_else() -> None:
    where = given.scene()
    one, other = given.helpers(2)
    given.called(where)
    with pytest.raises(NotFound):
        api.accept_offer(given.offer_to(one).pk, actor=given.me(other))
    with pytest.raises(NotFound):
        api.decline_offer(given.offer_to(one).pk, actor=where.desk)


@pytest.mark.django_db(transaction=True)
def test_holding_a_call_does_not_hold_its_matter() -> None:
    """Who sends holds the matter; who answers holds a call. Neither may wait in a ring."""
    where = given.scene()
    given.helpers(1)
    call = given.called(where)
    if not connection.features.has_select_for_update:
        pytest.skip("one writer at a time: there is no ring")
    failures: list[BaseException] = []

    def hold_the_matter() -> None:
        try:
            with transaction.atomic():
                Incident.objects.select_for_update(nowait=True).get(pk=where.incident_id)
        except OperationalError as error:
            failures.append(error)
        finally:
            connection.close()

    with transaction.atomic():
        held_call(call.pk)
        other = threading.Thread(target=hold_the_matter)
        other.start()
        other.join(timeout=30)
    assert not failures
