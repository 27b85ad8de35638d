"""Times as people read them: "14:02", "14 Jul 14:02", "0:11 left", "over by 26 min".

The browser counts on from the same rules (frontend/src/islands/clock.ts).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from maplebridge.kernel import clock

SOON = 300.0  # seconds; without a start time the last five minutes count as soon
WHOLE_DAYS = 3  # from here on hours no longer matter
SOON_SHARE = 0.25  # of the whole span, when the start is known


@dataclass(frozen=True, slots=True)
class Reading:
    state: str  # run | soon | over
    text: str
    rest: int  # percent of the span that is left, for the dial
    soon: int  # seconds before due at which it turns soon


def short(at: datetime) -> str:
    """Local time; with the day when it is not today, with the year when it is not this year."""
    here, today = clock.local(at), clock.local(clock.now())
    if here.date() == today.date():
        return date_format(here, "H:i")
    if here.year == today.year:
        return date_format(here, pgettext("compact", "j M H:i"))
    return date_format(here, pgettext("compact", "j M Y H:i"))


def full(at: datetime) -> str:
    return date_format(clock.local(at), pgettext("compact", "j M Y H:i:s"))


def span(seconds: float) -> str:
    """A length of time: minutes and seconds, hours and minutes, days."""
    whole = int(abs(seconds))
    if whole < 3600:
        return f"{whole // 60}:{whole % 60:02d}"
    minutes = whole // 60
    if minutes < 1440:
        return _("{h} h {m} min").format(h=minutes // 60, m=minutes % 60)
    days, hours = minutes // 1440, minutes // 60 % 24
    if days >= WHOLE_DAYS:
        return _("{d} d").format(d=days)
    return _("{d} d {h} h").format(d=days, h=hours)


def reading(due: datetime, start: datetime | None = None) -> Reading:
    """How a clock that runs to `due` stands now."""
    left = (due - clock.now()).total_seconds()
    whole = (due - start).total_seconds() if start else 0.0
    soon = whole * SOON_SHARE if whole > 0 else SOON
    rest = round(100 * max(0.0, min(1.0, left / whole))) if whole > 0 else (100 if left > 0 else 0)
    if left < 0:
        return Reading("over", _("over by {t}").format(t=span(left)), 0, int(soon))
    return Reading("soon" if left <= soon else "run", span(left), rest, int(soon))
