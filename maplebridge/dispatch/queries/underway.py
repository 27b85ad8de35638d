"""Who is on the way to which grid cell, as a wall may know it.

A unit is drawn from where it stands when idle to the centre of the matter's cell, by street and by
time: nobody's position is read. Of helpers it is only known that they are coming.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from maplebridge.dispatch.models import Offer
from maplebridge.dispatch.queries import routes
from maplebridge.dispatch.states import OfferState
from maplebridge.kernel.geo import Point
from maplebridge.places.models import PlacesVersion


@dataclass(frozen=True, slots=True)
class UnderWay:
    """One unit on the way, or one helper of whom nothing but the aim is told."""

    number: int  # of the order; keeps its mark apart from others, and opens nothing
    unit: bool  # False: a volunteer or sentinel
    cell_code: str  # of the matter
    line: tuple[Point, ...]  # CGCS2000, by street, ending at the cell's centre; () for helpers
    since: datetime  # said yes
    expected_s: float | None  # seconds from the yes to the spot, as it was offered


def under_way() -> list[UnderWay]:
    """Accepted and not yet arrived, in one query; confidential matters are on no map."""
    rows = (
        Offer.objects.filter(
            state=OfferState.ACCEPTED,
            call__imported=False,
            call__incident__confidential=False,
            call__incident__cell__isnull=False,
            answered_at__isnull=False,
        )
        .order_by("pk")
        .values_list(
            "pk", "unit__mode", "unit__station__lon", "unit__station__lat", "unit__lon",
            "unit__lat", "call__incident__cell__code", "call__incident__cell__centroid_lon",
            "call__incident__cell__centroid_lat", "answered_at", "expected_seconds",
        )
    )  # fmt: skip
    version = PlacesVersion.objects.values_list("number", flat=True).first() or 0
    found = []
    for pk, mode, lon, lat, idle_lon, idle_lat, cell, goal_lon, goal_lat, since, expected in rows:
        line: tuple[Point, ...] = ()
        if mode:
            at_station: float | None = lon  # a unit need not belong to a station
            start = Point(idle_lon, idle_lat) if at_station is None else Point(lon, lat)
            line = _line(version, start, Point(goal_lon, goal_lat), mode)
        if since is not None:
            found.append(UnderWay(pk, bool(mode), cell, line, since, expected))
    return found


@lru_cache(maxsize=512)
def _line(_version: int, start: Point, goal: Point, mode: str) -> tuple[Point, ...]:
    """The way between two places of the map; the same for every look at the wall."""
    return routes.route(start, goal, routes.CAR if mode == "car" else routes.FOOT).line
