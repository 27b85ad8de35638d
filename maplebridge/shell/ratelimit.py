"""A fixed window on public writes and on tries at a public code, for each address.

Many people share one address behind a carrier, so the limits are generous, and the page says
what to do in danger. Counts live in Django's cache; the address is stored only as a keyed hash.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import salted_hmac

from maplebridge.kernel import clock
from maplebridge.shell.web import errors

WINDOW = 60  # seconds


@dataclass(frozen=True, slots=True)
class Limit:
    name: str
    methods: frozenset[str]
    exact: tuple[str, ...]
    prefixes: tuple[str, ...]
    setting: str  # the field of Settings that holds the number a minute

    def covers(self, request: HttpRequest) -> bool:
        if request.method not in self.methods:
            return False
        return request.path in self.exact or request.path.startswith(self.prefixes)


LIMITS = (
    Limit(
        "post",
        frozenset({"POST"}),
        ("/",),
        ("/follow/", "/signin/", "/api/v1/requests"),
        "posts_per_minute",
    ),
    Limit("code", frozenset({"GET", "HEAD"}), (), ("/follow/", "/who-saw/"), "lookups_per_minute"),
)


class RateLimit:
    """Answers 429 with the draft kept, once an address is over one of the limits."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        for limit in LIMITS:
            if limit.covers(request) and (wait := seconds_to_wait(limit, request)):
                return errors.too_many(request, wait)
        return self.get_response(request)


def seconds_to_wait(limit: Limit, request: HttpRequest) -> int:
    """0 while the address is within the limit; otherwise when the window ends."""
    allowed = int(getattr(settings.MAPLEBRIDGE, limit.setting))
    if allowed <= 0:  # switched off
        return 0
    at = int(clock.now().timestamp())
    key = f"ratelimit:{limit.name}:{at // WINDOW}:{_who(request)}"
    # add before incr: between them another process may only count, never reset
    cache.add(key, 0, WINDOW * 2)
    try:
        used = cache.incr(key)
    except ValueError:  # evicted in between: one request more is harmless
        return 0
    return WINDOW - at % WINDOW if used > allowed else 0


def _who(request: HttpRequest) -> str:
    address = request.META.get("REMOTE_ADDR", "")
    if settings.MAPLEBRIDGE.behind_https:
        # The last hop is what our own proxy saw; anything before it is what the client claims.
        hops = request.headers.get("X-Forwarded-For", "").split(",")
        address = hops[-1].strip() or address
    return salted_hmac("maplebridge.ratelimit", address).hexdigest()[:24]
