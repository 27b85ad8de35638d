"""The order's whole machine on one screen."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from maplebridge.kernel.flow import Flow


class State(models.TextChoices):
    ISSUED = "issued", _("issued")
    ACCEPTED = "accepted", _("accepted")
    ANSWERED = "answered", _("answered")
    RETURNED = "returned", _("returned")
    CANCELLED = "cancelled", _("cancelled")


class Verb(models.TextChoices):
    ISSUE = "issue", _("issue")
    ACCEPT = "accept", _("accept")
    ANSWER = "answer", _("answer")
    RETURN = "return", _("return")
    REISSUE = "reissue", _("send on")
    URGE = "urge", _("urge")
    CANCEL = "cancel", _("cancel")
    ADJUST = "adjust", _("adjust")


class Part(models.TextChoices):
    LEAD = "lead", _("Lead")
    ASSIST = "assist", _("Assist")


S, V = State, Verb

FLOW: Final[Flow[State, Verb]] = Flow(
    "order",
    {
        (S.ISSUED, V.ACCEPT): S.ACCEPTED,
        (S.ISSUED, V.ANSWER): S.ANSWERED,  # answered at once is accepted too
        (S.ISSUED, V.RETURN): S.RETURNED,
        (S.ISSUED, V.URGE): S.ISSUED,
        (S.ISSUED, V.CANCEL): S.CANCELLED,
        (S.ISSUED, V.ADJUST): S.ISSUED,  # another part or an earlier clock after a correction
        (S.ACCEPTED, V.ANSWER): S.ANSWERED,
        (S.ACCEPTED, V.URGE): S.ACCEPTED,
        (S.ACCEPTED, V.CANCEL): S.CANCELLED,
        (S.ACCEPTED, V.ADJUST): S.ACCEPTED,
        (S.RETURNED, V.REISSUE): S.ISSUED,  # to the agency the desk names
        (S.RETURNED, V.CANCEL): S.CANCELLED,
        (S.RETURNED, V.ADJUST): S.RETURNED,
    },
)
OPEN: Final = (S.ISSUED, S.ACCEPTED, S.RETURNED)
