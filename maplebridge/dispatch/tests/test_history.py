"""Past calls in bulk: rows and first arrivals, one entry, harmless to repeat."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from maplebridge.dispatch import api
from maplebridge.dispatch.models import (
    Call,
    DispatchChange,
    FirstArrival,
    Offer,
    SentinelAlarm,
)
from maplebridge.dispatch.states import AlarmState, OfferState
from maplebridge.dispatch.tests import given
from maplebridge.dispatch.weeks import loads
from maplebridge.incidents import api as incidents
from maplebridge.kernel.actor import SYSTEM
from maplebridge.kernel.clock import now
from maplebridge.kernel.journal.models import JournalEntry
from maplebridge.teams.tests import factories as teams

pytestmark = pytest.mark.django_db
JOB = SYSTEM("twin")


def test_history_is_stored_once_and_counts() -> None:
    where = given.scene()
    one, other = given.helpers(2)
    opened = incidents.brief(where.incident_id).reported_at + timedelta(seconds=60)
    past = [
        api.PastCall(
            incident=where.code, kind="volunteer", opened_at=opened,
            accepted_at=opened + timedelta(seconds=20), arrived_at=opened + timedelta(seconds=120),
            first_kind="volunteer", volunteer_codes=(one.code, other.code), alerts=5,
        ),
        api.PastCall(
            incident=where.code, kind="police", opened_at=opened,
            accepted_at=opened + timedelta(seconds=30), arrived_at=opened + timedelta(seconds=400),
            first_kind="volunteer", unit_code="X01",
        ),
        api.PastCall(incident="no-such", kind="volunteer", opened_at=opened),
    ]  # fmt: skip
    assert api.import_history(past, actor=JOB) == 2
    assert api.import_history(past, actor=JOB) == 0
    assert Call.objects.filter(imported=True).count() == 2
    states = dict(Offer.objects.values_list("volunteer__code", "state"))
    assert states == {
        one.code: OfferState.DONE, other.code: OfferState.TAKEN, None: OfferState.DONE
    }  # fmt: skip
    first = FirstArrival.objects.get()
    assert (first.kind, first.seconds) == ("volunteer", 180.0)
    assert JournalEntry.objects.filter(kind="dispatch.history_imported").count() == 1
    assert DispatchChange.objects.filter(verb="arrive").count() == 2
    assert Call.objects.get(kind="volunteer").ranking["alerts"] == 5
    week = loads(now() + timedelta(minutes=10))
    assert week[f"volunteer:{one.pk}"].duties_7d == 1
    assert week[f"volunteer:{other.pk}"].alerts_7d == 1


def test_imported_calls_alert_nobody_and_never_expire() -> None:
    where = given.scene()
    opened = incidents.brief(where.incident_id).reported_at
    api.import_history(
        [api.PastCall(incident=where.code, kind="volunteer", opened_at=opened)], actor=JOB
    )
    assert api.due_calls(now() + timedelta(days=1)) == []
    (entry,) = JournalEntry.objects.filter(kind__startswith="dispatch.")
    assert entry.topics == ["desk", "wall"]


def past_alarm(where: given.Scene, key: str, sentinel: str) -> api.PastAlarm:
    at = incidents.brief(where.incident_id).reported_at
    return api.PastAlarm(
        key, where.code, sentinel, "fight", "stable", at, first=True,
        acked_at=at + timedelta(seconds=8), on_scene_at=at + timedelta(seconds=27),
        handed_over_at=at + timedelta(minutes=9), closed_at=at + timedelta(minutes=10),
    )  # fmt: skip


def test_past_alarms_are_stored_once_with_who_came_and_counted() -> None:
    where = given.scene()
    guard = teams.sentinel()
    mate = teams.sentinel(guard.team)
    past = [
        replace(past_alarm(where, "past:1", guard.code), came_code=mate.code),
        replace(
            past_alarm(where, "past:2", guard.code),
            acked_at=None,
            on_scene_at=None,
            handed_over_at=None,
        ),
        past_alarm(where, "past:3", "G-unknown"),
    ]
    assert api.import_history([], past, actor=JOB) == 1
    assert api.import_history([], past, actor=JOB) == 0
    came, missed = SentinelAlarm.objects.order_by("key")
    assert (came.state, missed.state) == (AlarmState.CLOSED, AlarmState.CLOSED)
    assert came.call is not None
    assert came.call.winner is not None
    assert came.call.winner.sentinel_id == mate.pk
    assert missed.call is None
    first = FirstArrival.objects.get()
    assert (first.kind, first.seconds) == ("sentinel", 27.0)
    steps = DispatchChange.objects.filter(alarm=came).order_by("id").values_list("verb", flat=True)
    assert list(steps) == ["raise", "ack", "be_on_scene", "hand_over", "close"]
    (entry,) = JournalEntry.objects.filter(kind="dispatch.history_imported")
    assert entry.data["count"] == 1


def test_an_alarm_of_this_minute_is_still_open() -> None:
    where = given.scene()
    guard = teams.sentinel()
    past = past_alarm(where, "past:1", guard.code)
    api.import_history([], [replace(past, handed_over_at=None, closed_at=None)], actor=JOB)
    alarm = SentinelAlarm.objects.get()
    assert alarm.state == AlarmState.ON_SCENE
    assert Offer.objects.get(sentinel=guard).state == OfferState.ARRIVED
