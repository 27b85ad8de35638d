"""Who acts for the city while it is filled: somebody of a role, as the rooms know them."""

from __future__ import annotations

from collections.abc import Collection

from maplebridge.dispatch.models import Offer
from maplebridge.kernel.actor import Actor, Channel
from maplebridge.people import api as people
from maplebridge.people.models import Post


def acting(role: str, **narrowed: object) -> Actor | None:
    """The first who holds the role; `agency__code`, `unit_id` or `volunteer_ref` narrows it."""
    rows = Post.objects.select_related("account", "agency", "station")
    rows = rows.filter(role=role, active=True, account__is_demo=True, **narrowed)
    post = rows.order_by("code").first()
    return people.actor_in(post).via(Channel.COMMAND) if post else None


def acting_account(account_id: int) -> Actor | None:
    """An account in its first post."""
    posts = people.active_posts(account_id)
    return people.actor_in(posts[0]).via(Channel.COMMAND) if posts else None


def helper(volunteer_id: int) -> Actor | None:
    """A volunteer as the actor that signing in would make of them."""
    return acting("volunteer", volunteer_ref=volunteer_id) or acting(
        "team_captain", volunteer_ref=volunteer_id
    )


def crewed(units: Collection[int]) -> set[int]:
    """Those of these units that an officer stands behind."""
    rows = Post.objects.filter(role="police_officer", active=True, unit_id__in=list(units))
    return {post.unit_id for post in rows.only("unit_id") if post.unit_id is not None}


def offers_of(call_id: int) -> list[Offer]:
    return list(Offer.objects.filter(call_id=call_id).order_by("rank", "pk"))
