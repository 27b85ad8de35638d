"""Reading places: stations, cells on a day, the coverage check, the maps."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from datetime import date
from typing import Any

import shapely
from django.db.models import Prefetch, QuerySet

from maplebridge.kernel.clock import local_day, now
from maplebridge.kernel.errors import NotFound
from maplebridge.kernel.geo import Point, metres
from maplebridge.places import shapes
from maplebridge.places.cells import cell_rows, valid_on
from maplebridge.places.locating import locate
from maplebridge.places.models import (
    BaseMapLayer,
    GridCell,
    Network,
    Premises,
    Station,
    StationGrid,
    StationZone,
)
from maplebridge.places.names import in_language
from maplebridge.places.plane import flat_geojson
from maplebridge.places.records import CellInfo, CoverageGap, Document, Located, StationInfo, Zone
from maplebridge.places.versions import WATCH, Held

_KIND_ORDER = {"core": 0, "functional": 1, "studio": 2}


def cells(network: str, on_day: date | None = None) -> list[CellInfo]:
    """The cells of a network on a day, in order of code."""
    rows = cell_rows(network, on_day or local_day(now())).defer("geometry", "division__geometry")
    return [_cell_info(row) for row in rows]


def _cell_info(row: GridCell) -> CellInfo:
    grid = getattr(row, "station_grid", None)
    return CellInfo(
        id=row.id,
        code=row.code,
        network=row.network,
        kind=row.kind,
        name=row.name,
        name_en=row.name_en,
        division_code=row.division.code if row.division else None,
        division_name=row.division.name if row.division else "",
        division_name_en=row.division.name_en if row.division else "",
        lon=row.centroid_lon,
        lat=row.centroid_lat,
        area_km2=row.area_km2,
        is_key=row.is_key,
        station_id=grid.station_id if grid else None,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )


def _stations() -> QuerySet[Station]:
    today = local_day(now())
    open_cells = GridCell.objects.filter(valid_on(today)).only("code")
    grids = (
        StationGrid.objects.filter(cell__in=open_cells)
        .select_related("cell")
        .defer("cell__geometry")
    )
    return Station.objects.prefetch_related(
        "zones", Prefetch("grids", queryset=grids.order_by("cell__code"))
    ).order_by("code")


def stations() -> list[StationInfo]:
    """Every station with its zones and cells of today, in order of code."""
    return [_station_info(row) for row in _stations()]


def station(station_id: int) -> StationInfo:
    row = _stations().filter(id=station_id).first()
    if row is None:
        raise NotFound("places.station")
    return _station_info(row)


def station_by_code(code: str) -> StationInfo:
    row = _stations().filter(code=code).first()
    if row is None:
        raise NotFound("places.station")
    return _station_info(row)


def _station_info(row: Station) -> StationInfo:
    return StationInfo(
        id=row.id,
        code=row.code,
        name=row.name,
        name_en=row.name_en,
        short_name=row.short_name,
        police_unit=row.police_unit,
        police_unit_name=row.police_unit_name,
        police_unit_name_en=row.police_unit_name_en,
        lon=row.lon,
        lat=row.lat,
        address=row.address,
        address_en=row.address_en,
        hours=tuple(row.hours),
        zones=tuple(_zone(z) for z in sorted(row.zones.all(), key=_zone_order)),
        cell_codes=tuple(grid.cell.code for grid in row.grids.all()),
    )


def _zone_order(zone: StationZone) -> tuple[int, str]:
    return _KIND_ORDER.get(zone.kind, 9), zone.code


def _zone(row: StationZone) -> Zone:
    return Zone(
        code=row.code,
        kind=row.kind,
        name=row.name,
        name_en=row.name_en,
        theme=row.theme,
        capacity=row.capacity,
        opens_minute=row.opens_minute,
        closes_minute=row.closes_minute,
    )


def catchment_area_km2(station_id: int, on_day: date | None = None) -> float:
    """Area of a station's catchment: the union of its cells on the plane EPSG:4549."""
    rows = GridCell.objects.filter(
        valid_on(on_day or local_day(now())), station_grid__station_id=station_id
    )
    # The union, not the sum: cells of a drawn grid overlap along their edges by a few centimetres.
    return float(shapely.union_all([flat_geojson(row.geometry) for row in rows]).area) / 1e6


def coverage_gaps() -> list[CoverageGap]:
    """Governance cells of today that no station serves, with the nearest station."""
    posts = list(Station.objects.order_by("code"))
    found = []
    for cell in cells(Network.GOVERNANCE):
        if cell.station_id is not None:
            continue
        here = Point(cell.lon, cell.lat)
        near = min(((metres(here, Point(s.lon, s.lat)), s.code) for s in posts), default=(0.0, ""))
        found.append(CoverageGap(cell.code, cell.name, cell.name_en, near[1], near[0]))
    return found


def farthest_cell_metres(station_id: int) -> float:
    """Straight metres from the station to the centre of its farthest cell; 0 without cells."""
    row = Station.objects.get(id=station_id)
    here = Point(row.lon, row.lat)
    mine = [c for c in cells(Network.GOVERNANCE) if c.station_id == station_id]
    return max((metres(here, Point(c.lon, c.lat)) for c in mine), default=0.0)


def base_map() -> dict[str, shapes.GeoJSON]:
    """The layers of the base map in drawing order; GeoJSON feature collections by name."""
    return {row.name: row.geojson for row in BaseMapLayer.objects.order_by("order", "name")}


def _document(data: object, day: str = "") -> Document:
    plain = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    # mtime fixed: the same places must give the same bytes in every process.
    return Document(f"{WATCH.current():x}{day}", plain, gzip.compress(plain, 6, mtime=0))


_base_document: Held[Document] = Held(lambda: _document(base_map()))
_cell_documents: Held[dict[tuple[str, date], Document]] = Held(dict)


def base_map_document() -> Document:
    return _base_document.get()


def cells_document(network: str) -> Document:
    """Today's cells of a network as GeoJSON."""
    day = local_day(now())
    kept = _cell_documents.get()
    if (network, day) not in kept:
        kept[network, day] = _document(_cells_geojson(cell_rows(network, day)), day.isoformat())
    return kept[network, day]


def _cells_geojson(rows: Sequence[GridCell] | QuerySet[GridCell]) -> shapes.GeoJSON:
    return shapes.collection(
        shapes.feature(
            row.geometry,
            code=row.code,
            name=row.name,
            name_en=row.name_en,
            community=row.division.name if row.division else "",
            community_en=row.division.name_en if row.division else "",
            key=row.is_key,
            lon=row.centroid_lon,
            lat=row.centroid_lat,
        )
        for row in rows
    )


NEAR_M = 80.0  # metres within which a place is "beside" a premises


def place_at(point: Point) -> dict[str, Any]:
    """What is here, in the active language: cell, community, station, the premises beside it."""
    found: Located = locate(point, now())
    cell = (
        GridCell.objects.select_related("division", "station_grid__station")
        .defer("geometry", "division__geometry")
        .filter(id=found.cell_id or 0)
        .first()
    )
    grid = getattr(cell, "station_grid", None)
    return {
        "inside": cell is not None,
        "cell_code": found.cell_code,
        "cell": cell.title if cell else "",
        "community": cell.division.title if cell and cell.division else "",
        "station": grid.station.short_title if grid else "",
        "beside": _beside(point),
    }


def _beside(point: Point) -> str:
    reach = NEAR_M / 90_000  # degrees; a degree is never shorter than this at our latitudes
    near = Premises.objects.filter(
        lon__range=(point.lon - reach, point.lon + reach),
        lat__range=(point.lat - reach, point.lat + reach),
    ).values_list("lon", "lat", "name", "name_en")
    spans = sorted((metres(point, Point(lon, lat)), name, en) for lon, lat, name, en in near)
    if not spans or spans[0][0] > NEAR_M:
        return ""
    return in_language(spans[0][1], spans[0][2])
