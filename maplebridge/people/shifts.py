"""Which shift it is: day 08–16, evening 16–24, night 00–08 local time."""

from __future__ import annotations

from datetime import datetime

from maplebridge.kernel.clock import local
from maplebridge.people.models import Shift


def shift_at(at: datetime) -> Shift:
    hour = local(at).hour
    if hour < 8:
        return Shift.NIGHT
    return Shift.DAY if hour < 16 else Shift.EVENING


def shift_label(shift: str) -> str:
    """The shift with its hours, in the active language."""
    return str(Shift(shift).label)
