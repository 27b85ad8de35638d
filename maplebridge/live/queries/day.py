"""One day of the past, read from what was written down at the time: a fixed number of queries.

State, urgency and category come from status changes, never from the row as it stands now. What is
read grows with the day, with what is open now and with a month of reports; never with the total.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Min, Q

from maplebridge.dispatch.models import FirstArrival, Offer
from maplebridge.incidents.api import OPEN
from maplebridge.incidents.models import Incident, StatusChange
from maplebridge.indicators.models import Span

# Who was open that morning is looked for among what is open now and what was reported within this
# time before. A matter that took longer, has been closed since and had no step that day is missed.
LOOK_BACK = timedelta(days=31)
LONGEST_WAY = timedelta(hours=6)  # an offer that old leads to nobody on the way any more
GONE = ("accepted", "arrived", "done", "released", "stood_down")  # of an offer that was a yes


@dataclass(frozen=True, slots=True)
class Step:
    """One status change of a matter."""

    state: str  # after it
    urgency: str  # as decided by then; "" before
    category: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Matter:
    """One matter with its history; the cell is None where it has none or must not be shown."""

    cell: str | None
    confidential: bool
    reported_at: datetime
    steps: tuple[Step, ...]  # in order


@dataclass(frozen=True, slots=True)
class Going:
    """Somebody's way to a matter: from the yes until the arrival, or until it came to nothing."""

    cell: str
    since: datetime
    until: datetime | None  # None: still on the way


@dataclass(frozen=True, slots=True)
class Alarm:
    at: datetime
    seconds: float | None  # until a sentinel was there


def first_day() -> datetime | None:
    """When the first change was written down."""
    found: datetime | None = StatusChange.objects.aggregate(first=Min("at"))["first"]
    return found


def matters(start: datetime, end: datetime) -> list[Matter]:
    """All that was open at the start or had a step before the end, with their whole history."""
    open_now = Incident.objects.filter(state__in=OPEN, reported_at__lt=start)
    lately = Incident.objects.filter(
        Q(closed_at__isnull=True) | Q(closed_at__gte=start),
        reported_at__gte=start - LOOK_BACK, reported_at__lt=start,
    )  # fmt: skip
    stepped = StatusChange.objects.filter(at__gte=start, at__lt=end).values_list(
        "incident_id", flat=True
    )
    found: dict[int, list[_Row]] = defaultdict(list)
    for some in (
        open_now.values_list("pk", flat=True),
        lately.values_list("pk", flat=True),
        stepped,
    ):
        read: dict[int, list[_Row]] = defaultdict(list)
        # No bound on the time here: the planner would take the index of times and walk through all
        # of history instead of looking up these few matters.
        rows = StatusChange.objects.filter(incident_id__in=some).order_by("incident_id", "pk")
        for row in rows.values_list(
            "incident_id", "incident__cell__code", "incident__confidential",
            "incident__reported_at", "to_state", "urgency", "category", "at",
        ):  # fmt: skip
            read[row[0]].append(row)
        found.update(read)
    return [_matter(rows, end) for _pk, rows in sorted(found.items())]


_Row = tuple[int, str | None, bool, datetime, str, str, str, datetime]


def _matter(rows: Iterable[_Row], end: datetime) -> Matter:
    every = list(rows)
    _pk, cell, confidential, reported_at, *_rest = every[0]
    steps = tuple(Step(row[4], row[5], row[6], row[7]) for row in every if row[7] < end)
    return Matter(None if confidential else cell, confidential, reported_at, steps)


def ways(start: datetime, end: datetime) -> list[Going]:
    # The state is looked at here and not in the query: SQLite would take the index of states and
    # walk through every offer that was ever done, instead of those of the day.
    rows = Offer.objects.filter(
        offered_at__gte=start - LONGEST_WAY, offered_at__lt=end,
        call__incident__confidential=False, call__incident__cell__isnull=False,
    ).values_list(
        "state", "call__incident__cell__code", "answered_at", "arrived_at", "ended_at"
    )  # fmt: skip
    return [
        Going(cell, since, min((at for at in (arrived, ended) if at), default=None))
        for state, cell, since, arrived, ended in rows
        if state in GONE and since is not None and since < end
    ]


def arrivals(start: datetime, end: datetime) -> list[tuple[str, datetime]]:
    """Who was first on the spot, and when, of what was reported in this time."""
    rows = FirstArrival.objects.filter(
        incident__reported_at__gte=start, incident__reported_at__lt=end
    )
    return list(rows.order_by("at", "pk").values_list("kind", "at"))


def alarms(start: datetime, end: datetime) -> list[Alarm]:
    rows = Span.objects.filter(metric="half_minute", at__gte=start, at__lt=end).order_by("at", "pk")
    return [Alarm(at, seconds) for at, seconds in rows.values_list("at", "seconds")]
