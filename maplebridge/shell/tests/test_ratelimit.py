"""Public writes and tries at codes are limited for each address; the page keeps the words."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.test.utils import override_settings

from maplebridge.kernel.clock import FixedClock, use_clock
from maplebridge.shell.ratelimit import TRIES_PER_NAME, RateLimit
from maplebridge.shell.web import errors

START = datetime(2026, 7, 14, 4, 0, 10, tzinfo=UTC)
FEW = dataclasses.replace(settings.MAPLEBRIDGE, posts_per_minute=3, lookups_per_minute=2)


@pytest.fixture
def clock() -> Iterator[FixedClock]:
    cache.clear()
    standing = FixedClock(START)
    with use_clock(standing), override_settings(MAPLEBRIDGE=FEW):
        yield standing
    cache.clear()


def statuses(count: int, method: str = "post", path: str = "/", **meta: str) -> list[int]:
    limited = RateLimit(lambda _r: HttpResponse())
    made: list[HttpRequest] = [
        getattr(RequestFactory(), method)(path, **meta) for _ in range(count)
    ]
    return [limited(request).status_code for request in made]


def test_over_the_limit_waits_for_the_next_minute(clock: FixedClock) -> None:
    assert statuses(4) == [200, 200, 200, 429]
    clock.move(seconds=50)
    assert statuses(1) == [200]


def test_the_answer_says_when_and_keeps_the_words(clock: FixedClock) -> None:
    statuses(3)
    response = RateLimit(lambda _r: HttpResponse())(RequestFactory().post("/"))
    assert isinstance(response, HttpResponse)
    assert response["Retry-After"] == "50"
    page = response.content.decode()
    assert str(errors.KEPT) in page
    assert str(errors.DANGER) in page


def test_another_address_is_not_counted(clock: FixedClock) -> None:
    assert statuses(4)[-1] == 429
    assert statuses(1, REMOTE_ADDR="10.1.2.3") == [200]


def test_guessing_codes_is_limited_reading_the_desk_is_not(clock: FixedClock) -> None:
    assert statuses(3, "get", "/follow/7K429Q5MT/") == [200, 200, 429]
    assert statuses(9, "get", "/desk/") == [200] * 9
    assert statuses(9, "post", "/desk/7K429Q5MT/") == [200] * 9


def api(count: int, answers: int, method: str = "get", **meta: str) -> list[int]:
    limited = RateLimit(lambda _r: HttpResponse(status=answers))
    path = "/api/v1/reports/7K429Q5MT" if method == "get" else "/api/v1/reports"
    made = [getattr(RequestFactory(), method)(path, **meta) for _ in range(count)]
    return [limited(request).status_code for request in made]


@pytest.mark.parametrize("method", ["get", "post"])
def test_guessing_tokens_and_codes_at_the_api_is_limited(clock: FixedClock, method: str) -> None:
    assert api(3, 401, method) == [401, 401, 429]
    assert api(1, 200, "post") == [429]  # a guess that hits must not be told
    assert api(1, 401, method, REMOTE_ADDR="10.1.2.3") == [401]
    clock.move(seconds=60)
    assert api(3, 404) == [404, 404, 429]


def test_a_client_with_its_token_is_not_limited(clock: FixedClock) -> None:
    assert api(9, 200) == [200] * 9
    assert api(9, 201, "post") == [201] * 9
    assert api(9, 422, "post") == [422] * 9


def sign_ins(names: list[str], at: int = 0) -> list[int]:
    limited = RateLimit(lambda _r: HttpResponse())
    made = [
        RequestFactory().post("/signin/", {"username": name}, REMOTE_ADDR=f"10.0.{at}.{n}")
        for n, name in enumerate(names)
    ]
    return [limited(request).status_code for request in made]


def test_one_name_is_tried_so_often_from_however_many_addresses(clock: FixedClock) -> None:
    assert sign_ins(["lin"] * (TRIES_PER_NAME + 1)) == [200] * TRIES_PER_NAME + [429]
    assert sign_ins([" LIN", "ｌｉｎ "], 1) == [429, 429]
    assert sign_ins(["bao", ""], 2) == [200, 200]
    clock.move(seconds=60)
    assert sign_ins(["lin"]) == [200]


def test_counts_are_not_pushed_out_by_many_addresses(clock: FixedClock) -> None:
    statuses(4)
    for n in range(1_000):
        cache.set(f"ratelimit:of-others:{n}", 1, 120)
    assert statuses(1) == [429]


def test_what_a_client_claims_about_its_address_counts_only_behind_a_proxy(
    clock: FixedClock,
) -> None:
    claims = [{"HTTP_X_FORWARDED_FOR": f"1.1.1.{n}"} for n in range(4)]
    assert [statuses(1, **claim)[0] for claim in claims] == [200, 200, 200, 429]
    cache.clear()
    behind = dataclasses.replace(FEW, behind_https=True)
    hops = [{"HTTP_X_FORWARDED_FOR": f"1.1.1.{n}, 10.9.9.9"} for n in range(4)]
    with override_settings(MAPLEBRIDGE=behind):
        assert [statuses(1, **hop)[0] for hop in hops] == [200, 200, 200, 429]


@pytest.mark.parametrize(
    ("trusted", "proxy"), [("10.9.9.9", "10.9.9.9"), ("10.9.0.0/16, ::1", "10.9.1.2")]
)
def test_only_the_named_proxy_says_who_asks(clock: FixedClock, trusted: str, proxy: str) -> None:
    behind = dataclasses.replace(FEW, behind_https=True, trusted_proxy=trusted)
    claims = [{"HTTP_X_FORWARDED_FOR": f"1.1.1.{n}"} for n in range(4)]
    with override_settings(MAPLEBRIDGE=behind):
        assert [statuses(1, REMOTE_ADDR=proxy, **c)[0] for c in claims] == [200] * 4
        strange = [statuses(1, REMOTE_ADDR="10.8.8.8", **c)[0] for c in claims]
        assert strange == [200, 200, 200, 429]
