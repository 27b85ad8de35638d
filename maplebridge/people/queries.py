"""Reading people: the actor of an account, agencies, units on duty, the roster of a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from maplebridge.kernel.actor import RESIDENT, Actor, ActorKind
from maplebridge.kernel.errors import NotFound
from maplebridge.people.models import Account, Agency, DutyPost, Post, Unit
from maplebridge.people.records import AgencyInfo, RosterLine, UnitOnDuty
from maplebridge.people.roles import Role, role_label
from maplebridge.people.shifts import shift_at

_ROLE_ORDER: Mapping[str, int] = {role: n for n, role in enumerate(Role.values)}
_SHIFT_ORDER = {"day": 0, "evening": 1, "night": 2}


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
    return actor_in(next((p for p in posts if p.id == chosen_post), posts[0]))


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


def post_label(post_id: int | None) -> str:
    """Role and name of a post for staff; empty when the post is gone."""
    post = Post.objects.select_related("account").filter(id=post_id or 0).first()
    return f"{role_label(post.role)} {post.account.title}".strip() if post else ""


def agency(code: str) -> AgencyInfo:
    row = Agency.objects.filter(code=code).first()
    if row is None:
        raise NotFound("people.agency")
    return _agency(row)


def agencies() -> list[AgencyInfo]:
    return [_agency(row) for row in Agency.objects.order_by("id")]


def _agency(row: Agency) -> AgencyInfo:
    return AgencyInfo(row.id, row.code, row.name, row.name_en, row.kind)


def units_on_duty(at: datetime) -> list[UnitOnDuty]:
    """Units whose crew is on shift, in order of code."""
    shift = shift_at(at)
    rows = Unit.objects.filter(active=True).select_related("agency").order_by("code")
    # In Python: what a JSON list contains is asked differently on each engine, and units are few.
    return [_on_duty(row) for row in rows if shift in row.shifts]


def units(ids: list[int]) -> dict[int, UnitOnDuty]:
    """Units by id, on duty or not: for pages about orders they were given."""
    rows = Unit.objects.filter(id__in=ids).select_related("agency")
    return {row.id: _on_duty(row) for row in rows}


def _on_duty(row: Unit) -> UnitOnDuty:
    return UnitOnDuty(
        id=row.id,
        code=row.code,
        name=row.name,
        name_en=row.name_en,
        kind=row.kind,
        agency_code=row.agency.code if row.agency else None,
        station_id=row.station_id,
        lon=row.lon,
        lat=row.lat,
        mode=row.mode,
        skills=frozenset(row.skills),
        external=row.external,
    )


def roster(station_id: int, day: date) -> list[RosterLine]:
    """Who is on the roster of a station that day, by shift and role. For staff only."""
    rows = DutyPost.objects.filter(duty__station_id=station_id, duty__day=day)
    lines = [
        RosterLine(row.id, row.duty.shift, row.role, row.post.account.title, row.present)
        for row in rows.select_related("duty", "post__account")
    ]
    return sorted(
        lines,
        key=lambda x: (_SHIFT_ORDER.get(x.shift, 9), _ROLE_ORDER.get(x.role, 99), x.duty_post_id),
    )


def demo_account_count() -> int:
    """Accounts that anybody could sign in to with one tap."""
    return Account.objects.filter(is_demo=True, is_active=True).count()
