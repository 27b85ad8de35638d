"""`/field/`: what waits for me, what I do, and what I can do when there is nothing."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from maplebridge.dispatch import advisor
from maplebridge.dispatch.queries import duty, ended, orders
from maplebridge.kernel.actor import Actor, actor_of
from maplebridge.kernel.policy import require
from maplebridge.people import api as people

if TYPE_CHECKING:
    from maplebridge.dispatch.models import Offer


def topics(actor: Actor) -> list[str]:
    """The live streams of this responder; only those that the stream knows."""
    found = ["field"]
    if actor.volunteer_id is not None:
        found.append(f"volunteer:{actor.volunteer_id}")
    if actor.sentinel_id is not None:
        found.append(f"sentinel:{actor.sentinel_id}")
    if actor.unit_id is not None:
        found.append(f"unit:{actor.unit_id}")
    return found


def kept_away(offer: Offer) -> str:
    """Why the helper is told to keep away, in words; empty when they may go on."""
    code = orders.why_kept_away(offer)
    return advisor.blocked_words(code) if code else ""


def responder(request: HttpRequest) -> Actor:
    """The actor, when the role takes orders at all."""
    actor = actor_of(request)
    require(people.role_may(actor, "dispatch.accept"))
    return actor


@never_cache
@login_required
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    takes_orders = people.role_may(actor, "dispatch.accept")
    if not takes_orders:  # a grid worker is not sent, but the street is theirs as well
        require(people.role_may(actor, "incident.receive"))
    waiting, accepted = orders.my_orders(actor) if takes_orders else ([], [])
    return render(
        request,
        "dispatch/home.html",
        {
            "topics": topics(actor),
            "waiting": waiting,
            "accepted": accepted,
            "ended": None if waiting or accepted else ended.last_ended(actor),
            "hand_overs": orders.waiting_hand_overs(actor),
            "alarms": orders.my_alarms(actor) if actor.sentinel_id is not None else [],
            "step_key": secrets.token_hex(16),
            "is_sentinel": actor.sentinel_id is not None,
            "is_volunteer": actor.volunteer_id is not None,
            "takes_orders": takes_orders.allowed,
            "reports_back": people.role_may(actor, "incident.feed_back").allowed,
            "reports": people.role_may(actor, "incident.receive").allowed,
            "newest": max((order.offered_at for order in waiting), default=None),
            "duty": duty.next_duty(actor),
            "area": duty.my_area(actor),
        },
    )
