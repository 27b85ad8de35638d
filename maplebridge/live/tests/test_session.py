"""The stream knows its listener by the same cookie as the pages do."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from django.test import Client

from maplebridge.kernel.actor import RESIDENT, ActorKind
from maplebridge.live import session
from maplebridge.live.tests.listening import MemoryJournal, entry, until
from maplebridge.live.tests.test_stream import Browser, application, ending, scope
from maplebridge.people.models import Account, Post

pytestmark = pytest.mark.django_db(transaction=True)


def signed_in(role: str, **post: int) -> tuple[Account, str]:
    """An account in one post, and the value of its session cookie."""
    account = Account.objects.create_user(f"demo-{role}", "a long made-up word")
    Post.objects.create(code=f"post-{role}", role=role, account=account, **post)
    client = Client()
    client.force_login(account)
    return account, client.cookies["sessionid"].value


def listen(cookie: str, query: str, then: Callable[[MemoryJournal], object]) -> Browser:
    async def story() -> Browser:
        journal = MemoryJournal([entry(1)])
        app = application(journal)
        async with ending(app):
            header = (b"cookie", f"language=en; sessionid={cookie}".encode())
            browser = Browser(app, scope(query, header))
            await until(lambda: browser.status != 0)
            then(journal)
            if browser.status == 200:
                await until(lambda: bool(browser.heard.events()))
            return browser

    return asyncio.run(story())


def test_a_signed_in_dispatcher_hears_the_desk_in_full() -> None:
    _account, cookie = signed_in("dispatcher")
    browser = listen(cookie, "topic=desk", lambda journal: journal.append("desk"))
    assert browser.status == 200
    assert browser.heard.numbers() == [2]


def test_a_volunteer_hears_only_their_own_stream() -> None:
    _account, cookie = signed_in("volunteer", volunteer_ref=7)
    assert listen(cookie, "topic=volunteer:8", lambda _journal: None).status == 403
    own = listen(cookie, "topic=volunteer:7", lambda journal: journal.append("volunteer:7"))
    assert own.heard.numbers() == [2]


def test_an_account_that_lost_its_post_is_nobody() -> None:
    account, cookie = signed_in("dispatcher")
    account.posts.update(active=False)
    assert listen(cookie, "topic=desk", lambda _journal: None).status == 403


@pytest.mark.parametrize("header", ["", "sessionid=", "language=en", "sessionid=made-up"])
def test_without_a_session_one_is_a_resident(header: str) -> None:
    assert session.actor_of_cookie(session.session_cookie(header)) == RESIDENT


def test_the_actor_is_the_one_the_pages_know() -> None:
    account, cookie = signed_in("duty_chief")
    actor = session.actor_of_cookie(session.session_cookie(f"sessionid={cookie}"))
    assert (actor.kind, actor.role, actor.account_id) == (
        ActorKind.PERSON,
        "duty_chief",
        account.id,
    )
