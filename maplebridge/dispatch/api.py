"""The one door of the dispatch room."""

from __future__ import annotations

from maplebridge.dispatch.actions.alarms import (
    acknowledge_alarm,
    be_on_scene,
    close_alarm,
    link_police,
    raise_alarm,
    unanswered_alarms,
    update_alarm,
)
from maplebridge.dispatch.actions.answering import (
    accept_offer,
    decline_offer,
    release_offer,
    set_out,
)
from maplebridge.dispatch.actions.arriving import (
    arrive,
    file_pre_handling,
    share_position,
    take_over,
)
from maplebridge.dispatch.actions.ending import (
    advance_call,
    due_calls,
    end_with_incident,
    stand_down,
)
from maplebridge.dispatch.actions.history import import_history
from maplebridge.dispatch.actions.past_alarms import PastAlarm
from maplebridge.dispatch.actions.rated import thank_rated
from maplebridge.dispatch.actions.recalling import recall_if_nobody_goes
from maplebridge.dispatch.actions.screening import screen_again
from maplebridge.dispatch.actions.sending import call_volunteers, send, send_units
from maplebridge.dispatch.advisor import blocked_words
from maplebridge.dispatch.models import Offer
from maplebridge.dispatch.queries.following import coming
from maplebridge.dispatch.queries.proposals import propose
from maplebridge.dispatch.queries.routes import Route, route_of
from maplebridge.dispatch.queries.underway import UnderWay, under_way
from maplebridge.dispatch.records import (
    Coming,
    LeftOut,
    PastCall,
    PreHandlingIn,
    Proposal,
    Ranked,
)

__all__ = [
    "Coming",
    "LeftOut",
    "PastAlarm",
    "PastCall",
    "PreHandlingIn",
    "Proposal",
    "Ranked",
    "Route",
    "UnderWay",
    "accept_offer",
    "acknowledge_alarm",
    "advance_call",
    "arrive",
    "be_on_scene",
    "blocked_words",
    "call_volunteers",
    "close_alarm",
    "coming",
    "decline_offer",
    "due_calls",
    "end_with_incident",
    "file_pre_handling",
    "import_history",
    "link_police",
    "propose",
    "raise_alarm",
    "recall_if_nobody_goes",
    "release_offer",
    "screen_again",
    "send",
    "send_units",
    "set_out",
    "share_position",
    "stand_down",
    "take_over",
    "thank_rated",
    "unanswered_alarms",
    "under_way",
    "update_alarm",
    "way_of",
]


def way_of(offer_id: int) -> Route | None:
    """The way by street from where a responder is to the matter; None when a place is not known."""
    rows = Offer.objects.select_related("call__incident", "volunteer", "sentinel__team", "unit")
    offer = rows.filter(pk=offer_id).first()
    return route_of(offer) if offer is not None else None
