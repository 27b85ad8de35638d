"""By the doors people use: the field pages of a volunteer, an officer, the desk, a resident."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from maplebridge.dispatch import api
from maplebridge.dispatch.models import Call, Offer, Position
from maplebridge.dispatch.queries import orders
from maplebridge.dispatch.queries.facts import newest_crew_account
from maplebridge.dispatch.states import CallState, OfferState
from maplebridge.dispatch.tests import given
from maplebridge.dispatch.tests.given import account_of
from maplebridge.dispatch.web.faces import (
    asked_volunteer,
    ready_sentinel,
)
from maplebridge.incidents import api as incidents
from maplebridge.incidents.models import SceneReport
from maplebridge.kernel.actor import Actor
from maplebridge.people.models import Unit
from maplebridge.teams import api as teams_api
from maplebridge.teams.tests import factories as teams

pytestmark = pytest.mark.django_db


def signed_in(actor: Actor, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(account_of(actor))
    return client


def page(client: Client, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, url
    return answer.content.decode()


def test_from_the_offer_to_the_hand_over_by_taps() -> None:
    where = given.scene()
    (person,) = given.helpers(1)
    volunteer = given.sign_up(person, "volunteer")
    phone = signed_in(volunteer)
    assert "No order for you right now" in page(phone, reverse("dispatch:home"))

    desk = signed_in(where.desk)
    side = page(desk, reverse("incidents:case", args=[where.code]))
    assert "Send 1" in side and "巡逻组 01" not in side and "Patrol 01" in side
    sent = desk.post(
        reverse("dispatch:send", args=[where.code]),
        {"units": [where.unit_id], "volunteers": "on"},
    )
    assert sent.status_code == 302

    offer = Offer.objects.get(volunteer=person)
    assert reverse("dispatch:offer", args=[offer.pk]) in page(phone, reverse("dispatch:home"))
    order = page(phone, reverse("dispatch:offer", args=[offer.pk]))
    assert "You may" in order and "You may not" in order and "Do not film faces" in order
    assert "data-clock" in order

    phone.post(reverse("dispatch:answer", args=[offer.pk]), {"answer": "yes"})
    way = page(phone, reverse("dispatch:way", args=[offer.pk]))
    assert "I am there" in way and "Promised by" in way
    route = phone.get(reverse("dispatch:route", args=[offer.pk])).json()
    line = route["features"][0]["geometry"]["coordinates"]
    assert line[0] == [person.base_lon, person.base_lat] and line[-1] == [given.LON, given.LAT]

    phone.post(reverse("dispatch:position", args=[offer.pk]), {"lon": given.LON, "lat": given.LAT})
    assert Position.objects.filter(offer=offer).exists()
    phone.post(reverse("dispatch:step", args=[offer.pk]), {"step": "arrive"})
    assert not Position.objects.exists(), "the position ends with the way"
    assert incidents.brief(where.incident_id).state == "arrived"

    form = page(phone, reverse("dispatch:handover", args=[offer.pk]))
    assert "What you saw and did" in form and "Patrol 01" in form
    refused = phone.post(reverse("dispatch:handover", args=[offer.pk]), {"injuries": "none"})
    assert refused.status_code == 422
    phone.post(
        reverse("dispatch:handover", args=[offer.pk]),
        {"did": ["calm", "accompany_lost_person"], "injuries": "none", "wishes": "想等女儿来接。",
         "handed_to": where.unit_id},
    )  # fmt: skip
    assert "Waiting for the officer" in page(phone, reverse("dispatch:handover", args=[offer.pk]))

    police = signed_in(where.officer)
    assert "Waiting for you to take over" in page(police, reverse("dispatch:home"))
    assert "想等女儿来接。" in page(police, reverse("dispatch:handover", args=[offer.pk]))
    police.post(reverse("dispatch:take", args=[offer.pk]))
    offer.refresh_from_db()
    assert offer.state == OfferState.DONE
    assert teams_api.balance(person.pk) == 10
    assert "Done. Thank you." in page(phone, reverse("dispatch:handover", args=[offer.pk]))


@pytest.mark.parametrize("filed", [True, False])
def test_a_matter_that_ends_without_an_officer_has_a_closing_word(filed: bool) -> None:
    where = given.scene()
    (person,) = given.helpers(1)
    phone = signed_in(given.sign_up(person, "volunteer"))
    call = given.called(where)
    offer = Offer.objects.get(call=call, volunteer=person)
    url = reverse("dispatch:handover", args=[offer.pk])
    phone.post(reverse("dispatch:answer", args=[offer.pk]), {"answer": "yes"})
    phone.post(reverse("dispatch:step", args=[offer.pk]), {"step": "arrive"})
    assert "The matter has ended" not in page(phone, url)
    if filed:
        phone.post(url, {"did": ["calm"], "injuries": "none"})
    api.stand_down(call.pk, actor=where.desk)
    said = page(phone, url)
    assert "The matter has ended. Thank you." in said
    assert "The officer has taken over" not in said
    # An open page reads one part of itself again: the one that says so must be in it.
    home = page(phone, reverse("dispatch:home"))
    assert "Your order ended at" in home
    assert offer.call.incident.title not in home
    assert f'id="{"handover" if filed else "keep-away"}"' in said.partition("The matter has")[0]


def test_a_resident_reads_who_comes_by_an_alias_and_by_when() -> None:
    where = given.scene()
    (person,) = given.helpers(1)
    call = given.called(where)
    following = reverse("incidents:followed", args=[where.code])
    anybody = Client(headers={"accept-language": "en"})
    assert "is being asked" in page(anybody, following)
    api.accept_offer(call.offers.get().pk, actor=given.me(person))
    text = page(anybody, following)
    assert f"The volunteer {person.display_name}" in text and "there by" in text
    zh = page(Client(headers={"accept-language": "zh-hans"}), following)
    assert person.display_name in zh


@pytest.mark.parametrize(
    ("kind", "english", "chinese"),
    [
        ("traffic", "The police unit", "警"),
        ("ambulance", "The ambulance", "医"),
        ("micro_fire", "The fire crew", "消"),
    ],
)
def test_an_ambulance_is_never_told_as_police(kind: str, english: str, chinese: str) -> None:
    where = given.scene()
    unit = Unit.objects.get(pk=where.unit_id)
    Unit.objects.filter(pk=unit.pk).update(kind=kind)
    (call_id,) = api.send_units(where.incident_id, [unit.pk], actor=where.desk)
    api.accept_offer(Offer.objects.get(call_id=call_id).pk, actor=where.officer)
    following = reverse("incidents:followed", args=[where.code])
    assert f"{english} ({unit.name_en})" in page(
        Client(headers={"accept-language": "en"}), following
    )
    seal = f'aria-hidden="true">{chinese}</span>'
    assert seal in page(Client(headers={"accept-language": "zh-hans"}), following)


SCENE = {
    "outcome": "resolved",
    "measures": "老人已由女儿接回。",
    "injuries": "",
    "answer": "老人平安，已和家人回家。",
}


def test_the_crew_reports_back_on_the_phone_once_and_the_resident_reads_it() -> None:
    where = given.scene()
    (call_id,) = api.send_units(where.incident_id, [where.unit_id], actor=where.desk)
    offer = Offer.objects.get(call_id=call_id)
    api.accept_offer(offer.pk, actor=where.officer)
    phone = signed_in(where.officer)
    url = reverse("dispatch:scene", args=[offer.pk])
    assert f'data-keep="{url}"' in page(phone, reverse("dispatch:home")), "kept before it is needed"
    assert 'data-offline="scene"' in page(phone, url)
    api.arrive(offer.pk, actor=where.officer)
    assert url in page(phone, reverse("dispatch:way", args=[offer.pk]))
    empty = phone.post(url, {})
    assert empty.status_code == 422 and "Say what was done." in empty.content.decode()
    for _lost_answer in range(2):
        assert phone.post(url, SCENE)["Location"] == reverse("dispatch:home")
    assert SceneReport.objects.filter(incident=where.incident_id).count() == 1
    other = phone.post(url, SCENE | {"measures": "别的话。"}, follow=True)
    assert SceneReport.objects.count() == 1
    assert "said-warning" in other.content.decode(), "refused with a sentence, not swallowed"
    assert "It was reported back" in page(phone, url)
    anybody = Client(headers={"accept-language": "zh-hans"})
    assert SCENE["answer"] in page(anybody, reverse("incidents:followed", args=[where.code]))


def test_a_scene_report_is_for_who_was_sent_and_may_report_back() -> None:
    where = given.scene()
    (person,) = given.helpers(1)
    offer = given.called(where).offers.get()
    helper = signed_in(given.sign_up(person, "volunteer"))
    api.accept_offer(offer.pk, actor=given.me(person))
    url = reverse("dispatch:scene", args=[offer.pk])
    assert helper.get(url).status_code == 403
    assert helper.post(url, SCENE).status_code == 403
    assert signed_in(where.officer).get(url).status_code == 404
    assert not SceneReport.objects.exists()


def test_the_second_to_say_yes_reads_a_calm_sentence() -> None:
    where = given.scene()
    one, other = given.helpers(2)
    actors = [given.sign_up(v, "volunteer") for v in (one, other)]
    given.called(where)
    for person, actor in zip((one, other), actors, strict=True):
        signed_in(actor).post(
            reverse("dispatch:answer", args=[given.offer_to(person).pk]), {"answer": "yes"}
        )
    late = signed_in(actors[1])
    text = page(late, reverse("dispatch:offer", args=[given.offer_to(other).pk]))
    assert "Somebody else is already on the way" in text
    assert "I go" not in text


@pytest.mark.parametrize("sent", [{}, {"answer": ""}, {"answer": "maybe"}])
def test_an_answer_without_a_yes_or_no_is_none(sent: dict[str, str]) -> None:
    where = given.scene()
    (person,) = given.helpers(1)
    offer = given.called(where).offers.get()
    phone = signed_in(given.sign_up(person, "volunteer"))
    assert phone.post(reverse("dispatch:answer", args=[offer.pk]), sent).status_code == 422
    offer.refresh_from_db()
    assert offer.state == OfferState.OFFERED


def test_who_said_no_does_not_read_the_matter_any_more() -> None:
    where = given.scene()
    (person,) = given.helpers(1)
    offer = given.called(where).offers.get()
    title = incidents.brief(where.incident_id).title
    phone = signed_in(given.sign_up(person, "volunteer"))
    assert title and title in page(phone, reverse("dispatch:offer", args=[offer.pk]))
    phone.post(reverse("dispatch:answer", args=[offer.pk]), {"answer": "no"})
    for name in ("offer", "way", "handover"):
        text = page(phone, reverse(f"dispatch:{name}", args=[offer.pk]))
        assert title not in text and str(given.LON) not in text, name
    over = page(phone, reverse("dispatch:offer", args=[offer.pk]))
    assert "This order is no longer yours" in over and "You may not" not in over


def test_the_crew_signs_sets_out_arrives() -> None:
    where = given.scene()
    (call_id,) = api.send_units(where.incident_id, [where.unit_id], actor=where.desk)
    offer = Offer.objects.get(call_id=call_id)
    police = signed_in(where.officer)
    assert "Received, we go" in page(police, reverse("dispatch:offer", args=[offer.pk]))
    police.post(reverse("dispatch:answer", args=[offer.pk]), {"answer": "yes"})
    assert "Set out" in page(police, reverse("dispatch:way", args=[offer.pk]))
    police.post(reverse("dispatch:step", args=[offer.pk]), {"step": "set_out"})
    assert "Set out" not in page(police, reverse("dispatch:way", args=[offer.pk]))
    police.post(reverse("dispatch:step", args=[offer.pk]), {"step": "arrive"})
    assert "Report back on the matter" in page(police, reverse("dispatch:way", args=[offer.pk]))
    offer.refresh_from_db()
    assert offer.set_out_at and offer.arrived_at


def test_a_blocked_matter_shows_why_and_has_no_box_for_volunteers() -> None:
    where = given.scene("隔壁又在打老婆。", category="public_order", subtype="domestic_violence")
    given.helpers(2)
    side = page(signed_in(where.desk), reverse("incidents:case", args=[where.code]))
    assert "Volunteers are not asked" in side and 'id="call-volunteers"' not in side


def test_the_desk_stands_down_and_everybody_is_told() -> None:
    where = given.scene()
    (person,) = given.helpers(1)
    call = given.called(where)
    desk = signed_in(where.desk)
    desk.post(reverse("dispatch:stand_down", args=[where.code, call.pk]), {"reason": "settled"})
    call.refresh_from_db()
    assert call.state == CallState.CANCELLED
    phone = signed_in(given.sign_up(person, "volunteer"))
    assert "stood down" in page(phone, reverse("dispatch:offer", args=[given.offer_to(person).pk]))


def test_others_orders_do_not_exist_for_me() -> None:
    where = given.scene()
    one, other = given.helpers(2)
    given.called(where)
    phone = signed_in(given.sign_up(other, "volunteer"))
    offer = given.offer_to(one)
    for name in ("offer", "way", "route", "handover"):
        page(phone, reverse(f"dispatch:{name}", args=[offer.pk]), status=404)
    resident = Client()
    assert resident.get(reverse("dispatch:home")).status_code == 302


def test_the_desk_of_another_role_can_not_send() -> None:
    where = given.scene()
    helper = given.sign_up(given.helpers(1)[0], "volunteer")
    answer = signed_in(helper).post(
        reverse("dispatch:send", args=[where.code]), {"units": [where.unit_id]}
    )
    assert answer.status_code in (403, 404)
    assert not Call.objects.exists()


def test_a_newcomer_plays_the_volunteer_who_was_just_asked() -> None:
    where = given.scene()
    near, far = given.helpers(2)
    assert asked_volunteer() == near.account_id
    call = given.called(where)
    first = call.offers.order_by("rank").first()
    assert first is not None and asked_volunteer() == first.volunteer.account_id  # type: ignore[union-attr]
    api.decline_offer(first.pk, actor=given.me(first.volunteer))  # type: ignore[arg-type]
    assert asked_volunteer() in {near.account_id, far.account_id} - {first.volunteer.account_id}  # type: ignore[union-attr]


@pytest.mark.parametrize("count", [3, 30])
def test_my_orders_take_one_query_however_many(count: int) -> None:
    where = given.scene()
    (person,) = given.helpers(1)
    call = given.called(where)
    Offer.objects.all().delete()
    for _n in range(count):
        copy = Call.objects.create(
            incident_id=where.incident_id, kind="police", order_type="x", state="offered",
            opened_at=call.opened_at, urgency="P2",
        )  # fmt: skip
        Offer.objects.create(call=copy, volunteer=person, offered_at=call.opened_at)
    with CaptureQueriesContext(connection) as queries:
        waiting, _accepted = orders.my_orders(given.me(person))
    assert (len(waiting), len(queries)) == (count, 1)


@pytest.mark.parametrize("count", [3, 30])
def test_the_desk_reads_all_who_were_asked_in_two_queries(count: int) -> None:
    from maplebridge.dispatch.queries.board import calls_of

    where = given.scene()
    call = given.called(where)
    Offer.objects.bulk_create(
        Offer(call=call, volunteer=v, offered_at=call.opened_at) for v in given.helpers(count)
    )
    with CaptureQueriesContext(connection) as queries:
        (line,) = calls_of(where.incident_id)
    assert (len(line.offers), len(queries)) == (count, 2)


def test_a_newcomer_plays_the_officer_whose_unit_was_ordered() -> None:
    where = given.scene()
    assert newest_crew_account() is None
    api.send_units(where.incident_id, [where.unit_id], actor=where.desk)
    assert newest_crew_account() == where.officer.account_id


def test_a_newcomer_plays_a_sentinel_whose_training_holds() -> None:
    lapsed = teams.sentinel(trained_days=-1)
    ready = teams.sentinel(lapsed.team)
    assert ready_sentinel() == ready.account_id


def test_a_unit_may_sign_by_radio_and_a_volunteer_answers_alone() -> None:
    where = given.scene()
    (person,) = given.helpers(1)
    api.send(where.incident_id, unit_ids=[where.unit_id], volunteers=True, actor=where.desk)
    unit, civil = Offer.objects.get(unit=where.unit_id), Offer.objects.get(volunteer=person)
    desk = signed_in(where.desk)
    assert "Signed by radio" in page(desk, reverse("incidents:case", args=[where.code]))
    for step in ("accept", "arrive"):
        desk.post(reverse("dispatch:by_radio", args=[where.code, unit.pk]), {"step": step})
    unit.refresh_from_db()
    assert unit.state == OfferState.ARRIVED
    assert unit.changes.get(verb="arrive").actor_role == where.desk.role
    answer = desk.post(
        reverse("dispatch:by_radio", args=[where.code, civil.pk]), {"step": "accept"}
    )
    assert answer.status_code == 404
    civil.refresh_from_db()
    assert civil.state == OfferState.OFFERED
