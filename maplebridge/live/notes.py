"""Definitions the foot of the wall reads out in turn: of its figures, and of what its map draws."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from maplebridge.indicators.api import DEFINITIONS

NOTE_SECONDS = 20  # how long one stands: long enough to be read twice
NOTED = (
    "received", "open_orders", "open_calls", "first_arrival", "half_minute", "arrival_time",
    "decision_time", "received_change_month", "stations_complete",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Note:
    name: str
    brief: str
    metric: str = ""  # whose definition it is; "" for a layer of the map


def _layers() -> tuple[Note, ...]:
    return (
        Note(_("Open matters"), _("drawn at the middle of their grid, whatever their address")),
        Note(
            _("Unit on the way"),
            _("by street and by time from its station; nobody’s position is read"),
        ),
        Note(
            _("Helpers on the way"),
            _("volunteers and sentinels, by where they are going; never where they are"),
        ),
        Note(
            _("Half-minute circle on the map"),
            _("75 m around each guard post, what one runs in half a minute"),
        ),
    )


def note_at(at: datetime) -> Note:
    """The definition whose turn it is, in the active language."""
    notes = notes_in_turn()
    return notes[int(at.timestamp()) // NOTE_SECONDS % len(notes)]


def notes_in_turn() -> tuple[Note, ...]:
    """All of them, in the active language; each has to fit on one line of the wall's foot."""
    return (*_of_figures(), *_layers())


def _of_figures() -> list[Note]:
    found = [DEFINITIONS[metric] for metric in NOTED]
    return [Note(str(one.name), str(one.brief), one.id) for one in found]
