"""Without scripts: the sign-in ended in mid-form, and no press after signing in meets a refusal."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from maplebridge.incidents.models import Incident
from maplebridge.incidents.tests import factories as made
from maplebridge.incidents.tests import given
from maplebridge.kernel.carrying import Carried, unpack
from maplebridge.people.models import Post
from maplebridge.people.tests.factories import post
from tests.system.forms import Values, values_of

pytestmark = pytest.mark.django_db

OURS = {"origin": "http://testserver", "accept-language": "en"}
AGAIN = "/signin/again/"
PASSWORD = "under-the-maple-1"
WORDS = '灯又坏了 "><script>alert(1)</script>\n居民来电'


@pytest.fixture(autouse=True)
def city() -> Iterator[None]:
    cache.clear()  # counts of the rate limit
    made.city_with_people()
    account = post("P001").account
    account.set_password(PASSWORD)
    account.save()
    yield
    cache.clear()


def strict() -> Client:
    """A browser whose forms are checked, and that runs no script."""
    return Client(enforce_csrf_checks=True, headers=OURS)


def text(answer: Any) -> str:
    found: str = answer.content.decode()
    return found


def typed_name() -> dict[str, str]:
    return {"username": post("P001").account.username or "", "password": PASSWORD}


def enter(browser: Client) -> None:
    page = text(browser.get("/signin/"))
    assert browser.post("/signin/", _password_form(page) | typed_name()).status_code == 302


def _password_form(page: str) -> Values:
    """Of several forms that sign in, the values of the one with the password."""
    return values_of(page[page.index('class="stack" novalidate') - 60 :], "/signin/")


def cut_off(browser: Client) -> tuple[str, str]:
    """Somebody types a reason, the shift's sign-in ends, the form is sent: (its address, page)."""
    code = given.report().code
    enter(browser)
    url = f"/desk/{code}/add/"
    token = browser.cookies["csrftoken"].value
    browser.cookies.pop("sessionid")
    form = {"csrfmiddlewaretoken": token, "add-words": WORDS, "add-intake_key": str(uuid.uuid4())}
    refused = browser.post(url, form)
    assert refused.status_code == 403
    assert "Sign in first" in text(refused)
    return url, text(refused)


def test_signing_in_from_the_page_and_one_press_send_the_form() -> None:
    browser = strict()
    url, page = cut_off(browser)
    signing = browser.post(AGAIN, values_of(page, AGAIN))
    assert signing.status_code == 200
    wrong = browser.post(
        "/signin/", _password_form(text(signing)) | typed_name() | {"password": "wrong"}
    )
    assert wrong.status_code == 422  # and the words are still there
    entered = browser.post("/signin/", _password_form(text(wrong)) | typed_name())
    assert entered.status_code == 200
    assert "You are signed in" in text(entered)
    assert "<script>alert" not in text(entered)
    form = values_of(text(entered), url)
    assert form["add-words"] == [WORDS]
    sent = browser.post(url, form)
    assert sent.status_code == 302, text(sent)


def test_signing_in_elsewhere_and_coming_back_is_no_refusal_either() -> None:
    browser = strict()
    url, page = cut_off(browser)
    enter(browser)  # in another window: from here on the first page's token is worth nothing
    shown = browser.post(AGAIN, values_of(page, AGAIN))
    assert shown.status_code == 200
    sent = browser.post(url, values_of(text(shown), url))
    assert sent.status_code == 302, text(sent)


def test_with_several_posts_the_form_waits_for_the_choice() -> None:
    mine = post("P001")
    other = Post.objects.create(
        code="P001-B", role="duty_chief", account=mine.account, station=mine.station
    )
    browser = strict()
    url, page = cut_off(browser)
    signing = browser.post(AGAIN, values_of(page, AGAIN))
    choice = browser.post("/signin/", _password_form(text(signing)) | typed_name())
    assert "Your posts" in text(choice)
    chosen = browser.post("/posts/", values_of(text(choice), "/posts/") | {"post": [str(other.pk)]})
    assert values_of(text(chosen), url)["add-words"] == [WORDS]


def test_a_sign_in_page_that_grew_old_still_hands_the_words_on() -> None:
    browser = strict()
    url, page = cut_off(browser)
    signing = _password_form(text(browser.post(AGAIN, values_of(page, AGAIN))))
    refused = browser.post("/signin/", signing | typed_name() | {"csrfmiddlewaretoken": "x" * 64})
    assert refused.status_code == 403
    assert PASSWORD not in text(refused)
    assert values_of(text(refused), url)["add-words"] == [WORDS]


@pytest.mark.parametrize("origin", ["http://evil.example", "null", ""])
def test_what_another_site_sends_is_not_shown_as_typed_here(origin: str) -> None:
    browser = Client(enforce_csrf_checks=True)
    packed = Carried("/", (("narrative", WORDS),), files=False).packed
    answer = browser.post(AGAIN, {"carried": packed}, headers={"origin": origin} if origin else {})
    assert (answer.status_code, "Location" in answer.headers) == (302, True)
    assert Incident.objects.count() == 0


@pytest.mark.parametrize(
    "packed",
    [
        "", "{", "[]", "null", "[1, 2, 3]", '["/", [["a"]], false]', '["/", [["a", 1]], false]',
        '["http://evil.example/", [["a", "b"]], false]', '["//evil.example/", [["a", "b"]], false]',
        '["/\\\\evil.example/", [["a", "b"]], false]', '["/password/", [["old", "b"]], false]',
        '["/", [["my_token", "b"]], false]', "[" * 100_000,
    ],
)  # fmt: skip
def test_what_no_page_of_ours_packed_is_dropped(packed: str) -> None:
    assert unpack(packed) is None
