"""Sending: what the desk decides reaches police and volunteers at the same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction
from django.utils import translation

from maplebridge.dispatch import api
from maplebridge.dispatch.models import Call, DispatchChange, Offer
from maplebridge.dispatch.states import CALL_OPEN, CallKind, CallState, OfferState
from maplebridge.dispatch.tests import given
from maplebridge.incidents import api as incidents
from maplebridge.incidents.models import Incident
from maplebridge.kernel.actor import Actor
from maplebridge.kernel.errors import NotAllowed, NotFound, Refused
from maplebridge.kernel.journal.models import JournalEntry
from maplebridge.kernel.testing import deliver
from maplebridge.people.tests.factories import bao
from maplebridge.teams.tests import factories as teams

pytestmark = pytest.mark.django_db


def dispatch_entries() -> list[JournalEntry]:
    return list(JournalEntry.objects.filter(kind__startswith="dispatch.").order_by("pk"))


def report_back(where: given.Scene) -> None:
    incidents.file_scene_report(
        where.code,
        incidents.SceneReportIn(outcome="advised", measures="电话说明", answer="已说明"),
        actor=where.desk,
    )


def test_a_proposal_ranks_says_why_and_sends_nothing() -> None:
    where = given.scene()
    near, far = given.helpers(2, first_m=40, step_m=50)
    asleep = teams.volunteer(lon=given.LON, lat=given.LAT, always=False)
    found = api.propose(where.incident_id)
    assert [v.pk for v in found.volunteers] == [near.pk, far.pk]
    assert found.volunteers[0].reasons and found.volunteers[0].seconds
    assert found.police[0].pk == where.unit_id
    out = {row.key: row.reasons for row in found.left_out}
    assert (
        "不在" in out[f"volunteer:{asleep.pk}"][0] or "outside" in out[f"volunteer:{asleep.pk}"][0]
    )
    assert found.blocked_reason is None
    assert not Call.objects.exists() and not dispatch_entries()


@pytest.mark.parametrize(
    ("language", "said"), [("zh-hans", "目前不可用"), ("en", "not available now")]
)
def test_those_beyond_the_named_are_counted_in_words(language: str, said: str) -> None:
    where = given.scene()
    given.helpers(1)
    given.helpers(30, always=False)
    with translation.override(language):
        found = api.propose(where.incident_id)
    assert found.left_out_more[said] >= 30 - len(found.left_out)
    assert not [words for words in found.left_out_more if "reject." in words or "{" in words]


def test_police_and_volunteers_in_one_action_one_entry() -> None:
    where = given.scene(urgency="P1")
    people = given.helpers(3)
    api.send(where.incident_id, unit_ids=[where.unit_id], volunteers=True, actor=where.desk)
    police = Call.objects.get(kind=CallKind.POLICE)
    civil = Call.objects.get(kind=CallKind.VOLUNTEER)
    assert police.opened_at == civil.opened_at, "both at the same moment"
    told = {f"unit:{where.unit_id}", *(f"volunteer:{v.pk}" for v in people)}
    (entry,) = dispatch_entries()
    assert told <= set(entry.topics) and f"follow:{where.code}" in entry.topics
    assert incidents.brief(where.incident_id).state == "dispatched"
    assert civil.ranking["phases"] and civil.ranking["picks"], "the suggestion stays beside it"


def test_sending_twice_orders_and_asks_once() -> None:
    where = given.scene()
    given.helpers(2)
    first = api.send(where.incident_id, unit_ids=[where.unit_id], volunteers=True, actor=where.desk)
    again = api.send(where.incident_id, unit_ids=[where.unit_id], volunteers=True, actor=where.desk)
    assert sorted(first) == sorted(again)
    assert Call.objects.count() == 2 and len(dispatch_entries()) == 1


def test_every_step_left_a_change_row() -> None:
    where = given.scene()
    given.helpers(2)
    call = given.called(where)
    steps = DispatchChange.objects.filter(call=call, offer=None).order_by("pk")
    assert list(steps.values_list("from_state", "verb", "to_state")) == [
        ("", "open", "screened"), ("screened", "offer", "offered"),
    ]  # fmt: skip
    assert DispatchChange.objects.filter(offer__call=call, verb="offer").count() == 2


def test_the_nearest_are_asked_first_and_the_far_one_not_yet() -> None:
    where = given.scene()
    near = given.helpers(2)
    (far,) = given.helpers(1, first_m=420)
    call = given.called(where)
    assert set(call.offers.values_list("volunteer_id", flat=True)) == {v.pk for v in near}
    assert call.radius_m == 300
    assert not Offer.objects.filter(volunteer=far).exists()


@pytest.mark.parametrize(
    ("category", "subtype", "words", "reason"),
    [
        (
            "public_order",
            "domestic_violence",
            "隔壁又在打老婆，摔东西的声音很大。",
            "domestic_violence",
        ),
        ("public_order", "fighting", "园区里有人在吵，推推搡搡的。", "not_on_white_list"),
        ("tip_off", "hazard", "我举报这家店，后门常年锁着。", "tip_off"),
        ("urgent_help", "missing_elder", "老人走失了，旁边有个男的拿着刀在追人快来！", "weapon"),
    ],
)
def test_blocked_matters_are_refused_with_the_reason(
    category: str, subtype: str, words: str, reason: str
) -> None:
    where = given.scene(words, category=category, subtype=subtype)
    given.helpers(2)
    with pytest.raises(Refused) as refusal:
        api.call_volunteers(where.incident_id, actor=where.desk)
    assert refusal.value.code in {
        f"dispatch.blocked_{reason}",
        "dispatch.blocked_violence_in_progress",
    }
    assert refusal.value.sentence()
    assert not Call.objects.exists()
    assert api.send_units(where.incident_id, [where.unit_id], actor=where.desk), "police still go"


def test_words_added_later_keep_civilians_away() -> None:
    where = given.scene()
    given.helpers(1)
    assert api.propose(where.incident_id).can_call_volunteers
    incidents.add_supplement(where.code, "他手里拿着刀，在追着砍人，快来！", actor=where.desk)
    assert not api.propose(where.incident_id).can_call_volunteers


def test_without_a_place_units_can_be_sent_and_volunteers_not() -> None:
    where = given.scene(at=None)
    given.helpers(1)
    found = api.propose(where.incident_id)
    assert found.blocked_reason == "no_place" and found.police
    api.send_units(where.incident_id, [where.unit_id], actor=where.desk)
    with pytest.raises(Refused):
        api.call_volunteers(where.incident_id, actor=where.desk)


def test_nobody_free_goes_to_the_desk_at_once() -> None:
    where = given.scene()
    teams.volunteer(lon=given.LON, lat=given.LAT, always=False)
    call = given.called(where)
    assert (call.state, call.offers.count()) == (CallState.ESCALATED, 0)


def test_only_the_desk_sends() -> None:
    where = given.scene()
    (helper,) = given.helpers(1)
    for actor in (bao(), where.officer, given.me(helper)):
        with pytest.raises(NotAllowed):
            api.send_units(where.incident_id, [where.unit_id], actor=actor)


def test_an_ended_matter_is_not_sent_to() -> None:
    where = given.scene()
    report_back(where)
    with pytest.raises(Refused):
        api.send_units(where.incident_id, [where.unit_id], actor=where.desk)


def test_a_matter_that_ends_while_the_desk_decides_is_not_sent_to() -> None:
    where = given.scene()
    given.helpers(1)
    ended: list[str] = []

    def end_first(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        """The moment between the look at the matter and the writing of the orders."""
        if sql.startswith("SAVEPOINT") and not ended:
            ended.append(where.code)
            report_back(where)
        return execute(sql, *rest)

    with connection.execute_wrapper(end_first), pytest.raises(Refused) as refusal:
        api.send(where.incident_id, unit_ids=[where.unit_id], volunteers=True, actor=where.desk)
    assert ended and refusal.value.code == "dispatch.incident_ended"
    assert not Call.objects.exists() and not dispatch_entries()


@pytest.mark.django_db(transaction=True)
def test_who_sends_holds_the_matter_until_the_orders_stand() -> None:
    where = given.scene()
    if not connection.features.has_select_for_update:
        pytest.skip("one writer at a time: nobody can end the matter meanwhile")
    held = []

    def end_meanwhile() -> None:
        try:
            with transaction.atomic():
                rows = Incident.objects.select_for_update(nowait=True)
                rows.get(pk=where.incident_id)
        except OperationalError:
            held.append(where.code)
        finally:
            connection.close()

    def look(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if sql.startswith('INSERT INTO "dispatch_call"'):
            other = threading.Thread(target=end_meanwhile)
            other.start()
            other.join(timeout=30)
        return execute(sql, *rest)

    with connection.execute_wrapper(look):
        api.send_units(where.incident_id, [where.unit_id], actor=where.desk)
    assert held == [where.code]


def test_offers_wait_for_an_answer_for_five_minutes() -> None:
    where = given.scene()
    given.helpers(1)
    offer = given.called(where).offers.get()
    assert offer.state == OfferState.OFFERED and offer.expires_at is not None
    assert (offer.expires_at - offer.offered_at).total_seconds() == 300


def test_who_is_merely_asked_does_not_get_the_key_to_the_residents_page() -> None:
    where = given.scene()
    one, other = given.helpers(2)
    given.called(where)
    api.accept_offer(given.offer_to(one).pk, actor=given.me(one))
    heard = [e for e in dispatch_entries() if f"volunteer:{other.pk}" in e.topics]
    assert len(heard) == 2
    for entry in heard:
        assert where.code not in str(entry.data)
        assert f"follow:{where.code}" in entry.topics, "the resident's page is told all the same"


@pytest.mark.django_db(transaction=True)  # subscribers read what is committed
def test_a_crew_opens_what_it_is_ordered_to_and_nothing_else_of_another_station() -> None:
    where = given.scene()
    rider = replace(where.officer, station_id=None)  # traffic police belong to no station
    with pytest.raises(NotFound):
        incidents.access_incident(rider, where.code)
    (call,) = api.send_units(where.incident_id, [where.unit_id], actor=where.desk)
    assert incidents.access_incident(rider, where.code).code == where.code
    report_back_as(rider, where)
    deliver()
    assert not Call.objects.filter(pk=call, state__in=CALL_OPEN).exists()
    with pytest.raises(NotFound):
        incidents.access_incident(rider, where.code)


def report_back_as(who: Actor, where: given.Scene) -> None:
    said = incidents.SceneReportIn(outcome="resolved", measures="送回家", answer="老人已回家")
    incidents.file_scene_report(where.code, said, actor=who)
