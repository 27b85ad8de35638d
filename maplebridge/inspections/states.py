"""The hazard's whole machine on one screen, and the words of a visit."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from maplebridge.kernel.flow import Flow


class Verdict(models.TextChoices):
    """What one point of the list comes to."""

    GOOD = "good", pgettext_lazy("point of a visit", "In order")
    FAULT = "fault", pgettext_lazy("point of a visit", "At fault")
    ABSENT = "absent", pgettext_lazy("point of a visit", "Not here")


class Level(models.TextChoices):
    """How grave a hazard is [一般隐患, 重大隐患]."""

    GENERAL = "general", pgettext_lazy("hazard", "General")
    MAJOR = "major", pgettext_lazy("hazard", "Major")


class Way(models.TextChoices):
    """What was agreed on the spot about a fault."""

    MENDED = "mended", _("Put right on the spot")
    UNTIL = "until", _("To be put right by a date")
    HANDED = "handed", _("For the department")


class State(models.TextChoices):
    FOUND = "found", pgettext_lazy("hazard", "found")
    NOTIFIED = "notified", pgettext_lazy("hazard", "to be put right")
    RECTIFIED = "rectified", pgettext_lazy("hazard", "put right, to be re-checked")
    RECHECKED = "rechecked", pgettext_lazy("hazard", "re-checked")
    CLEARED = "cleared", pgettext_lazy("hazard", "cleared")
    DISMISSED = "dismissed", pgettext_lazy("hazard", "held to be none")


class Verb(models.TextChoices):
    FIND = "find", pgettext_lazy("hazard", "find")
    NOTIFY = "notify", pgettext_lazy("hazard", "give notice")
    RECTIFY = "rectify", pgettext_lazy("hazard", "put right")
    RECHECK = "recheck", pgettext_lazy("hazard", "re-check: in order")
    FAIL = "fail", pgettext_lazy("hazard", "re-check: still wrong")
    CLEAR = "clear", pgettext_lazy("hazard", "clear")
    HAND = "hand", pgettext_lazy("hazard", "hand to the department")
    URGE = "urge", pgettext_lazy("hazard", "urge")
    DISMISS = "dismiss", pgettext_lazy("hazard", "hold to be none")


S, V = State, Verb

FLOW: Final[Flow[State, Verb]] = Flow(
    "hazard",
    {
        (S.FOUND, V.NOTIFY): S.NOTIFIED,
        (S.FOUND, V.RECTIFY): S.RECTIFIED,  # on the spot, or the department was quicker
        (S.FOUND, V.URGE): S.FOUND,
        (S.FOUND, V.DISMISS): S.DISMISSED,
        (S.NOTIFIED, V.RECTIFY): S.RECTIFIED,
        (S.NOTIFIED, V.RECHECK): S.RECHECKED,  # nobody said so, and it is in order
        (S.NOTIFIED, V.FAIL): S.NOTIFIED,  # with another date
        (S.NOTIFIED, V.HAND): S.NOTIFIED,  # the place does not do it: the department is told
        (S.NOTIFIED, V.URGE): S.NOTIFIED,
        (S.NOTIFIED, V.DISMISS): S.DISMISSED,
        (S.RECTIFIED, V.RECHECK): S.RECHECKED,
        (S.RECTIFIED, V.FAIL): S.NOTIFIED,
        (S.RECTIFIED, V.URGE): S.RECTIFIED,
        (S.RECHECKED, V.CLEAR): S.CLEARED,
        (S.RECHECKED, V.FAIL): S.NOTIFIED,  # who is to clear it looked again
        (S.RECHECKED, V.URGE): S.RECHECKED,
    },
)
OPEN: Final = (S.FOUND, S.NOTIFIED, S.RECTIFIED, S.RECHECKED)
TO_RECHECK: Final = (S.NOTIFIED, S.RECTIFIED)
