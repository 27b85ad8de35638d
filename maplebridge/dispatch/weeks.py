"""Everybody's week: alerts, duties and open orders, counted from the offers."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Count, Q

from maplebridge.dispatch.keys import key_of
from maplebridge.dispatch.models import Offer
from maplebridge.dispatch.states import OFFER_BUSY, OfferState
from maplebridge.teams.api import Load

WEEK = timedelta(days=7)
WORKED = (OfferState.ACCEPTED, OfferState.ARRIVED, OfferState.DONE)


def loads(at: datetime) -> dict[str, Load]:
    """Alerts and duties of the last seven days and open orders by responder, in one query."""
    recent = Q(offered_at__gte=at - WEEK)
    busy = Q(state__in=OFFER_BUSY)
    rows = (
        Offer.objects.filter(recent | busy)
        .order_by()
        .values_list("volunteer_id", "sentinel_id", "unit_id")
        .annotate(
            alerts=Count("pk", filter=recent),
            duties=Count("pk", filter=recent & Q(state__in=WORKED)),
            busy=Count("pk", filter=busy),
        )
    )
    return {
        key_of(volunteer, sentinel, unit): Load(alerts, duties, open_now)
        for volunteer, sentinel, unit, alerts, duties, open_now in rows
    }
