"""The closing word of an order, when the matter itself is no longer the helper's to read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from maplebridge.dispatch.models import Offer
from maplebridge.dispatch.policies import offer_policy
from maplebridge.dispatch.states import OfferState
from maplebridge.kernel.actor import Actor
from maplebridge.kernel.clock import now

REMEMBERED = timedelta(hours=12)  # a shift


@dataclass(frozen=True, slots=True)
class Ended:
    """That and when the last order ended, and nothing of the matter: it is no longer theirs."""

    at: datetime
    helped: bool  # was on the spot; else stood down on the way


def last_ended(actor: Actor) -> Ended | None:
    """The helper's newest ended order of these hours, so that it does not just vanish."""
    if actor.volunteer_id is None and actor.sentinel_id is None:
        return None
    found = (
        Offer.objects.filter(offer_policy.visible(actor), offered_at__gte=now() - REMEMBERED)
        .filter(state__in=(OfferState.DONE, OfferState.STOOD_DOWN))
        .exclude(answered_at=None)
        .exclude(ended_at=None)
        .order_by("-ended_at")
        .values_list("ended_at", "state")
        .first()
    )
    if found is None or found[0] is None:
        return None
    return Ended(found[0], found[1] == OfferState.DONE)
