"""The half-minute circle: inside up to 30 seconds, and an alarm nobody reached counts too."""

from __future__ import annotations

from datetime import timedelta

import pytest

from maplebridge.dispatch.models import SentinelAlarm
from maplebridge.indicators import actions
from maplebridge.indicators.figures import figures
from maplebridge.indicators.models import Span
from maplebridge.indicators.tests.factories import BEGIN, City
from maplebridge.places.models import Premises, Station
from maplebridge.teams.models import Sentinel, SentinelTeam

pytestmark = pytest.mark.django_db


@pytest.fixture
def sentinel() -> Sentinel:
    station = Station.objects.create(
        code="S1", name="一号站", police_unit="P1", lon=120.5, lat=27.5
    )
    premises = Premises.objects.create(code="M1", name="甲商场", kind="mall", lon=120.5, lat=27.5)
    team = SentinelTeam.objects.create(
        code="T1", premises=premises, station=station, post_lon=120.5, post_lat=27.5
    )
    return Sentinel.objects.create(team=team, code="X1", training_valid_until=BEGIN)


def alarm(sentinel: Sentinel, key: str, reached: float | None) -> SentinelAlarm:
    incident = City().receive("sentinel")
    return SentinelAlarm.objects.create(
        key=key,
        sentinel=sentinel,
        team=sentinel.team,
        incident=incident,
        kind="fight",
        status="intervening",
        raised_at=BEGIN,
        on_scene_at=None if reached is None else BEGIN + timedelta(seconds=reached),
    )


def test_thirty_seconds_is_inside_and_thirty_one_is_not(sentinel: Sentinel) -> None:
    rows = [alarm(sentinel, str(n), s) for n, s in enumerate((27, 30, 31, None))]
    actions.count_alarms([row.pk for row in rows])
    circle = figures(BEGIN).half_minute
    assert (circle.share.k, circle.share.n) == (2, 4)
    assert (circle.times.median, circle.times.nine_in_ten) == (30, 31)


def test_an_alarm_is_counted_once_and_gets_its_time_later(sentinel: Sentinel) -> None:
    row = alarm(sentinel, "a", None)
    actions.count_alarms([row.pk])
    row.on_scene_at = BEGIN + timedelta(seconds=12)
    row.save()
    actions.count_alarms([row.pk])
    actions.count_alarms([row.pk])
    assert list(Span.objects.values_list("metric", "seconds")) == [("half_minute", 12.0)]
    kept = list(Span.objects.values_list("metric", "at", "seconds", "source"))
    actions.rebuild()
    assert list(Span.objects.values_list("metric", "at", "seconds", "source")) == kept
