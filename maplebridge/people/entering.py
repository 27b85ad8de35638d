"""Enter as an account of the demonstration without a password: one tap, in demo mode only."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest

from maplebridge.kernel.actor import Actor, actor_of
from maplebridge.kernel.errors import NotFound
from maplebridge.people.actions import note_signed_in, note_signed_out
from maplebridge.people.middleware import POST_KEY
from maplebridge.people.queries import active_posts, actor_in

BACKEND = "django.contrib.auth.backends.ModelBackend"


def enter_demo(request: HttpRequest, account_id: int | None) -> Actor | None:
    """Become this invented person in their first post; None signs out and is a resident again."""
    if not settings.MAPLEBRIDGE.demo:
        raise NotFound("people.card")
    before = actor_of(request)
    if before.is_staff:
        if before.account_id == account_id:
            return before
        note_signed_out(before)
    logout(request)
    if account_id is None:
        return None
    post = next((p for p in active_posts(account_id) if p.account.is_demo), None)
    if post is None:
        raise NotFound("people.card")
    login(request, post.account, backend=BACKEND)
    actor = actor_in(post)
    request.session[POST_KEY] = post.id
    note_signed_in(actor, "demo_card")
    return actor
