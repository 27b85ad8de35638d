"""Civilians are kept away from what is not for them, also when it is learned after the sending."""

from __future__ import annotations

import pytest
from django.test import Client

from maplebridge.dispatch import api
from maplebridge.dispatch.models import Call, Offer, Position
from maplebridge.dispatch.states import CallKind, CallState, OfferState
from maplebridge.dispatch.tests import given
from maplebridge.incidents import api as incidents
from maplebridge.incidents.models import Incident
from maplebridge.incidents.tests.given import report
from maplebridge.kernel.actor import RESIDENT, SYSTEM
from maplebridge.kernel.errors import Conflict, Refused
from maplebridge.kernel.journal.models import JournalEntry
from maplebridge.kernel.testing import deliver, frozen
from maplebridge.people.models import Unit

pytestmark = pytest.mark.django_db(transaction=True)  # subscribers read what is committed
ARMED = "那个男的回来了，拿着刀在砍人，快来！"


def judge_anew(where: given.Scene, category: str, subtype: str, reason: str = "") -> None:
    decision = incidents.Triage(
        category=category, subtype=subtype, urgency="P2", police_label="police",
        lead_agency="PSB", reason=reason,
    )  # fmt: skip
    incidents.triage_incident(where.code, decision, actor=where.desk)


def states(call: Call) -> list[str]:
    return sorted(call.offers.values_list("state", flat=True))


@pytest.mark.parametrize(
    "words",
    [
        "我老公又打我了，孩子一直在哭，你们快来",
        "8岁的小女孩身上全是伤，说是爸爸打的",
    ],
)
def test_filed_as_a_quarrel_of_neighbours_the_words_still_keep_volunteers_away(words: str) -> None:
    where = given.scene(words, category="dispute", subtype="neighbour")
    given.helpers(2)
    assert api.propose(where.incident_id).blocked_reason
    with pytest.raises(Refused):
        api.call_volunteers(where.incident_id, actor=where.desk)
    assert not Offer.objects.exists()


def test_a_corrected_category_ends_the_asking_and_tells_everybody() -> None:
    where = given.scene()
    people = given.helpers(2)
    call = given.called(where)
    judge_anew(where, "public_order", "domestic_violence")
    deliver()
    call.refresh_from_db()
    assert states(call) == [OfferState.STOOD_DOWN, OfferState.STOOD_DOWN]
    assert call.state == CallState.ESCALATED
    (entry,) = JournalEntry.objects.filter(kind="dispatch.civilians_kept_away")
    assert {f"volunteer:{v.pk}" for v in people} <= set(entry.topics)
    assert incidents.brief(where.incident_id).state == "triaged", "to be sent anew"
    assert api.screen_again(where.incident_id, actor=SYSTEM("test")) == 0, "a repeat tells nobody"


def test_words_added_on_the_way_turn_the_helper_back() -> None:
    where = given.scene()
    (helper,) = given.helpers(1)
    call = given.called(where)
    actor = given.sign_up(helper, "volunteer")
    offer = api.accept_offer(given.offer_to(helper).pk, actor=actor)
    api.share_position(offer.pk, given.LON, given.LAT, actor=actor)
    incidents.add_supplement(where.code, ARMED, actor=RESIDENT)
    deliver()
    offer.refresh_from_db()
    call.refresh_from_db()
    assert (offer.state, call.state) == (OfferState.STOOD_DOWN, CallState.CANCELLED)
    assert not Position.objects.exists(), "the way has ended"
    phone = Client(headers={"accept-language": "en"})
    phone.force_login(given.account_of(actor))
    page = phone.get(f"/field/way/{offer.pk}/").content.decode()
    assert "A weapon may be involved" in page and "Please turn back" in page
    assert "拿着刀" not in page, "why, and not what was said"


def test_who_is_on_the_spot_is_told_to_keep_back_and_may_still_hand_over() -> None:
    where = given.scene()
    (helper,) = given.helpers(1)
    given.called(where)
    actor = given.sign_up(helper, "volunteer")
    offer = api.accept_offer(given.offer_to(helper).pk, actor=actor)
    api.arrive(offer.pk, actor=actor)
    incidents.add_supplement(where.code, ARMED, actor=RESIDENT)
    deliver()
    offer.refresh_from_db()
    assert offer.state == OfferState.ARRIVED
    phone = Client(headers={"accept-language": "zh-hans"})
    phone.force_login(given.account_of(actor))
    page = phone.get(f"/field/handover/{offer.pk}/").content.decode()
    assert "请立即退到安全处" in page and "可能有凶器" in page
    assert JournalEntry.objects.filter(kind="dispatch.civilians_kept_away").count() == 1


def test_a_yes_is_refused_before_the_worker_has_read_the_words() -> None:
    where = given.scene()
    (helper,) = given.helpers(1)
    given.called(where)
    actor = given.sign_up(helper, "volunteer")
    incidents.add_supplement(where.code, ARMED, actor=RESIDENT)
    with pytest.raises(Refused) as refused:
        api.accept_offer(given.offer_to(helper).pk, actor=actor)
    assert refused.value.code == "dispatch.not_for_civilians"
    assert given.offer_to(helper).state == OfferState.OFFERED


def test_the_next_circle_is_not_asked_once_it_is_known() -> None:
    with frozen() as clock:
        where = given.scene()
        given.helpers(1, first_m=40)
        given.helpers(4, first_m=500)
        call = given.called(where)
        asked = call.offers.count()
        Incident.objects.filter(pk=where.incident_id).update(
            category="public_order", subtype="domestic_violence"
        )
        clock.move(minutes=6)
        api.advance_call(call.pk)
    call.refresh_from_db()
    assert call.offers.count() == asked and call.state == CallState.ESCALATED


def test_what_is_merely_not_on_the_list_lets_who_is_on_the_way_go_on() -> None:
    where = given.scene()
    first, second = given.helpers(2)
    call = given.called(where)
    actor = given.sign_up(first, "volunteer")
    api.accept_offer(given.offer_to(first).pk, actor=actor)
    judge_anew(where, "consultation", "")
    deliver()
    call.refresh_from_db()
    assert call.state == CallState.ACCEPTED
    assert given.offer_to(second).state == OfferState.TAKEN


def test_a_critical_matter_is_never_left_to_volunteers_alone() -> None:
    where = given.scene(urgency="P1")
    given.helpers(2)
    browser = Client(headers={"accept-language": "en"})
    browser.force_login(given.account_of(where.desk))
    page = browser.get(f"/desk/{where.code}/").content.decode()
    assert f'name="units" value="{where.unit_id}" id="unit-{where.unit_id}" checked' in page
    answer = browser.post(f"/desk/{where.code}/send/", {"volunteers": "on"}, follow=True)
    assert "never left to volunteers alone" in answer.content.decode()
    assert not Call.objects.exists()
    browser.post(f"/desk/{where.code}/send/", {"volunteers": "on", "units": where.unit_id})
    assert set(Call.objects.values_list("kind", flat=True)) == {
        CallKind.POLICE, CallKind.VOLUNTEER,
    }  # fmt: skip


def test_a_critical_matter_may_go_to_volunteers_when_no_unit_is_on_duty() -> None:
    where = given.scene(urgency="P1")
    given.helpers(1)
    Unit.objects.update(shifts=[])
    assert api.send(where.incident_id, unit_ids=(), volunteers=True, actor=where.desk)


def test_what_is_not_on_the_list_is_screened_by_a_person_and_then_asked() -> None:
    where = given.scene("巷口的老树歪了，想请人帮忙看看", category="consultation", subtype="")
    given.helpers(2)
    browser = Client(headers={"accept-language": "en"})
    browser.force_login(given.account_of(where.desk))
    page = browser.get(f"/desk/{where.code}/").content.decode()
    assert 'name="screened"' in page and 'name="volunteers"' not in page
    with pytest.raises(Refused):
        api.call_volunteers(where.incident_id, actor=where.desk)
    browser.post(f"/desk/{where.code}/send/", {"screened": "on"})
    call = Call.objects.get()
    assert call.screened_by is not None and call.offers.count() == 2
    opened = call.changes.get(verb="open")
    assert (opened.reason, opened.actor_post) == ("screened", call.screened_by)
    assert api.screen_again(where.incident_id, actor=SYSTEM("test")) == 0, "the decision holds"
    incidents.add_supplement(where.code, ARMED, actor=RESIDENT)
    deliver()
    assert states(call) == [OfferState.STOOD_DOWN, OfferState.STOOD_DOWN], "until it is dangerous"


def test_no_screening_lifts_a_danger() -> None:
    where = given.scene("我老公又打我了", category="public_order", subtype="domestic_violence")
    given.helpers(1)
    with pytest.raises(Refused):
        api.send(where.incident_id, unit_ids=(), volunteers=True, screened=True, actor=where.desk)
    assert not Call.objects.exists()


def test_words_of_a_repeat_reach_the_helpers_of_the_leading_matter() -> None:
    where = given.scene()
    (helper,) = given.helpers(1)
    given.called(where)
    actor = given.sign_up(helper, "volunteer")
    offer = api.accept_offer(given.offer_to(helper).pk, actor=actor)
    repeat = report("还是车站那里，" + ARMED)
    incidents.merge_incidents(where.code, repeat.code, actor=where.desk)
    deliver()
    offer.refresh_from_db()
    assert offer.state == OfferState.STOOD_DOWN


def test_words_added_to_a_repeat_later_reach_them_too() -> None:
    where = given.scene()
    given.helpers(1)
    call = given.called(where)
    repeat = report("车站那位老奶奶我也看见了")
    incidents.merge_incidents(where.code, repeat.code, actor=where.desk)
    deliver()
    assert states(call) == [OfferState.OFFERED]
    incidents.add_supplement(repeat.code, ARMED, actor=RESIDENT)
    deliver()
    assert states(call) == [OfferState.STOOD_DOWN]


def test_a_corrected_category_lets_who_was_kept_back_go_on() -> None:
    where = given.scene()
    (helper,) = given.helpers(1)
    call = given.called(where)
    actor = given.sign_up(helper, "volunteer")
    offer = api.accept_offer(given.offer_to(helper).pk, actor=actor)
    api.arrive(offer.pk, actor=actor)
    judge_anew(where, "public_order", "domestic_violence")
    deliver()
    call.refresh_from_db()
    assert call.keep_back == "domestic_violence"
    judge_anew(where, "urgent_help", "missing_elder", reason="核实后更正")
    deliver()
    call.refresh_from_db()
    assert call.keep_back == ""
    assert JournalEntry.objects.filter(kind="dispatch.civilians_may_go_on").count() == 1
    page = Client(headers={"accept-language": "en"})
    page.force_login(given.account_of(actor))
    assert (
        "Go back to a safe place" not in page.get(f"/field/handover/{offer.pk}/").content.decode()
    )


def test_given_back_it_is_put_only_to_those_who_still_may() -> None:
    where = given.scene()
    first, second = given.helpers(2)
    call = given.called(where)
    actor = given.sign_up(first, "volunteer")
    other = given.sign_up(second, "volunteer")
    offer = api.accept_offer(given.offer_to(first).pk, actor=actor)
    judge_anew(where, "consultation", "")
    deliver()
    api.release_offer(offer.pk, actor=actor)
    assert given.offer_to(second).state == OfferState.TAKEN
    call.refresh_from_db()
    assert call.state == CallState.ESCALATED, "a person decides"
    assert incidents.brief(where.incident_id).state == "triaged"
    with pytest.raises((Refused, Conflict)):
        api.accept_offer(given.offer_to(second).pk, actor=other)


def test_where_contact_is_unsafe_nobody_from_the_street_goes() -> None:
    where = given.scene(
        "楼下两口子又吵起来了，能不能派人看看", category="dispute", subtype="neighbour"
    )
    given.helpers(1)
    assert api.propose(where.incident_id).blocked_reason is None
    Incident.objects.filter(pk=where.incident_id).update(safe_contact="unsafe")
    assert api.propose(where.incident_id).blocked_reason == "hidden_victim"
    Incident.objects.filter(pk=where.incident_id).update(
        category="social_linkage", subtype="facility.manhole"
    )
    assert api.propose(where.incident_id).blocked_reason is None, "a manhole is no contact"


def test_what_became_critical_is_not_left_to_volunteers_either() -> None:
    where = given.scene(urgency="P3")
    given.helpers(1)
    incidents.raise_urgency(where.incident_id, "P1", "alarm.need_help", actor=SYSTEM("test"))
    with pytest.raises(Refused):
        api.call_volunteers(where.incident_id, actor=where.desk)
