"""Lengths, moments and periods as they are said."""

from __future__ import annotations

from datetime import datetime

from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from maplebridge.indicators.measures import Change, rounded
from maplebridge.indicators.periods import Period
from maplebridge.kernel.clock import local


def lasting(seconds: float) -> str:
    """A length of time: "4 m 10 s"."""
    whole = int(rounded(seconds))
    if whole < 60:
        return _("{s} s").format(s=whole)
    if whole < 3600:
        return _("{m} m {s} s").format(m=whole // 60, s=whole % 60)
    return _("{h} h {m} m").format(h=whole // 3600, m=whole // 60 % 60)


def moment(at: datetime) -> str:
    return date_format(local(at), _("j M H:i"))


def period_words(period: Period) -> str:
    """From when to when; the end is not included."""
    start, end = moment(period.start), moment(period.end)
    return start if start == end else _("{start} – {end}").format(start=start, end=end)


def signed(value: float, digits: int = 1) -> str:
    """With a real minus sign."""
    text = str(rounded(value, digits))
    return f"−{text[1:]}" if text.startswith("-") else f"+{text}"


def change_interval(change: Change) -> str:
    """The 95 % interval of a change, as changes; "" where there is none."""
    if change.low is None or change.high is None:
        return ""
    return _("{low} to {high} %").format(
        low=signed(100 * (change.low - 1)), high=signed(100 * (change.high - 1))
    )


def comers() -> dict[str, str]:
    """Who came first, by the key of the roll-up."""
    return {
        "volunteer": pgettext("who came first", "Volunteer"),
        "sentinel": pgettext("who came first", "Sentinel"),
        "police": pgettext("who came first", "Police"),
        "agency": pgettext("who came first", "Department"),
        "other": pgettext("who came first", "Somebody else"),
    }
