"""Which cells hold a point: an R-tree in memory over the cells of both networks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import shapely
from shapely.geometry import Point as ShapelyPoint
from shapely.geometry import shape

from maplebridge.kernel.clock import local_day
from maplebridge.kernel.geo import Point
from maplebridge.places.models import GridCell, Network, StationGrid
from maplebridge.places.records import Located
from maplebridge.places.versions import Held


@dataclass(frozen=True, slots=True)
class _Cell:
    id: int
    code: str
    network: str
    division_code: str | None
    station_id: int | None
    valid_from: date
    valid_to: date | None

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


class GridIndex:
    """All cells ever valid; the day decides which of them count."""

    def __init__(self) -> None:
        stations = dict(StationGrid.objects.values_list("cell_id", "station_id"))
        # In order of code: on a shared edge the lower code wins, whatever the engine returns first.
        rows = GridCell.objects.select_related("division").order_by("network", "code", "id")
        self._cells: list[_Cell] = []
        shapes = []
        for row in rows:
            shapes.append(shape(row.geometry))
            division = row.division.code if row.division else None
            self._cells.append(
                _Cell(
                    id=row.id,
                    code=row.code,
                    network=row.network,
                    division_code=division,
                    station_id=stations.get(row.id),
                    valid_from=row.valid_from,
                    valid_to=row.valid_to,
                )
            )
        shapely.prepare(shapes)
        self._shapes = shapes
        self._tree = shapely.STRtree(shapes)

    def locate(self, point: Point, day: date) -> Located:
        spot = ShapelyPoint(point.lon, point.lat)
        near = sorted(int(n) for n in self._tree.query(spot))
        hits = [n for n in near if self._shapes[n].intersects(spot)]
        cells = [self._cells[n] for n in hits if self._cells[n].holds_on(day)]
        cell = next((c for c in cells if c.network == Network.GOVERNANCE), None)
        beat = next((c for c in cells if c.network == Network.BEAT), None)
        return Located(
            cell_id=cell.id if cell else None,
            cell_code=cell.code if cell else None,
            beat_id=beat.id if beat else None,
            beat_code=beat.code if beat else None,
            division_code=cell.division_code if cell else None,
            station_id=cell.station_id if cell else None,
        )


_index: Held[GridIndex] = Held(GridIndex)


def locate(point: Point, at: datetime) -> Located:
    """The cell and beat that held this point on that local day."""
    return _index.get().locate(point, local_day(at))
