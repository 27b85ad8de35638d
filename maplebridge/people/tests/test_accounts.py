"""Accounts by command, and the own password by its page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.core.cache import cache
from django.test import Client

from maplebridge.__main__ import main
from maplebridge.kernel.errors import NotAllowed
from maplebridge.kernel.testing import frozen
from maplebridge.people import api
from maplebridge.people.models import Account, Post
from maplebridge.people.tests import factories as f
from maplebridge.places.tests.journal import newest, written_since

FIRST, SECOND = "under-the-maple-1", "over-the-bridge-2"


@pytest.fixture(autouse=True)
def loaded(db: None) -> Iterator[None]:
    with frozen():
        f.people_of_small_city()
        cache.clear()  # counts of the rate limit
        yield


@pytest.fixture
def production(settings: Any) -> None:
    settings.MAPLEBRIDGE = replace(settings.MAPLEBRIDGE, mode="production")


def command(*words: str, typed: str = "") -> Result:
    """`maplebridge account …` with the password typed twice."""
    return CliRunner().invoke(main, ["account", *words], input=f"{typed}\n{typed}\n")


def signed_in(name: str, password: str) -> Client:
    client = Client()
    client.post("/signin/", {"username": name, "password": password})
    return client


def is_in(client: Client) -> bool:
    return client.get("/password/").status_code == 200


def change(client: Client, old: str, new: str, again: str = "") -> Any:
    return client.post("/password/", {"old": old, "new": new, "again": again or new})


def test_an_account_is_opened_with_a_post_and_signs_in() -> None:
    before = newest()
    done = command("create", "ke", "--role", "duty_chief", "--agency", "CMD", typed=FIRST)
    assert done.exit_code == 0, done.output
    assert FIRST not in done.output
    account = Account.objects.get(username="ke")
    assert account.password.startswith("md5$")  # hashed with what the settings name
    post = Post.objects.select_related("agency").get(account=account)
    assert (post.role, post.agency.code if post.agency else "") == ("duty_chief", "CMD")
    assert is_in(signed_in("ke", FIRST))
    opened, entered = written_since(before)
    assert opened.kind == "people.account_opened"
    assert opened.data == {"account_id": account.pk, "role": "duty_chief"}
    assert entered.kind == "people.signed_in"


@pytest.mark.parametrize(
    ("words", "typed", "said"),
    [
        (("create", "ke", "--role", "emperor"), FIRST, "role"),
        (("create", "ke", "--role", "auditor", "--agency", "NONE"), FIRST, "agency"),
        (("create", "ke", "--role", "auditor", "--station", "NONE"), FIRST, "station"),
        (("create", "ke", "--role", "auditor"), "short", "new"),
        (("create", "ke", "--role", "auditor"), "password1234", "new"),
        (("create", " ", "--role", "auditor"), FIRST, "username"),
        (("create", "k" * 41, "--role", "auditor"), FIRST, "username"),
        (("create", "ß" * 40, "--role", "auditor"), FIRST, "username"),
        (("create", "ke", "--role", "auditor", "--display", "柯" * 300), FIRST, "display_name"),
        (("create", "ke", "--role", "auditor", "--display-en", "K" * 81), FIRST, "display_name_en"),
        (("create", "p001", "--role", "auditor"), FIRST, "people.account_exists"),
        (("password", "nobody"), FIRST, "people.account"),
        (("password", "p001"), "1234567890", "new"),
        (("deactivate", "nobody"), "", "people.account"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    words: tuple[str, ...], typed: str, said: str
) -> None:
    before, accounts = newest(), Account.objects.count()
    done = command(*words, typed=typed)
    assert done.exit_code == 1
    assert said in done.output
    assert (written_since(before), Account.objects.count()) == ([], accounts)


def test_a_new_password_ends_every_session() -> None:
    f.signed_up("ke", FIRST, "P001")
    phone = signed_in("ke", FIRST)
    assert is_in(phone)
    before = newest()
    assert command("password", "ke", typed=SECOND).exit_code == 0
    assert not is_in(phone)
    assert not is_in(signed_in("ke", FIRST))
    assert is_in(signed_in("ke", SECOND))
    assert written_since(before)[0].data["by"] == "command"


def test_who_leaves_is_out_at_once_and_cannot_come_back() -> None:
    f.signed_up("ke", FIRST, "P001")
    phone = signed_in("ke", FIRST)
    assert command("deactivate", "ke").exit_code == 0
    assert not is_in(phone)
    assert not is_in(signed_in("ke", FIRST))
    assert not Post.objects.get(code="P001").active
    assert "people.account_off" in command("deactivate", "ke").output


@pytest.mark.usefixtures("production")
def test_production_gives_no_password_to_an_account_of_the_demonstration() -> None:
    for words in (("password", "p001"), ("deactivate", "p001")):
        done = command(*words, typed=FIRST)
        assert (done.exit_code, "people.demo_account" in done.output) == (1, True)
    assert not Account.objects.get(username="p001").has_usable_password()


def test_only_the_command_keeps_accounts() -> None:
    with pytest.raises(NotAllowed):
        api.set_password("p003", FIRST, actor=f.lin())
    with pytest.raises(NotAllowed):
        api.deactivate_account("p003", actor=f.actor_with("sys_admin"))
    with pytest.raises(NotAllowed):
        api.open_account(api.NewAccount("x", FIRST, "leader"), actor=f.lin())


def test_the_own_password_is_changed_and_other_devices_go() -> None:
    account = f.signed_up("ke", FIRST, "P001")
    here, elsewhere = signed_in("ke", FIRST), signed_in("ke", FIRST)
    before = newest()
    assert change(here, FIRST, SECOND).status_code == 302
    assert is_in(here)
    assert here.session["post_id"] == f.post("P001").id
    assert not is_in(elsewhere)
    assert is_in(signed_in("ke", SECOND))
    entry = written_since(before)[0]
    assert (entry.kind, entry.data) == (
        "people.password_set", {"account_id": account.pk, "by": "owner"},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "again"),
    [("wrong-wrong-wrong", SECOND, ""), (FIRST, "tiny-9-x", ""), (FIRST, SECOND, "another-word-3"),
     (FIRST, "password1234", ""), (FIRST, "", "")],
)  # fmt: skip
def test_a_password_that_will_not_do_is_marked_and_never_shown(
    old: str, new: str, again: str
) -> None:
    f.signed_up("ke", FIRST, "P001")
    here = signed_in("ke", FIRST)
    before = newest()
    answer = change(here, old, new, again)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "field-error" in text
    assert "data-draft=" not in text
    for secret in (old, new, again):
        assert not secret or secret not in text
    assert written_since(before) == []


def test_the_present_password_cannot_be_guessed_at() -> None:
    f.signed_up("ke", FIRST, "P001")
    here = signed_in("ke", FIRST)
    answers = [change(here, f"guess-number-{n}", SECOND).status_code for n in range(11)]
    assert answers == [422] * 10 + [429]
    assert change(here, FIRST, SECOND).status_code == 429


def test_who_goes_in_by_a_card_has_no_password_to_change() -> None:
    client = Client()
    client.force_login(f.post("P001").account)
    answer = change(client, FIRST, SECOND)
    assert answer.status_code == 422
    assert not f.post("P001").account.has_usable_password()


def test_a_visitor_is_sent_to_sign_in() -> None:
    assert Client().get("/password/").headers["Location"].startswith("/signin/")
