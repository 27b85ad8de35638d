"""Help that may be ordered from volunteers [点单], and what is for somebody else.

The list is closed: each kind is something a neighbour may do with the eight allowed acts, and
none of it leads into a home, to a sickbed or between two who quarrel.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from maplebridge.kernel.errors import Sentence


@dataclass(frozen=True, slots=True)
class Help:
    code: str
    name: Sentence
    note: Sentence


HELPS: Final[tuple[Help, ...]] = (
    Help("accompany", _("Accompany an elder"), _("To the station, the clinic, the bank and back")),
    Help("carry", _("Lend a hand"), _("Carry something to the door, push a wheelchair")),
    Help("find", _("Look for somebody or something lost"), _("A person missing? Call 110 first")),
    Help("explain", _("Explain a form or a phone"), _("At the station or in the community room")),
    Help("drill", _("Fire drill for a shop"), _("Volunteers practise with your people")),
)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What volunteers may not do, and who does it."""

    code: str
    what: Sentence
    who: Sentence
    number: str = ""  # 110, 119, 120; empty: the duty desk


ELSEWHERE: Final[tuple[Elsewhere, ...]] = (
    Elsewhere(
        "police",
        _("Violence, threats, theft, somebody to be confronted"),
        _("This is for the police. Call 110; if you cannot speak, report it here."),
        "110",
    ),
    Elsewhere(
        "fire",
        _("Fire, gas, chemicals"),
        _("This is for the fire brigade. Go out, keep away, call 119."),
        "119",
    ),
    Elsewhere(
        "medical",
        _("Illness, injury, nursing, medicine"),
        _("This is for medical people. Call 120; for care at home ask the community clinic."),
        "120",
    ),
    Elsewhere(
        "desk",
        _("Repairs at home, quarrels, money, complaints"),
        _("Report it instead: the duty desk finds who is responsible."),
    ),
)


def elsewhere(code: str) -> Elsewhere:
    return next(one for one in ELSEWHERE if one.code == code)
