"""A new grid: old cells keep their days, incidents keep the cell they were received in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import shapely
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from maplebridge.kernel.actor import Actor
from maplebridge.kernel.errors import BadInput, Sentence
from maplebridge.kernel.geo import area_km2
from maplebridge.kernel.journal import record
from maplebridge.kernel.policy import require
from maplebridge.places.events import GridsChanged
from maplebridge.places.models import (
    Division,
    GridCell,
    GridMapping,
    Level,
    Network,
    Station,
    StationGrid,
)
from maplebridge.places.plane import flat, flat_geojson
from maplebridge.places.policies import may_change_grid
from maplebridge.places.records import NewCell
from maplebridge.places.versions import bump

SLIVER_KM2 = 1e-4  # 100 m²: digitising noise along a shared edge, not an overlap


def regrid(network: str, cells: Sequence[NewCell], from_day: date, *, actor: Actor) -> GridsChanged:
    """Close every open cell of the network on `from_day` and open these instead."""
    require(may_change_grid(actor))
    shapes = _checked_shapes(network, cells)
    with transaction.atomic():
        old = GridCell.objects.filter(network=network, valid_to=None)
        if old.filter(valid_from__gte=from_day).exists():
            raise BadInput(
                "places.regrid_too_early",
                _("The grid in force began on {day} or later; the new one must begin after it."),
                day=from_day.isoformat(),
            )
        closed = old.update(valid_to=from_day)
        rows = _add(network, cells, shapes, from_day)
        _map_networks(rows, network, from_day)
        bump()
        done = GridsChanged(network, from_day.isoformat(), closed, len(rows))
        record(done, actor=actor)
    return done


def _checked_shapes(network: str, cells: Sequence[NewCell]) -> list[BaseGeometry]:
    fields: dict[str, Sentence] = {}
    communities = set(Division.objects.filter(level=Level.COMMUNITY).values_list("code", flat=True))
    stations = set(Station.objects.values_list("code", flat=True))
    shapes = [shape(dict(cell.geometry)) for cell in cells]
    codes: set[str] = set()
    for cell, drawn in zip(cells, shapes, strict=True):
        if drawn.is_empty or not drawn.is_valid or drawn.area == 0:
            fields[cell.code] = _("The outline is empty or crosses itself.")
        elif cell.code in codes:
            fields[cell.code] = _("The code is used twice in this grid.")
        elif network == Network.GOVERNANCE and cell.community_code not in communities:
            fields[cell.code] = _("A grid lies in exactly one community; name it.")
        elif cell.station_code is not None and cell.station_code not in stations:
            fields[cell.code] = _("No station has this code.")
        codes.add(cell.code)
    if not cells:
        fields["cells"] = _("A grid needs at least one cell.")
    if not fields:
        fields = _overlaps(cells, shapes)
    if fields:
        raise BadInput("places.regrid", fields=fields)
    return shapes


def _overlaps(cells: Sequence[NewCell], shapes: Sequence[BaseGeometry]) -> dict[str, Sentence]:
    laid = [flat(s) for s in shapes]
    tree = shapely.STRtree(laid)
    for n, one in enumerate(laid):
        for m in (int(hit) for hit in tree.query(one, predicate="intersects")):
            if m > n and one.intersection(laid[m]).area / 1e6 > SLIVER_KM2:
                text = _("It overlaps the cell {other}.").format(other=cells[n].code)
                return {cells[m].code: text}
    return {}


def _add(
    network: str, cells: Sequence[NewCell], shapes: Sequence[BaseGeometry], from_day: date
) -> list[GridCell]:
    divisions = dict(Division.objects.values_list("code", "id"))
    stations = dict(Station.objects.values_list("code", "id"))
    rows = []
    for cell, drawn in zip(cells, shapes, strict=True):
        inside = drawn.representative_point()
        rows.append(
            GridCell(
                code=cell.code,
                network=network,
                kind=cell.kind,
                name=cell.name,
                name_en=cell.name_en,
                division_id=divisions.get(cell.community_code or ""),
                geometry=dict(cell.geometry),
                centroid_lon=inside.x,
                centroid_lat=inside.y,
                area_km2=area_km2(cell.geometry),
                is_key=cell.is_key,
                valid_from=from_day,
            )
        )
    GridCell.objects.bulk_create(rows)
    StationGrid.objects.bulk_create(
        StationGrid(station_id=stations[cell.station_code], cell=row)
        for cell, row in zip(cells, rows, strict=True)
        if cell.station_code is not None
    )
    return rows


def _map_networks(rows: Sequence[GridCell], network: str, from_day: date) -> None:
    """Shares between the new cells and those of the other network that are open."""
    other = Network.BEAT if network == Network.GOVERNANCE else Network.GOVERNANCE
    others = list(GridCell.objects.filter(network=other, valid_to=None, valid_from__lte=from_day))
    if not others:
        return
    laid = [flat_geojson(o.geometry) for o in others]
    tree = shapely.STRtree(laid)
    found = []
    for row in rows:
        mine = flat_geojson(row.geometry)
        for hit in (int(n) for n in tree.query(mine, predicate="intersects")):
            common = mine.intersection(laid[hit]).area
            if common / 1e6 <= SLIVER_KM2:
                continue
            here, there = (row, others[hit]) if other == Network.BEAT else (others[hit], row)
            whole = mine.area if other == Network.BEAT else laid[hit].area
            share = min(1.0, common / whole)
            found.append(GridMapping(governance=here, beat=there, share=share))
    GridMapping.objects.bulk_create(found)
