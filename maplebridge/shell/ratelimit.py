"""A fixed window on public writes, tries at a code or token, and tries at one account.

Many people share one address behind a carrier, so the limits are generous, and the page says
what to do in danger. Counts live in Django's cache; addresses and names only as keyed hashes.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponseBase, UnreadablePostError
from django.utils.crypto import salted_hmac

from maplebridge.kernel import clock
from maplebridge.shell.addresses import client_address
from maplebridge.shell.web import errors

WINDOW = 60  # seconds
SIGN_IN = "/signin/"
CHANGE = "/password/"  # asks for the present one, so it can be guessed at as well
# However many addresses take part. Few enough that guessing is hopeless, and the window so short
# that a stranger who uses the tries up keeps the owner out for a minute at most.
TRIES_PER_NAME = 10


@dataclass(frozen=True, slots=True)
class Limit:
    name: str
    methods: frozenset[str]
    exact: tuple[str, ...]
    prefixes: tuple[str, ...]
    setting: str  # the field of Settings that holds the number a minute
    failures: frozenset[int] = frozenset()  # answers that count; empty: every request counts

    def covers(self, request: HttpRequest) -> bool:
        if request.method not in self.methods:
            return False
        return request.path in self.exact or request.path.startswith(self.prefixes)

    @property
    def allowed(self) -> int:
        return int(getattr(settings.MAPLEBRIDGE, self.setting))


LIMITS = (
    Limit(
        "post",
        frozenset({"POST"}),
        ("/", "/order-help/"),
        ("/follow/", SIGN_IN, CHANGE),
        "posts_per_minute",
    ),
    # Hints come while somebody types, so more often; they store nothing.
    Limit("hint", frozenset({"POST"}), ("/hints/",), (), "lookups_per_minute"),
    Limit("code", frozenset({"GET", "HEAD"}), (), ("/follow/", "/who-saw/"), "lookups_per_minute"),
    # A day of the past is compiled anew each time, and where the wall is public for anybody.
    Limit("replay", frozenset({"GET", "HEAD"}), (), ("/wall/replay/",), "lookups_per_minute"),
    # A client with its token may ask as often as it likes; guessing tokens or codes is limited.
    Limit(
        "api",
        frozenset({"GET", "HEAD", "POST"}),
        (),
        ("/api/v1/",),
        "lookups_per_minute",
        frozenset({401, 404}),
    ),
)


class RateLimit:
    """Answers 429 with the draft kept, once an address or a name is over one of the limits."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        covering = [limit for limit in LIMITS if limit.covers(request) and limit.allowed > 0]
        for limit in covering:
            if wait := seconds_to_wait(limit, request):
                return errors.too_many(request, wait)
        if wait := seconds_for_name(request):
            return errors.too_many(request, wait)
        response = self.get_response(request)
        for limit in covering:
            if response.status_code in limit.failures:
                _count(_key(limit.name, client_address(request)))
        return response


def seconds_to_wait(limit: Limit, request: HttpRequest) -> int:
    """0 while the address is within the limit; otherwise when the window ends."""
    key = _key(limit.name, client_address(request))
    if limit.failures:
        return _rest() if cache.get(key, 0) >= limit.allowed else 0
    return _rest() if _count(key) > limit.allowed else 0


def seconds_for_name(request: HttpRequest) -> int:
    """The same for one name at the sign-in, known or not, so that the answer tells nothing."""
    if request.method != "POST" or LIMITS[0].allowed <= 0:
        return 0
    if request.path == CHANGE:  # one session, one account: a new one needs the password
        session = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
        return _rest() if session and _count(_key("session", session)) > TRIES_PER_NAME else 0
    if request.path != SIGN_IN:
        return 0
    try:
        typed = request.POST.get("username", "")
    except UnreadablePostError:  # the browser has gone
        return 0
    name = unicodedata.normalize("NFKC", typed).casefold().strip()
    return _rest() if name and _count(_key("name", name)) > TRIES_PER_NAME else 0


def _count(key: str) -> int:
    """How often this was counted in the window, this time included."""
    # add before incr: between them another process may only count, never reset
    cache.add(key, 0, WINDOW * 2)
    try:
        return int(cache.incr(key))
    except ValueError:  # evicted in between: one request more is harmless
        return 0


def _key(name: str, who: str) -> str:
    digest = salted_hmac("maplebridge.ratelimit", who.encode("utf-8", "replace")).hexdigest()[:24]
    return f"ratelimit:{name}:{_now() // WINDOW}:{digest}"


def _rest() -> int:
    return WINDOW - _now() % WINDOW


def _now() -> int:
    return int(clock.now().timestamp())
