"""Everybody's week: alerts, duties and open orders, counted from the offers."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from maplebridge.dispatch.keys import key_of
from maplebridge.dispatch.models import Offer
from maplebridge.dispatch.states import OFFER_BUSY, OfferState
from maplebridge.teams.api import Load

WEEK = timedelta(days=7)
WORKED = (OfferState.ACCEPTED, OfferState.ARRIVED, OfferState.DONE)


def loads(at: datetime) -> dict[str, Load]:
    """Alerts and duties of the last seven days and open orders by responder, in two queries.

    Not one with an "or": SQLite answers that by reading the offers of all years.
    """
    since, busy = at - WEEK, Q(state__in=OFFER_BUSY)
    found = {
        key_of(volunteer, sentinel, unit): Load(alerts, duties, open_now)
        for volunteer, sentinel, unit, alerts, duties, open_now in _by_responder(
            Offer.objects.filter(offered_at__gte=since)
        ).annotate(
            alerts=Count("pk"),
            duties=Count("pk", filter=Q(state__in=WORKED)),
            busy=Count("pk", filter=busy),
        )
    }
    longer = _by_responder(Offer.objects.filter(busy, offered_at__lt=since))
    for volunteer, sentinel, unit, open_now in longer.annotate(busy=Count("pk")):
        key = key_of(volunteer, sentinel, unit)
        week = found.get(key, Load())
        found[key] = replace(week, open_orders=week.open_orders + open_now)
    return found


def _by_responder(rows: QuerySet[Offer]) -> QuerySet[Offer, tuple[Any, ...]]:
    return rows.order_by().values_list("volunteer_id", "sentinel_id", "unit_id")
