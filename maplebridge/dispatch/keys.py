"""Names of responders that work in the brain, in events and as live topics: "volunteer:12"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maplebridge.teams.api import SENTINEL_KEY, VOLUNTEER_KEY, unit_key

if TYPE_CHECKING:
    from maplebridge.dispatch.models import Offer

UNIT_KEY = "unit"


def key_of(volunteer: int | None, sentinel: int | None, unit: int | None) -> str:
    if volunteer is not None:
        return unit_key(VOLUNTEER_KEY, volunteer)
    if sentinel is not None:
        return unit_key(SENTINEL_KEY, sentinel)
    return unit_key(UNIT_KEY, unit or 0)


def offer_key(offer: Offer) -> str:
    """Who an offer was put to."""
    return key_of(offer.volunteer_id, offer.sentinel_id, offer.unit_id)


def offer_kind(offer: Offer) -> str:
    """volunteer | sentinel | police"""
    kind = offer_key(offer).partition(":")[0]
    return "police" if kind == UNIT_KEY else kind


def columns_of(key: str) -> dict[str, int]:
    """The columns of an offer to this responder."""
    kind, _colon, pk = key.partition(":")
    return {f"{kind}_id": int(pk)}
