"""What the wall's map may know: how many open matters lie in which grid, and how urgent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from maplebridge.incidents.api import OPEN
from maplebridge.incidents.models import Incident
from maplebridge.kernel.geo import Point
from maplebridge.teams.models import SentinelTeam


@dataclass(frozen=True, slots=True)
class CellEvents:
    """Open matters of one grid cell, drawn at its centre wherever they really are."""

    cell_code: str
    centre: Point  # CGCS2000, of the cell
    by_urgency: dict[str, int]  # "P1" … "P4"; "" is not judged yet

    @property
    def n(self) -> int:
        return sum(self.by_urgency.values())

    @property
    def worst(self) -> str:
        """The most urgent one that a person has judged; P3 when nobody has."""
        return min((urgency for urgency in self.by_urgency if urgency), default="P3")


@dataclass(frozen=True, slots=True)
class OpenEvents:
    cells: tuple[CellEvents, ...]
    without_place: int  # in no grid, or no place known


def open_events() -> OpenEvents:
    """Open matters by grid cell, in one query. Confidential ones are not on any map."""
    rows = Incident.objects.filter(state__in=OPEN, confidential=False).values_list(
        "cell__code", "cell__centroid_lon", "cell__centroid_lat", "urgency"
    )
    return _gathered(rows.annotate(n=Count("pk")).order_by("cell__code", "urgency"))


def guard_posts() -> list[Point]:
    """Where teams of guards have their posts: places, not people."""
    rows = SentinelTeam.objects.filter(active=True).order_by("code")
    return [Point(lon, lat) for lon, lat in rows.values_list("post_lon", "post_lat")]


def _gathered(
    rows: Iterable[tuple[str | None, float | None, float | None, str, int]],
) -> OpenEvents:
    found: dict[tuple[str, Point], dict[str, int]] = defaultdict(dict)
    nowhere = 0
    for code, lon, lat, urgency, n in rows:
        if code is None or lon is None or lat is None:
            nowhere += n
        else:
            found[code, Point(lon, lat)][urgency] = n
    cells = [CellEvents(code, centre, counts) for (code, centre), counts in found.items()]
    return OpenEvents(tuple(cells), nowhere)
