"""A sentinel's alarm: one tap, 15 seconds to answer, 30 to be there, the police when needed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from maplebridge.dispatch import api
from maplebridge.dispatch.models import Call, FirstArrival, SentinelAlarm
from maplebridge.dispatch.queries.orders import half_minute_seconds, my_alarms
from maplebridge.dispatch.states import AlarmState, AlarmStatus, CallKind
from maplebridge.dispatch.tasks import expire_offers
from maplebridge.dispatch.tests import given
from maplebridge.dispatch.tests.given import account_of
from maplebridge.incidents import api as incidents
from maplebridge.incidents import queries
from maplebridge.incidents.models import Incident, Supplement
from maplebridge.incidents.queries import QueueRow
from maplebridge.incidents.tests.given import report
from maplebridge.kernel.actor import SYSTEM, Actor
from maplebridge.kernel.clock import FixedClock, now, use_clock
from maplebridge.kernel.errors import BadInput, MapleError, NotAllowed, NotFound, Refused
from maplebridge.kernel.jobs import work_once
from maplebridge.kernel.journal.models import JournalEntry
from maplebridge.kernel.testing import deliver
from maplebridge.people.models import Unit
from maplebridge.people.tests.factories import lin, officer, people_of_small_city
from maplebridge.teams.models import Sentinel
from maplebridge.teams.tests import factories as teams

pytestmark = pytest.mark.django_db
me = teams.as_sentinel


@pytest.fixture
def clock() -> Iterator[FixedClock]:
    fixed = FixedClock(datetime(2026, 7, 14, 6, 3, tzinfo=UTC))  # 14:03 in Shanghai
    with use_clock(fixed):
        people_of_small_city()
        yield fixed


def raised(by: Sentinel, kind: str = "fight", status: str = "intervening") -> SentinelAlarm:
    return api.raise_alarm(kind, "有员工在园区推搡", status, actor=me(by), key="tap-1")


def test_one_tap_is_a_report_an_alarm_and_one_entry(clock: FixedClock) -> None:
    guard = teams.sentinel()
    mate = teams.sentinel(guard.team)
    alarm = raised(guard)
    again = raised(guard)
    assert alarm.pk == again.pk and Incident.objects.count() == 1
    incident = Incident.objects.get()
    assert incident.channel == "sentinel" and "推搡" in incident.reports.get().narrative
    entry = JournalEntry.objects.get(kind="dispatch.alarm_raised")
    assert {"desk", f"sentinel:{mate.pk}"} <= set(entry.topics)
    assert not entry.data["police_linked"]


@pytest.mark.parametrize(("seconds", "inside"), [(27, True), (30, True), (31, False)])
def test_the_half_minute_counts_from_the_tap_to_the_scene(
    clock: FixedClock, seconds: int, inside: bool
) -> None:
    guard = teams.sentinel()
    mate = teams.sentinel(guard.team)
    alarm = raised(guard)
    clock.move(seconds=8)
    api.acknowledge_alarm(alarm.pk, actor=me(mate))
    clock.move(seconds=seconds - 8)
    api.be_on_scene(alarm.pk, actor=me(mate))
    alarm.refresh_from_db()
    assert half_minute_seconds(alarm) == seconds
    (view,) = my_alarms(me(guard))
    assert view.inside is inside
    entry = JournalEntry.objects.get(kind="dispatch.unit_arrived")
    assert entry.data["alarm_id"] == alarm.pk
    assert entry.data["seconds_from_call"] == seconds
    assert FirstArrival.objects.get().kind == "sentinel"
    assert incidents.brief(alarm.incident_id).state == "arrived"


@pytest.mark.parametrize(
    ("kind", "status", "linked"),
    [
        ("fight", "intervening", False),
        ("quarrel", "stable", False),
        ("injury", "stable", True),
        ("weapon", "intervening", True),
        ("fire", "intervening", True),
        ("theft", "need_help", True),
    ],
)
def test_the_police_are_called_in_by_themselves(
    clock: FixedClock, kind: str, status: str, linked: bool
) -> None:
    alarm = raised(teams.sentinel(), kind, status)
    assert (alarm.police_linked_at is not None) is linked


def test_need_help_later_calls_the_police_once(clock: FixedClock) -> None:
    guard = teams.sentinel()
    alarm = raised(guard)
    for _n in range(2):
        api.update_alarm(alarm.pk, "need_help", "又打起来了", actor=me(guard))
    alarm.refresh_from_db()
    assert alarm.police_linked_at is not None
    assert alarm.changes.filter(verb="link_police").count() == 1


def test_a_sentinels_words_are_the_sentinels_and_a_repeat_adds_nothing(clock: FixedClock) -> None:
    guard = teams.sentinel()
    actor = given.sign_up(guard, "sentinel")
    alarm = raised(guard)
    before = JournalEntry.objects.count()
    for _twice in range(2):
        api.update_alarm(alarm.pk, "need_help", "又打起来了", actor=actor, key="tap-2")
    added = Supplement.objects.get()
    assert (added.text, added.by_resident) == ("又打起来了", False)
    fresh = JournalEntry.objects.order_by("pk")[before:]
    kinds = [(e.kind, e.actor_role) for e in fresh]
    assert kinds == [
        ("incidents.supplemented", "sentinel"), ("dispatch.alarm_changed", "sentinel"),
    ]  # fmt: skip
    assert alarm.changes.filter(verb="update").count() == 1


def test_the_same_words_at_another_time_are_added(clock: FixedClock) -> None:
    guard = teams.sentinel()
    alarm = raised(guard)
    for key in ("tap-2", "tap-3"):
        api.update_alarm(alarm.pk, "need_help", "又打起来了", actor=me(guard), key=key)
    assert Supplement.objects.count() == 2
    assert alarm.changes.filter(verb="update").count() == 2


def test_a_form_that_is_sent_twice_is_one_update(clock: FixedClock) -> None:
    guard = teams.sentinel()
    alarm = raised(guard)
    phone = Client()
    phone.force_login(account_of(given.sign_up(guard, "sentinel")))
    for page in ("dispatch:home", "dispatch:alarm"):
        form = phone.get(reverse(page)).content.decode().split('value="update"')[1]
        key = form.split('name="intake_key" value="')[1].split('"')[0]
        for _twice in range(2):
            phone.post(
                reverse("dispatch:alarm_step", args=[alarm.pk]),
                {"step": "update", "status": "need_help", "words": "快来", "intake_key": key},
            )
    assert Supplement.objects.count() == 2, "one from each page"


def test_nobody_answers_in_fifteen_seconds(clock: FixedClock) -> None:
    alarm = raised(teams.sentinel())
    for seconds, linked in ((14, False), (1, True)):
        clock.move(seconds=seconds)
        expire_offers({})
        while work_once():
            pass
        alarm.refresh_from_db()
        assert (alarm.police_linked_at is not None) is linked
    assert not api.link_police(alarm.pk)


def test_calm_is_written_down_with_its_time(clock: FixedClock) -> None:
    guard = teams.sentinel()
    alarm = raised(guard)
    clock.move(seconds=130)
    api.update_alarm(alarm.pk, "stable", actor=me(guard))
    alarm.refresh_from_db()
    assert alarm.stable_at == now() and alarm.status == "stable"


def test_an_officer_takes_over_from_the_sentinel(clock: FixedClock) -> None:
    guard = teams.sentinel()
    alarm = raised(guard, status="stable")
    api.be_on_scene(alarm.pk, actor=me(guard))
    call = Call.objects.get(kind=CallKind.SENTINEL)
    assert call.winner is not None
    form = api.PreHandlingIn(did=("keep_apart_by_voice",), injuries="some", wishes="要求赔医药费")
    api.file_pre_handling(call.winner.pk, form, actor=me(guard))
    api.take_over(call.winner.pk, actor=officer_of(alarm))
    alarm.refresh_from_db()
    assert alarm.state == AlarmState.HANDED_OVER


def officer_of(alarm: SentinelAlarm) -> Actor:
    Incident.objects.filter(pk=alarm.incident_id).update(station=officer().station_id)
    return officer()


def test_without_training_there_is_no_sentinel(clock: FixedClock) -> None:
    guard = teams.sentinel(trained_days=1)
    alarm = raised(guard)
    clock.move(days=1)
    with pytest.raises(NotAllowed):
        api.raise_alarm("fight", "", "stable", actor=me(guard), key="tap-2")
    with pytest.raises(NotAllowed):
        api.be_on_scene(alarm.pk, actor=me(guard))
    with pytest.raises(NotAllowed):
        api.acknowledge_alarm(alarm.pk, actor=me(guard))


def test_another_teams_alarm_is_not_mine(clock: FixedClock) -> None:
    alarm = raised(teams.sentinel())
    with pytest.raises(NotFound):
        api.acknowledge_alarm(alarm.pk, actor=me(teams.sentinel()))


def test_a_false_alarm_ends_with_a_reason_and_no_penalty(clock: FixedClock) -> None:
    guard = teams.sentinel()
    alarm = raised(guard)
    with pytest.raises(BadInput):
        api.close_alarm(alarm.pk, reason=" ", actor=me(guard))
    api.close_alarm(alarm.pk, reason="是在搬货", actor=me(guard))
    assert not my_alarms(me(guard))


def test_when_the_matter_ends_the_team_is_told_that_its_alarm_has(clock: FixedClock) -> None:
    guard = teams.sentinel()
    mate = teams.sentinel(guard.team)
    alarm = raised(guard)
    incidents.triage_incident(
        alarm.incident.code,
        incidents.Triage(
            category="public_order", subtype="fighting", urgency="P3", police_label="police",
            lead_agency="PSB",
        ),
        actor=lin(),
    )  # fmt: skip
    incidents.file_scene_report(
        alarm.incident.code,
        incidents.SceneReportIn(outcome="advised", measures="电话说明", answer="已说明"),
        actor=lin(),
    )
    for _twice in range(2):
        api.end_with_incident(alarm.incident_id, actor=SYSTEM("test"))
    alarm.refresh_from_db()
    assert alarm.state == AlarmState.CLOSED
    entry = JournalEntry.objects.get(kind="dispatch.alarm_changed")
    assert (entry.data["verb"], entry.data["state"]) == ("close", "closed")
    assert {f"sentinel:{guard.pk}", f"sentinel:{mate.pk}"} <= set(entry.topics)
    assert alarm.changes.get(verb="close").reason == "incident_ended"


def waiting_first() -> QueueRow:
    """The first row the desk has to judge."""
    (part,) = [p for p in queries.queue(lin()) if p.name == "waiting"]
    return part.rows[0]


@pytest.mark.django_db(transaction=True)  # subscribers read what is committed
@pytest.mark.parametrize("kind", ["weapon", "injury", "fire"])
def test_an_alarm_that_calls_the_police_in_stands_first_with_the_shortest_clock(
    clock: FixedClock, kind: str
) -> None:
    report("隔壁装修太吵了")
    alarm = raised(teams.sentinel(), kind)
    deliver()  # the brain's own reading comes later and does not lower it
    row = waiting_first()
    assert row.code == alarm.incident.code and row.urgency == "P1"
    assert row.due is not None and (row.due.at - row.due.since).total_seconds() == 30
    desk = desk_page(alarm)
    assert "已联动公安" in desk and "岗哨告警" in desk
    assert re.search(r'name="units" value="\d+" id="unit-\d+" checked', desk), "a unit is ticked"


def desk_page(alarm: SentinelAlarm) -> str:
    browser = Client()
    browser.force_login(account_of(lin()))
    return browser.get(f"/desk/{alarm.incident.code}/").content.decode()


def test_a_later_call_for_help_and_no_answer_are_seen_at_the_desk_too(clock: FixedClock) -> None:
    guard = teams.sentinel()
    quarrel = raised(guard, "quarrel")
    assert waiting_first().urgency != "P1"
    api.update_alarm(quarrel.pk, "need_help", "对方叫了人来", actor=me(guard))
    assert waiting_first().urgency == "P1"
    page = desk_page(quarrel)
    assert "对方叫了人来" in page and str(AlarmStatus.NEED_HELP.label) in page
    judged(quarrel, urgency="P3")
    other = api.raise_alarm("strange", "后门开着", "intervening", actor=me(guard), key="tap-2")
    clock.move(seconds=16)
    expire_offers({})
    while work_once():
        pass
    other.refresh_from_db()
    assert other.police_linked_at is not None
    assert (waiting_first().code, waiting_first().urgency) == (other.incident.code, "P1")


def judged(alarm: SentinelAlarm, *, urgency: str) -> None:
    decision = incidents.Triage(
        category="dispute", subtype="neighbour", urgency=urgency, police_label="police",
        lead_agency="PSB",
    )  # fmt: skip
    incidents.triage_incident(alarm.incident.code, decision, actor=lin())


def test_help_after_a_judgement_is_judged_anew(clock: FixedClock) -> None:
    guard = teams.sentinel()
    alarm = raised(guard, "quarrel")
    judged(alarm, urgency="P3")
    api.update_alarm(alarm.pk, "need_help", actor=me(guard))
    assert waiting_first().code == alarm.incident.code and waiting_first().urgency == "P1"
    assert Incident.objects.get(pk=alarm.incident_id).urgency == "P3", "people decide"
    assert "事态加重" in desk_page(alarm)


def test_a_guard_on_the_spot_leaves_the_matter_to_be_judged(clock: FixedClock) -> None:
    guard = teams.sentinel()
    alarm = raised(guard)
    api.be_on_scene(alarm.pk, actor=me(guard))
    assert waiting_first().code == alarm.incident.code


def test_with_a_unit_on_the_way_it_is_handed_over_not_closed(clock: FixedClock) -> None:
    guard = teams.sentinel()
    alarm = raised(guard, "weapon")
    judged(alarm, urgency="P1")
    api.send_units(alarm.incident_id, [Unit.objects.get(code="X01").pk], actor=lin())
    with pytest.raises(Refused):
        api.close_alarm(alarm.pk, reason="没事了", actor=me(guard))
    browser = Client()
    browser.force_login(account_of(lin()))
    end = reverse("dispatch:end_alarm", args=[alarm.incident.code, alarm.pk])
    browser.post(end, {"reason": ""})
    alarm.refresh_from_db()
    assert alarm.state != AlarmState.CLOSED, "not without a reason"
    browser.post(end, {"reason": "现场已平静，误报"})
    alarm.refresh_from_db()
    assert alarm.state == AlarmState.CLOSED


def test_a_slip_of_the_thumb_is_ended_by_the_guard_while_nobody_was_sent(clock: FixedClock) -> None:
    guard = teams.sentinel()
    alarm = raised(guard, "injury")
    api.close_alarm(alarm.pk, reason="误触", actor=me(guard))
    assert waiting_first().code == alarm.incident.code, "the desk judges the matter all the same"


def test_who_is_not_of_the_team_nor_at_the_desk_does_not_end_it(clock: FixedClock) -> None:
    alarm = raised(teams.sentinel())
    for stranger in (officer(), me(teams.sentinel())):
        with pytest.raises((NotFound, NotAllowed)):
            api.close_alarm(alarm.pk, reason="没事了", actor=stranger)


def test_nonsense_is_refused(clock: FixedClock) -> None:
    with pytest.raises(MapleError):
        api.raise_alarm("dance", "", "intervening", actor=me(teams.sentinel()))
    with pytest.raises(NotAllowed):
        api.raise_alarm("fight", "", "stable", actor=officer())


def test_by_the_door_of_the_phone(clock: FixedClock) -> None:
    guard = teams.sentinel()
    actor = given.sign_up(guard, "sentinel")
    phone = Client(headers={"accept-language": "en"})
    phone.force_login(account_of(actor))
    assert "Raise the alarm" in phone.get(reverse("dispatch:home")).content.decode()
    form = phone.get(reverse("dispatch:alarm")).content.decode()
    key = form.split('name="intake_key" value="')[1].split('"')[0]
    for _twice in range(2):
        answer = phone.post(
            reverse("dispatch:alarm"),
            {"kind": "fight", "status": "intervening", "words": "", "intake_key": key},
        )
        assert answer.status_code == 302
    alarm = SentinelAlarm.objects.get()
    clock.move(seconds=20)
    phone.post(reverse("dispatch:alarm_step", args=[alarm.pk]), {"step": "there"})
    shown = phone.get(reverse("dispatch:alarm")).content.decode()
    assert "somebody was there after 20 s" in shown and "Hand over to the police" in shown


def test_a_guard_at_a_matter_nobody_judged_is_not_sent_away(clock: FixedClock) -> None:
    guard = teams.sentinel()
    alarm = raised(guard, "other")
    api.be_on_scene(alarm.pk, actor=me(guard))
    api.update_alarm(alarm.pk, "stable", "已经安静了", actor=me(guard))
    assert api.screen_again(alarm.incident_id, actor=SYSTEM("test")) == 0
    assert Call.objects.get().keep_back == ""


def test_a_guard_is_kept_back_from_a_knife_though_nobody_judged(clock: FixedClock) -> None:
    guard = teams.sentinel()
    alarm = raised(guard, "other")
    api.be_on_scene(alarm.pk, actor=me(guard))
    api.update_alarm(alarm.pk, "need_help", "他拿着刀追着人砍", actor=me(guard))
    assert api.screen_again(alarm.incident_id, actor=SYSTEM("test")) == 1
    assert Call.objects.get().keep_back in ("weapon", "violence_in_progress")


def test_an_alarm_of_a_repeat_raises_and_is_shown_at_the_leading_matter(clock: FixedClock) -> None:
    guard = teams.sentinel()
    alarm = raised(guard, "quarrel")
    lead = report("园区门口有人在吵架")
    incidents.merge_incidents(lead.code, alarm.incident.code, actor=lin())
    api.update_alarm(alarm.pk, "need_help", "对方动手了", actor=me(guard))
    assert (waiting_first().code, waiting_first().urgency) == (lead.code, "P1")
    browser = Client()
    browser.force_login(account_of(lin()))
    assert "已联动公安" in browser.get(f"/desk/{lead.code}/").content.decode()


def test_a_unit_sent_before_the_judgement_has_the_minute_of_a_critical_matter(
    clock: FixedClock,
) -> None:
    alarm = raised(teams.sentinel(), "injury")
    api.send_units(alarm.incident_id, [Unit.objects.get(code="X01").pk], actor=lin())
    call = Call.objects.get(unit__code="X01")
    assert call.expires_at is not None
    assert (call.urgency, (call.expires_at - call.opened_at).total_seconds()) == ("P1", 60)


def test_a_closed_alarm_frees_its_guard_for_the_next_one(clock: FixedClock) -> None:
    guard = teams.sentinel()
    first = raised(guard)
    api.be_on_scene(first.pk, actor=me(guard))
    api.close_alarm(first.pk, reason="已劝开", actor=me(guard))
    assert not Call.objects.exclude(state="confirmed").exists()
    second = api.raise_alarm("fight", "", "intervening", actor=me(guard), key="tap-2")
    api.be_on_scene(second.pk, actor=me(guard))
    second.refresh_from_db()
    assert second.call_id is not None, "the arrival counts"
