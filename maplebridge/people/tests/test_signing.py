"""Signing in and out by the pages people use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.utils import translation

from maplebridge.kernel.testing import assert_no_personal, frozen
from maplebridge.people import api
from maplebridge.people.models import Account, Post
from maplebridge.people.tests import factories as f
from maplebridge.places.tests.journal import newest, written_since
from maplebridge.shell import words

PASSWORD = "maple-bridge-2026"


@pytest.fixture(autouse=True)
def loaded(db: None) -> Iterator[None]:
    with frozen():
        f.people_of_small_city()
        cache.clear()  # counts of the rate limit
        yield


@pytest.fixture
def demo(settings: Any) -> None:
    settings.MAPLEBRIDGE = replace(settings.MAPLEBRIDGE, mode="demo")


@pytest.fixture
def production(settings: Any) -> None:
    settings.MAPLEBRIDGE = replace(settings.MAPLEBRIDGE, mode="production")


def try_password(client: Client, name: str, password: str, **extra: str) -> Any:
    return client.post("/signin/", {"username": name, "password": password, **extra})


def test_the_right_password_leads_to_the_work_and_is_recorded_without_a_name(
    client: Client,
) -> None:
    account = f.signed_up("desk-one", PASSWORD, "P007")
    before = newest()
    answer = try_password(client, "desk-one", PASSWORD)
    assert (answer.status_code, answer["Location"]) == (302, "/stations/")
    entries = written_since(before)
    assert [e.kind for e in entries] == ["people.signed_in"]
    assert entries[0].data == {"role": "station_chief", "method": "password"}
    assert_no_personal(f"{entries[0].data} {entries[0].topics}", [account])


@pytest.mark.parametrize(
    ("name", "password"), [("desk-one", "wrong"), ("nobody", PASSWORD), ("desk-off", PASSWORD)]
)
def test_wrong_unknown_and_switched_off_look_the_same(
    client: Client, name: str, password: str
) -> None:
    f.signed_up("desk-one", PASSWORD, "P007")
    off = f.signed_up("desk-off", PASSWORD, "P001")
    Account.objects.filter(pk=off.pk).update(is_active=False)
    answer = try_password(client, name, password)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "名称与密码不相符" in text
    assert PASSWORD not in text
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(("name", "password"), [("", PASSWORD), ("desk-one", ""), ("x" * 61, "y")])
def test_empty_and_oversized_fields_are_marked(client: Client, name: str, password: str) -> None:
    answer = try_password(client, name, password)
    assert answer.status_code == 422
    assert "field-error" in answer.content.decode()


def test_an_account_without_a_post_is_told_whom_to_ask(client: Client) -> None:
    f.signed_up("idle", PASSWORD)
    answer = try_password(client, "idle", PASSWORD)
    assert answer.status_code == 422
    assert "岗位" in answer.content.decode()


def test_signing_in_changes_the_session_key(client: Client) -> None:
    f.signed_up("desk-one", PASSWORD, "P007")
    client.session["planted"] = "yes"
    planted = client.session
    planted.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = planted.session_key or ""
    try_password(client, "desk-one", PASSWORD)
    assert client.session.session_key != planted.session_key


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [("/stations/ST01/", "/stations/ST01/"), ("https://elsewhere.example/", "/stations/"),
     ("//elsewhere.example/", "/stations/"), ("javascript:alert(1)", "/stations/")],
)  # fmt: skip
def test_it_goes_on_only_inside_the_house(client: Client, wanted: str, reached: str) -> None:
    f.signed_up("desk-one", PASSWORD, "P007")
    assert try_password(client, "desk-one", PASSWORD, next=wanted)["Location"] == reached


def test_a_wrong_password_keeps_where_one_was_going(client: Client) -> None:
    page = try_password(client, "nobody", PASSWORD, next="/stations/ST01/").content.decode()
    assert 'name="next" value="/stations/ST01/"' in page


def test_several_posts_are_chosen_from_and_only_own_ones(client: Client) -> None:
    f.signed_up("two-posts", PASSWORD, "P007", "P003")
    assert try_password(client, "two-posts", PASSWORD)["Location"] == "/posts/"
    page = client.get("/posts/").content.decode()
    assert "站长" in page
    assert "部门办理人" in page
    clerk = f.post("P003")
    assert client.post("/posts/", {"post": clerk.id}).status_code == 302
    assert client.session["post_id"] == clerk.id
    before = newest()
    assert client.post("/posts/", {"post": f.post("P005").id}).status_code == 404
    assert client.post("/posts/", {"post": "x"}).status_code == 404
    assert client.session["post_id"] == clerk.id
    assert written_since(before) == []


def test_a_post_switched_off_meanwhile_acts_no_more(client: Client) -> None:
    f.signed_up("desk-one", PASSWORD, "P007")
    try_password(client, "desk-one", PASSWORD)
    assert client.get("/stations/ST01/zones/").status_code == 200
    Post.objects.filter(code="P007").update(active=False)
    turned_away = client.get("/stations/ST01/zones/")
    assert turned_away.status_code in {302, 403}


def test_signing_out_ends_the_session_and_is_recorded(client: Client) -> None:
    f.signed_up("desk-one", PASSWORD, "P007")
    try_password(client, "desk-one", PASSWORD)
    before = newest()
    assert client.get("/signout/").status_code == 405
    assert client.post("/signout/")["Location"] == "/"
    assert [e.kind for e in written_since(before)] == ["people.signed_out"]
    assert "_auth_user_id" not in client.session
    assert client.post("/signout/").status_code == 302  # twice is harmless


def test_without_csrf_token_nobody_signs_in() -> None:
    f.signed_up("desk-one", PASSWORD, "P007")
    strict = Client(enforce_csrf_checks=True)
    assert try_password(strict, "desk-one", PASSWORD).status_code == 403


@pytest.mark.usefixtures("production")
def test_role_cards_exist_in_the_demonstration_only(client: Client) -> None:
    assert api.demo_accounts() == []
    assert client.post("/signin/", {"card": "duty_desk"}).status_code == 404
    assert 'name="card"' not in client.get("/signin/").content.decode()


@pytest.mark.usefixtures("demo")
def test_a_card_signs_in_as_somebody_of_that_role(client: Client) -> None:
    cards = {card.card: card for card in api.demo_accounts()}
    assert {"resident", "duty_desk", "police_officer", "agency_clerk", "leader"} <= set(cards)
    assert "volunteer" not in cards  # nobody holds that role in this city
    assert 'value="duty_desk"' in client.get("/signin/").content.decode()
    before = newest()
    answer = client.post("/signin/", {"card": "station_chief"})
    assert answer["Location"] == "/stations/"
    assert client.session["post_id"] == f.post("P007").id
    assert written_since(before)[-1].data["method"] == "demo_card"
    client.post("/signin/", {"card": "resident"})
    assert "_auth_user_id" not in client.session


@pytest.mark.usefixtures("demo")
def test_the_officer_of_the_card_has_a_unit_and_the_clerk_an_agency_with_work() -> None:
    officer, clerk = api.demo_login("police_officer"), api.demo_login("agency_clerk")
    assert officer is not None
    assert Post.objects.get(id=officer.post_id or 0).unit_id is not None
    assert clerk is not None
    agency = Post.objects.get(id=clerk.post_id or 0).agency
    assert agency is not None
    assert agency.code in {"UMLE", "GAS"}


@pytest.mark.usefixtures("demo")
def test_another_room_may_choose_who_the_newcomer_becomes(client: Client) -> None:
    from maplebridge.people import demo as cards

    members = [
        api.Member("V1", "volunteer", "小满"),
        api.Member("V2", "volunteer", "阿青"),
    ]
    accounts = api.enrol(members, demo=True)
    kept = dict(cards._choosers)
    try:
        api.register_demo_choice("volunteer", lambda: accounts["V2"])
        client.post("/signin/", {"card": "volunteer"})
        assert client.session["_auth_user_id"] == str(accounts["V2"])
        api.register_demo_choice("volunteer", lambda: None)
        client.post("/signin/", {"card": "volunteer"})
        assert client.session["_auth_user_id"] == str(accounts["V1"])
    finally:
        cards._choosers.clear()
        cards._choosers.update(kept)


@pytest.mark.usefixtures("production")
def test_production_neither_starts_with_demo_accounts_nor_lets_them_in(client: Client) -> None:
    from django.core.checks import run_checks

    from maplebridge.kernel.errors import Refused

    f.signed_up("demo-one", PASSWORD, "P007", demo=True)
    assert try_password(client, "demo-one", PASSWORD).status_code == 422
    with pytest.raises(Refused) as caught:
        api.refuse_demo_accounts()
    assert "maplebridge demo drop-accounts" in caught.value.sentence()
    found = [e for e in run_checks(databases=["default"]) if e.id == "maplebridge.E010"]
    assert len(found) == 1
    api.drop_demo_accounts(actor=f.lin())
    api.refuse_demo_accounts()
    assert not [e for e in run_checks(databases=["default"]) if e.id == "maplebridge.E010"]


def test_outside_production_demo_accounts_are_welcome() -> None:
    assert api.demo_account_count() > 10
    api.refuse_demo_accounts()


@pytest.mark.parametrize("number", ["9" * 5_000, "9" * 25, "-1", "", "²"])
def test_a_post_that_cannot_be_is_not_there(client: Client, number: str) -> None:
    client.force_login(f.post("P001").account)
    assert client.post("/posts/", {"post": number}).status_code == 404


@pytest.mark.parametrize("role", list(api.Role))
def test_a_role_has_a_seal_of_its_own_language(role: api.Role) -> None:
    with translation.override("zh-hans"):
        assert not str(words.seal(role.value)).isascii()
