"""Journal entries of the session: who acts in which post, by id and role only."""

from __future__ import annotations

from django.db import transaction

from maplebridge.kernel.actor import Actor
from maplebridge.kernel.errors import NotFound
from maplebridge.kernel.journal import record
from maplebridge.people.events import PostChanged, SignedIn, SignedOut
from maplebridge.people.queries import active_posts, actor_in


def note_signed_in(actor: Actor, method: str) -> None:
    with transaction.atomic():
        record(SignedIn(actor.role, method), actor=actor)


def note_signed_out(actor: Actor) -> None:
    with transaction.atomic():
        record(SignedOut(actor.role), actor=actor)


def change_post(post_id: int, *, actor: Actor) -> Actor:
    """The same account in another of its own posts."""
    posts = active_posts(actor.account_id) if actor.account_id is not None else []
    post = next((p for p in posts if p.id == post_id), None)
    if post is None:  # another account's post and an absent one look the same
        raise NotFound("people.post")
    now_acting = actor_in(post)
    with transaction.atomic():
        record(PostChanged(actor.role, now_acting.role), actor=now_acting)
    return now_acting
