"""Who listens: the actor behind a session cookie, by the same middleware as every page."""

from __future__ import annotations

import copy
from http import cookies
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, parse_cookie
from django.utils.module_loading import import_string

from maplebridge.kernel.actor import RESIDENT, Actor, actor_of

# The parts of settings.PAGE_MIDDLEWARE that say who acts; the rest is about pages.
WHO = ("SessionMiddleware", "AuthenticationMiddleware", "ActorMiddleware")


def session_cookie(header: str) -> dict[str, str]:
    """Only the session's cookie; empty when there is none."""
    try:
        value = parse_cookie(header).get(settings.SESSION_COOKIE_NAME, "")
    except cookies.CookieError:
        return {}
    return {settings.SESSION_COOKIE_NAME: value} if value else {}


def actor_of_cookie(found: dict[str, str]) -> Actor:
    """The actor of a session; a resident when it ended. Reads the database; call in a thread."""
    if not found:
        return RESIDENT
    try:
        return _through_middleware(found)
    finally:
        connection.close()


def _through_middleware(found: dict[str, str]) -> Actor:
    seen: list[Actor] = []

    def note(request: HttpRequest) -> HttpResponse:
        actor = actor_of(request)
        _ = actor.kind  # looks the actor up here and now, while the connection is ours
        seen.append(copy.copy(actor))
        return HttpResponse()

    handler: Any = note
    for path in reversed([p for p in settings.PAGE_MIDDLEWARE if p.rpartition(".")[2] in WHO]):
        handler = import_string(path)(handler)
    request = HttpRequest()
    request.method, request.path = "GET", "/events"
    request.COOKIES = found
    handler(request)
    return seen[0]
