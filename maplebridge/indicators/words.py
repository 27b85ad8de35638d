"""Lengths, moments and periods as they are said."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from maplebridge.indicators.measures import Change, rounded
from maplebridge.indicators.periods import Period
from maplebridge.kernel.clock import local, local_day


def lasting(seconds: float) -> str:
    """A length of time: "4 m 10 s"."""
    whole = int(rounded(seconds))
    if whole < 60:
        return _("{s} s").format(s=whole)
    if whole < 3600:
        return _("{m} m {s} s").format(m=whole // 60, s=whole % 60)
    return _("{h} h {m} m").format(h=whole // 3600, m=whole // 60 % 60)


INSTANT = timedelta(microseconds=1)


def moment(at: datetime) -> str:
    return date_format(local(at), _("j M H:i"))


def period_words(period: Period) -> str:
    """From when to when; the end is not included."""
    start, end = moment(period.start), moment(period.end)
    if start == end:
        return start
    if local_day(period.start) == local_day(period.end - INSTANT):
        at = date_format(local(period.end), "H:i")
        return _("{start}–{time}").format(start=start, time="24:00" if at == "00:00" else at)
    return _("{start} – {end}").format(start=start, end=end)


def signed(value: float, digits: int = 1) -> str:
    """With a real minus sign."""
    text = str(rounded(value, digits))
    return f"−{text[1:]}" if text.startswith("-") else f"+{text}"


def signed_count(n: int) -> str:
    """A difference of counts: +3, −3, 0."""
    return signed(n, 0) if n else "0"


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
