"""The one row: lease, pace, who may; and the doors of the demonstration."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client

from maplebridge.config.environment import SettingsError, read_settings
from maplebridge.kernel.actor import RESIDENT, SYSTEM
from maplebridge.kernel.clock import now
from maplebridge.kernel.errors import BadInput, NotAllowed
from maplebridge.kernel.journal.models import JournalEntry
from maplebridge.kernel.testing import frozen
from maplebridge.twin import api
from maplebridge.twin.actions.pace import let_go, set_pace, take_lease
from maplebridge.twin.anew import happenings
from maplebridge.twin.living.paces import Paces
from maplebridge.twin.models import LivingCity
from maplebridge.twin.states import Asked

pytestmark = pytest.mark.django_db
SECRET = "x" * 40


@pytest.fixture
def demo(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """This process as a demonstration: a setting, not a part of the program, is replaced."""
    monkeypatch.setattr(settings, "MAPLEBRIDGE", replace(settings.MAPLEBRIDGE, mode="demo"))
    yield


def test_one_worker_holds_the_city_and_time_nobody_held_has_not_passed(demo: None) -> None:
    with frozen() as clock:
        assert take_lease("one", now()) is not None
        assert take_lease("two", now()) is None
        began = now()
        clock.move(seconds=10)
        let_go("one", now())
        clock.move(hours=8)
        row = take_lease("two", now())
        assert row is not None
        clock.move(seconds=3)
        assert Paces.of(row.paces).passed(began, now()) == (10 + 3) * row.pace


def test_a_lease_that_ran_out_is_taken(demo: None) -> None:
    with frozen() as clock:
        take_lease("killed", now())
        clock.move(seconds=21)
        row = take_lease("next", now())
        assert row is not None and row.holder == "next"


def test_the_pace_is_one_row_and_one_entry(demo: None) -> None:
    take_lease("one", now())
    for _twice in range(2):
        row = set_pace(pace=60, actor=RESIDENT)
    assert Paces.of(row.paces).now() == 60
    assert Paces.of(set_pace(paused=True, actor=RESIDENT).paces).now() == 0
    assert JournalEntry.objects.filter(kind="twin.pace_changed").count() == 2
    with pytest.raises(BadInput):
        set_pace(pace=1000, actor=RESIDENT)


def test_outside_the_demonstration_there_is_nothing(client: Client) -> None:
    for path in ("/living/", "/living/now/"):
        assert client.get(path).status_code == 404
    for path in ("/living/pace/", "/living/anew/", "/tour/start/", "/tour/next/", "/tour/show/"):
        assert client.post(path, {"pace": "60"}).status_code == 404
    with pytest.raises(NotAllowed):
        set_pace(pace=60, actor=RESIDENT)
    assert not LivingCity.objects.exists()


def test_the_bar_changes_the_pace_and_comes_back(demo: None, client: Client) -> None:
    answer = client.post("/living/pace/", {"pace": "60", "next": "/follow/"})
    assert (answer.status_code, answer["Location"]) == (302, "/follow/")
    elsewhere = client.post("/living/pace/", {"pause": "yes", "next": "https://example.org/"})
    assert elsewhere["Location"] == "/"
    row = LivingCity.objects.get()
    assert (row.pace, row.paused) == (60, True)
    assert 'aria-pressed="true"' in client.get("/").content.decode()


def test_the_controls_need_a_token(demo: None) -> None:
    strict = Client(enforce_csrf_checks=True)
    for path in ("/living/pace/", "/living/anew/", "/tour/next/"):
        assert strict.post(path, {"pace": "60"}).status_code == 403


def test_only_who_runs_the_installation_begins_anew(demo: None, client: Client) -> None:
    assert client.post("/living/anew/", {"what": "reset"}).status_code in (302, 403)
    assert not LivingCity.objects.exclude(asked="").exists()
    assert api.ask_anew(Asked.RESET, actor=SYSTEM("command"))
    assert not api.ask_anew(Asked.EMPTY, actor=SYSTEM("command"))  # the first one stands
    assert LivingCity.objects.get().asked == "reset"


def test_what_goes_holds_everything_that_happened_and_nobody() -> None:
    gone = {model._meta.label for model in happenings()}
    assert {"incidents.Incident", "orders.Order", "dispatch.Offer", "kernel.JournalEntry"} <= gone
    assert not {"people.Account", "people.Post", "teams.Volunteer", "places.Station"} & gone


def test_production_refuses_invented_people() -> None:
    production = {
        "MAPLEBRIDGE_MODE": "production", "MAPLEBRIDGE_SECRET_KEY": SECRET,
        "MAPLEBRIDGE_DATA_KEY": SECRET, "MAPLEBRIDGE_ALLOWED_HOSTS": "station.example",
    }  # fmt: skip
    assert not read_settings(production).lives
    with pytest.raises(SettingsError, match="MAPLEBRIDGE_LIVING"):
        read_settings({**production, "MAPLEBRIDGE_LIVING": "on"})
    with pytest.raises(SettingsError, match="neither on nor off"):
        read_settings({"MAPLEBRIDGE_LIVING": "loud"})
    assert read_settings({}).lives
    assert not read_settings({"MAPLEBRIDGE_LIVING": "off"}).lives


def test_a_forged_tour_is_no_tour(demo: None, client: Client) -> None:
    client.cookies["maplebridge_tour"] = "eyJkb25lIjo1fQ:forged"
    assert "tour-h" not in client.get("/").content.decode()


def test_the_tour_begins_for_anybody_and_can_be_left(demo: None, client: Client) -> None:
    client.post("/tour/start/")
    assert "tour-h" in client.get("/").content.decode()
    client.post("/tour/leave/")
    assert "tour-h" not in client.get("/").content.decode()


def test_a_lease_lasts_longer_than_a_turn() -> None:
    from maplebridge.twin.actions.pace import LEASE
    from maplebridge.twin.living.loop import KEEP_EVERY, WORK_FOR

    assert timedelta(seconds=KEEP_EVERY + 10 * WORK_FOR) < LEASE
