"""The incident's whole machine on one screen."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from maplebridge.kernel.flow import Flow


class State(models.TextChoices):
    RECEIVED = "received", _("received")
    TRIAGED = "triaged", _("triaged")
    DISPATCHED = "dispatched", _("dispatched")
    ARRIVED = "arrived", _("on scene")
    HANDLING = "handling", _("being handled")
    TRANSFERRED = "transferred", _("transferred")
    FED_BACK = "fed_back", _("reported back")
    CLOSED = "closed", _("closed")
    MERGED = "merged", _("merged")
    INVALID = "invalid", _("not valid")
    REOPENED = "reopened", _("reopened")


class Verb(models.TextChoices):
    RECEIVE = "receive", _("receive")
    TRIAGE = "triage", _("triage")
    DISPATCH = "dispatch", _("dispatch")
    RECALL = "recall", _("take the sending back")
    ARRIVE = "arrive", _("arrive")
    HANDLE = "handle", _("take over")
    TRANSFER = "transfer", _("transfer")
    FEED_BACK = "feed_back", _("report back")
    CLOSE = "close", _("close")
    MERGE = "merge", _("merge")
    UNDO_MERGE = "undo_merge", _("undo the merge")
    INVALIDATE = "invalidate", _("mark not valid")
    REOPEN = "reopen", _("reopen")


S, V = State, Verb

FLOW: Final[Flow[State, Verb]] = Flow(
    "incident",
    {
        (S.RECEIVED, V.TRIAGE): S.TRIAGED,
        (S.RECEIVED, V.DISPATCH): S.DISPATCHED,  # doubt goes up: help may leave before triage
        (S.RECEIVED, V.MERGE): S.MERGED,
        (S.RECEIVED, V.INVALIDATE): S.INVALID,
        (S.TRIAGED, V.TRIAGE): S.TRIAGED,  # a correction; the initial category stays frozen
        (S.TRIAGED, V.DISPATCH): S.DISPATCHED,
        (S.TRIAGED, V.TRANSFER): S.TRANSFERRED,
        (S.TRIAGED, V.MERGE): S.MERGED,
        (S.TRIAGED, V.INVALIDATE): S.INVALID,
        (S.TRIAGED, V.FEED_BACK): S.FED_BACK,  # settled by advice, nobody had to go
        (S.DISPATCHED, V.TRIAGE): S.DISPATCHED,
        (S.DISPATCHED, V.RECALL): S.TRIAGED,  # nobody is on the way any more: send anew
        (S.DISPATCHED, V.ARRIVE): S.ARRIVED,
        (S.DISPATCHED, V.HANDLE): S.HANDLING,
        (S.DISPATCHED, V.MERGE): S.MERGED,
        (S.DISPATCHED, V.FEED_BACK): S.FED_BACK,
        (S.ARRIVED, V.TRIAGE): S.ARRIVED,
        (S.ARRIVED, V.HANDLE): S.HANDLING,
        (S.ARRIVED, V.FEED_BACK): S.FED_BACK,
        (S.HANDLING, V.TRIAGE): S.HANDLING,
        (S.HANDLING, V.TRANSFER): S.TRANSFERRED,
        (S.HANDLING, V.FEED_BACK): S.FED_BACK,
        (S.TRANSFERRED, V.TRIAGE): S.TRANSFERRED,
        (S.TRANSFERRED, V.DISPATCH): S.DISPATCHED,  # it turned dangerous after all
        (S.TRANSFERRED, V.FEED_BACK): S.FED_BACK,
        (S.FED_BACK, V.TRIAGE): S.FED_BACK,
        (S.FED_BACK, V.CLOSE): S.CLOSED,
        (S.FED_BACK, V.REOPEN): S.REOPENED,
        (S.CLOSED, V.REOPEN): S.REOPENED,
        (S.INVALID, V.REOPEN): S.REOPENED,
        # Undo restores the state the link remembers; the table only says from where.
        (S.MERGED, V.UNDO_MERGE): S.RECEIVED,
        (S.REOPENED, V.TRIAGE): S.TRIAGED,
        (S.REOPENED, V.DISPATCH): S.DISPATCHED,
        (S.REOPENED, V.MERGE): S.MERGED,
        (S.REOPENED, V.FEED_BACK): S.FED_BACK,
    },
)

OPEN: Final = (
    S.RECEIVED, S.TRIAGED, S.DISPATCHED, S.ARRIVED, S.HANDLING, S.TRANSFERRED, S.REOPENED,
)  # fmt: skip
WAITING: Final = (S.RECEIVED, S.REOPENED)  # the desk has not judged it yet
UNDER_WAY: Final = (S.TRIAGED, S.DISPATCHED, S.ARRIVED, S.HANDLING, S.TRANSFERRED)
ENDED: Final = (S.CLOSED, S.MERGED, S.INVALID)
