"""Puts the actor on the request: the signed-in account in its chosen post, or a resident."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from maplebridge.people.queries import actor_for

POST_KEY = "post_id"  # session: which of several posts the person acts in


class ActorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Lazy: a page that never asks who acts costs no look-up of session and account.
        request.actor = SimpleLazyObject(lambda: _actor(request))  # type: ignore[attr-defined]
        return self.get_response(request)


def _actor(request: HttpRequest) -> object:
    chosen = request.session.get(POST_KEY)
    account_id = request.user.pk if request.user.is_authenticated else None
    return actor_for(account_id, chosen)
