"""A resident was satisfied: who helped hears it as points, once for each order."""

from __future__ import annotations

from maplebridge.dispatch.models import Offer
from maplebridge.dispatch.queries import facts
from maplebridge.dispatch.states import OfferState
from maplebridge.kernel.actor import Actor
from maplebridge.teams import api as teams


def thank_rated(incident_id: int, *, actor: Actor) -> int:
    """Points to the volunteers who were there; how many. A repeat gives nothing.

    The answer may be heard before the end of the order, so who is on the spot counts too.
    """
    offers = Offer.objects.filter(
        call__incident_id__in=[incident_id, *facts.followers(incident_id)],
        volunteer__isnull=False, arrived_at__isnull=False,
        state__in=(OfferState.ARRIVED, OfferState.DONE), call__imported=False,
    )  # fmt: skip
    given = 0
    for offer in offers.order_by("pk"):
        thanked = teams.award(
            offer.volunteer_id or 0, teams.PointReason.RATED_FIVE, f"offer:{offer.pk}", actor=actor
        )
        given += thanked.given
    return given
