"""Where a difference lies: the two stretches of a comparison once more, part by part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from maplebridge.indicators import figures as reading
from maplebridge.indicators import measures, queries
from maplebridge.indicators.periods import Period
from maplebridge.indicators.words import comers, signed_count

# Which parts explain which figure; a figure that is not here counts one kind of matter only.
PARTS: Mapping[str, str] = {
    "received": "received.category",
    "received_24h": "received.category",
    "received_change_month": "received.category",
    "received_change_day": "received.category",
    "received.category": "received.category",
    "received.channel": "received.channel",
    "received.urgency": "received.urgency",
    "first_arrival": "first_arrival",
}
# The comparison that stands beside the figure.
BESIDE: Mapping[str, str] = {
    "received_24h": "received_24h",
    "received_change_month": "received_change_month",
}


@dataclass(frozen=True, slots=True)
class Moved:
    """One part of a figure, now and in the same hours a month before."""

    label: str
    now: int
    before: int
    verdict: str  # fewer | more | unclear

    @property
    def difference(self) -> str:
        return signed_count(self.now - self.before)


@dataclass(frozen=True, slots=True)
class Movement:
    now: Period
    before: Period
    rows: tuple[Moved, ...]  # the largest difference first


def movement(metric: str, at: datetime, as_of: datetime) -> Movement | None:
    """None where the figure has no parts, or last month was not recorded."""
    parts = PARTS.get(metric)
    if parts is None:
        return None
    beside = reading.compared(BESIDE.get(metric, "received_change_day"), at, as_of)
    now, before = beside.figure.period, beside.before
    if not beside.change.before:
        return None
    counted = queries.counts([parts], now.start, now.end)[parts]
    earlier = queries.counts([parts], before.start, before.end)[parts]
    names = _names(parts)
    found = []
    for key in counted | earlier:
        change = measures.change(counted[key], earlier[key], now.hours, before.hours)
        label = names.get(key, key) if key else _("Not judged yet")
        found.append(Moved(label, change.now, change.before, change.verdict))
    found.sort(key=lambda row: (-abs(row.now - row.before), -row.now, row.label))
    return Movement(now, before, tuple(found))


def _names(parts: str) -> Mapping[str, str]:
    return comers() if parts == "first_arrival" else queries.labels(parts.partition(".")[2])
