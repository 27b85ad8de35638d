"""The list of orders as clerk and desk read it: accept, give back, answer, send on."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from maplebridge.incidents import api as incidents
from maplebridge.incidents.tests import factories as made
from maplebridge.incidents.tests import given
from maplebridge.kernel.testing import deliver
from maplebridge.orders import api
from maplebridge.orders.models import Order

pytestmark = pytest.mark.django_db(transaction=True)
CLERK = "P003"  # of UMLE
LIST = "/desk/orders/"


@pytest.fixture(autouse=True)
def small_city(db: None) -> None:
    made.city_with_people()


def order(words: str = given.DRAIN, urgency: str = "P3") -> Order:
    """UMLE leads, nobody assists."""
    code = given.report(words).code
    incidents.triage_incident(
        code, given.triage(urgency=urgency, co_agencies=()), actor=given.desk()
    )
    deliver()
    return Order.objects.get(incident__code=code, state__in=api.OPEN)


def row(client: Client, of: Order) -> str:
    html = made.page(client.get(LIST))
    found = re.search(rf'<li class="order" id="order-{of.pk}">.*?</li>', html, re.DOTALL)
    return found[0] if found else ""


def give_back(of: Order, to: str = "HCD") -> None:
    said = {"reason": "道路属住建管养", "names_agency": to}
    made.browser(CLERK).post(f"{LIST}{of.pk}/return/", said)


def test_a_clerk_accepts_and_answers() -> None:
    client, mine = made.browser(CLERK), order()
    assert "/accept/" in row(client, mine)
    client.post(f"{LIST}{mine.pk}/accept/")
    accepted = row(client, mine)
    assert "/accept/" not in accepted
    assert "/return/" not in accepted
    assert "/answer/" in accepted
    client.post(f"{LIST}{mine.pk}/answer/", {"answer": "井盖已装好。"})
    assert row(client, mine) == ""
    deliver()
    assert Order.objects.get(pk=mine.pk).state == "answered"


def test_what_was_given_back_asks_nothing_more_of_the_clerk() -> None:
    client, mine = made.browser(CLERK), order()
    assert 'value="UMLE"' not in row(client, mine), "one's own agency is no other one"
    give_back(mine)
    back = row(client, mine)
    assert "道路属住建管养" in back
    assert "本单位不用再办" in back
    assert "<form" not in back


def test_what_came_back_stands_first_at_the_desk_until_it_is_sent_on() -> None:
    urgent, returned = order("路灯倒了", "P1"), order("树枝断了", "P4")
    give_back(returned)
    desk = made.browser()
    html = made.page(desk.get(LIST))
    assert "退回 1 件，等待改派" in html
    assert html.index(f'id="order-{returned.pk}"') < html.index(f'id="order-{urgent.pk}"')
    assert '<option value="HCD" selected>' in row(desk, returned)
    desk.post(f"{LIST}{returned.pk}/reissue/", {"agency": "HCD"})
    html = made.page(desk.get(LIST))
    assert "等待改派" not in html
    assert html.index(f'id="order-{urgent.pk}"') < html.index(f'id="order-{returned.pk}"')
    assert "<span>HCD</span>" in row(desk, returned), "whose it is stands in the row"


def test_the_lead_stands_first_on_the_matter_and_leads_to_sending_on() -> None:
    code = given.report().code
    incidents.triage_incident(code, given.triage(co_agencies=("COMM",)), actor=given.desk())
    deliver()
    lead = Order.objects.get(incident__code=code, part="lead")
    give_back(lead)
    html = made.page(made.browser().get(f"/desk/{code}/"))
    panel = html[html.index('id="orders-h"') :]
    assert panel.index("主办") < panel.index("协办")
    assert f"{LIST}#order-{lead.pk}" in panel
