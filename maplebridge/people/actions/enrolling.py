"""Accounts and posts for members of downstream rooms: volunteers, captains, sentinels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.contrib.auth.hashers import make_password
from django.db import transaction

from maplebridge.kernel.actor import Actor
from maplebridge.kernel.journal import record
from maplebridge.people.events import DemoAccountsDropped
from maplebridge.people.models import Account, Agency, Post
from maplebridge.people.records import Member

BATCH = 2_000


def enrol(members: Sequence[Member], *, demo: bool = False) -> dict[str, int]:
    """Give each member an account and a post; idempotent on codes. Returns code → account id.

    The accounts have no password: somebody sets one later, or the person signs in by a card of
    the demonstration.
    """
    agencies = dict(Agency.objects.values_list("code", "id"))
    with transaction.atomic():
        Account.objects.bulk_create(
            [
                Account(
                    username=m.code.lower(),
                    display_name=m.alias,
                    display_name_en=m.alias_en,
                    password=make_password(None),
                    is_demo=demo,
                )
                for m in members
            ],
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=["username"],
            update_fields=["display_name", "display_name_en"],
        )
        by_name = {name: pk for name, pk in Account.objects.values_list("username", "id") if name}
        accounts = {m.code: by_name[m.code.lower()] for m in members}
        Post.objects.bulk_create(
            [
                Post(
                    code=m.code,
                    role=m.role,
                    account_id=accounts[m.code],
                    agency_id=agencies.get(m.agency_code or ""),
                    station_id=m.station_id,
                    cell_id=m.cell_id,
                    volunteer_ref=m.volunteer_ref,
                    sentinel_ref=m.sentinel_ref,
                )
                for m in members
            ],
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=["code"],
            update_fields=[
                "role", "agency", "station", "cell", "volunteer_ref", "sentinel_ref",
            ],
        )  # fmt: skip
    return accounts


def link_volunteers(refs: Mapping[str, int]) -> None:
    """Write volunteer ids on the posts, by post code."""
    _link("volunteer_ref", refs)


def link_sentinels(refs: Mapping[str, int]) -> None:
    """Write sentinel ids on the posts, by post code."""
    _link("sentinel_ref", refs)


def _link(column: str, refs: Mapping[str, int]) -> None:
    posts = list(Post.objects.filter(code__in=refs)) if len(refs) < 500 else [
        post for post in Post.objects.all() if post.code in refs
    ]  # fmt: skip
    for post in posts:
        setattr(post, column, refs[post.code])
    Post.objects.bulk_update(posts, [column], batch_size=300)


def drop_demo_accounts(*, actor: Actor) -> int:
    """Switch off the accounts of the demonstration and their posts; how many there were."""
    with transaction.atomic():
        Post.objects.filter(account__is_demo=True).update(active=False)
        count = Account.objects.filter(is_demo=True, is_active=True).update(is_active=False)
        if count:
            record(DemoAccountsDropped(count), actor=actor)
    return count
