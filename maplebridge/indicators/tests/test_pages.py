"""Definitions are public; figures are for staff; matters behind only as far as a post reaches."""

from __future__ import annotations

import pytest
from django.test import Client

from maplebridge.indicators import api
from maplebridge.indicators.definitions import DEFINITIONS
from maplebridge.indicators.figures import figures
from maplebridge.indicators.periods import Period
from maplebridge.indicators.queries.behind import listing
from maplebridge.indicators.tests.factories import BEGIN, City
from maplebridge.kernel.actor import Actor
from maplebridge.kernel.testing import BAO, LIN, deliver, frozen
from maplebridge.people.models import Account, Post

pytestmark = pytest.mark.django_db
committed = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def standing_still() -> object:
    with frozen(BEGIN) as clock:
        yield clock


def signed_in(role: str) -> Client:
    account = Account.objects.create_user(f"demo-{role}", "a long made-up word")
    Post.objects.create(code=f"post-{role}", role=role, account=account)
    client = Client()
    client.force_login(account)
    return client


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_method_is_public_and_names_every_figure(language: str) -> None:
    client = Client()
    client.cookies["language"] = language
    shown = client.get("/method/").content.decode()
    for metric in DEFINITIONS:
        assert f'id="{metric}"' in shown


@pytest.mark.parametrize("metric", DEFINITIONS)
def test_every_figure_opens_for_a_leader(metric: str) -> None:
    answer = signed_in("leader").get(f"/figures/{metric}/")
    assert answer.status_code == 200
    assert str(DEFINITIONS[metric].id) in DEFINITIONS


@pytest.mark.parametrize("path", ["/figures/", "/figures/received/"])
def test_figures_are_not_for_residents_nor_volunteers(path: str) -> None:
    assert Client().get(path).status_code in (302, 403)
    assert signed_in("volunteer").get(path).status_code == 403


def test_an_unknown_figure_is_not_there() -> None:
    assert signed_in("leader").get("/figures/made_up/").status_code == 404


@committed
def test_matters_behind_a_figure_are_those_the_post_may_open() -> None:
    city = City()
    row = city.receive()
    city.triage(row, "dispute", "P2")
    deliver()
    period = Period(BEGIN, BEGIN.replace(hour=5))

    def codes(actor: Actor, metric: str) -> list[str]:
        found = listing(actor, metric, period, BEGIN)
        assert found is not None
        return [one.code for one in found.rows]

    assert codes(LIN, "received") == [row.code]
    assert codes(BAO, "received") == []
    assert codes(LIN, "decision_time") == [row.code]
    assert codes(LIN, "fraud") == []
    shown = signed_in("duty_chief").get("/figures/received.category/").content.decode()
    assert row.code in shown
    assert row.title not in shown


@committed
def test_the_leader_sees_the_sum_and_no_code() -> None:
    row = City().receive()
    deliver()
    shown = signed_in("leader").get("/figures/received/").content.decode()
    assert row.code not in shown


@committed
def test_figures_carry_count_period_age_and_definition() -> None:
    city = City()
    for kind, after in (("volunteer", 200), ("police", 300), ("volunteer", 400)):
        row = city.receive("sentinel")
        city.triage(row, "dispute")
        city.arrive(row, kind, after)
    city.receive("app")
    deliver()
    found = figures(BEGIN)
    assert (found.received.value, found.received.n, found.received.small) == (4, 4, True)
    assert [(part.key, part.n) for part in found.by_category] == [("dispute", 3), ("", 1)]
    assert [(part.key, part.n) for part in found.by_channel] == [("online", 1), ("street", 3)]
    share = found.volunteers_first.share
    assert (share.k, share.n) == (2, 3)
    assert found.volunteers_first.times.median == 300
    assert found.arrival.median == 300
    assert found.as_of == BEGIN
    for figure in (found.received, found.volunteers_first.figure, found.month.figure):
        assert figure.metric in DEFINITIONS
        assert figure.period.start < figure.period.end


@committed
def test_nothing_is_compared_with_a_time_before_the_first_record() -> None:
    City().receive(ago=3 * 86_400)
    deliver()
    month = figures(BEGIN).month
    assert (month.change.ratio, month.change.verdict) == (None, "unclear")


@committed
def test_a_month_with_records_is_compared() -> None:
    city = City()
    for day in (45, 44, 20, 15, 3, 2, 1):
        city.receive(ago=day * 86_400)
    deliver()
    change = figures(BEGIN).month.change
    assert (change.now, change.before) == (3, 0)
    for _ in range(40):
        city.receive(ago=40 * 86_400)
    deliver()
    change = figures(BEGIN).month.change
    assert (change.now, change.before, change.verdict) == (3, 40, "fewer")


def test_the_published_changes_are_there_without_matters() -> None:
    assert [compared.figure.metric for compared in api.changes(BEGIN)] == [
        "key_grid_crime",
        "police_handled",
        "fraud",
        "theft",
    ]
