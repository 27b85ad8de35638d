"""Reading people: the actor of an account."""

from __future__ import annotations

from maplebridge.kernel.actor import RESIDENT, Actor, ActorKind
from maplebridge.people.models import Post
from maplebridge.people.roles import role_label


def active_posts(account_id: int) -> list[Post]:
    """The posts an account may act in, oldest first."""
    found = Post.objects.filter(account_id=account_id, active=True, account__is_active=True)
    return list(found.select_related("account", "agency", "station").order_by("id"))


def actor_for(account_id: int | None, chosen_post: int | None = None) -> Actor:
    """The account in the chosen post, else in its first one; without a post, a resident."""
    if account_id is None:
        return RESIDENT
    posts = active_posts(account_id)
    if not posts:
        return RESIDENT
    post = next((p for p in posts if p.id == chosen_post), posts[0])
    return actor_in(post)


def actor_in(post: Post) -> Actor:
    """The actor that a post makes of its account."""
    return Actor(
        kind=ActorKind.PERSON,
        role=post.role,
        account_id=post.account_id,
        post_id=post.id,
        agency_code=post.agency.code if post.agency else None,
        station_id=post.station_id,
        cell_id=post.cell_id,
        unit_id=post.unit_id,
        volunteer_id=post.volunteer_ref,
        sentinel_id=post.sentinel_ref,
        label=f"{role_label(post.role)} {post.account.title}".strip(),
    )
