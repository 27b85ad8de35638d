"""Loading a whole city in bulk. Idempotent on codes: loading twice changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, TypeVar

from django.db import models, transaction

from maplebridge.kernel.actor import SYSTEM, Actor
from maplebridge.kernel.geo import area_km2
from maplebridge.kernel.journal import record
from maplebridge.places import shapes
from maplebridge.places.city_shape import CityLike, HoursLike, PremisesLike, StationLike
from maplebridge.places.events import CityLoaded
from maplebridge.places.models import (
    BaseMapLayer,
    Division,
    GridCell,
    GridMapping,
    Network,
    Premises,
    Station,
    StationGrid,
    StationZone,
    Street,
    StreetAddress,
    StreetEdge,
    StreetNode,
)
from maplebridge.places.versions import bump
from maplebridge.places.zones import check_zones, zone_of

FROM_DAY = date(2020, 1, 1)  # the loaded grid holds since then unless the caller knows better
BATCH = 2_000
M = TypeVar("M", bound=models.Model)
Ids = dict[str, int]


def load_city(
    city: CityLike, *, from_day: date = FROM_DAY, actor: Actor | None = None
) -> CityLoaded:
    """Write the places of a city, all or nothing."""
    for station in city.stations:
        check_zones([zone_of(z) for z in station.zones])
    with transaction.atomic():
        divisions = _load_divisions(city, from_day)
        cells = _load_cells(city, divisions, from_day)
        _load_stations(city, divisions, cells)
        _load_streets(city, cells)
        _load_premises(city, cells)
        _load_base_map(city)
        bump()
        done = CityLoaded(len(city.cells), len(city.stations), len(city.premises))
        record(done, actor=actor or SYSTEM("places.load"))
    return done


def clear() -> None:
    """Remove every place. Rows of other rooms that need a place must be gone before."""
    with transaction.atomic():
        for model in (
            BaseMapLayer, Premises, StreetAddress, StreetEdge, StreetNode, Street, StationGrid,
            StationZone, Station, GridMapping, GridCell,
        ):  # fmt: skip
            model._default_manager.all().delete()
        # Children first: a division protects the ones below it.
        for level in ("community", "township_virtual", "county", "prefecture", "province"):
            Division.objects.filter(level=level).delete()
        bump()


def upsert(rows: Sequence[M], unique: Sequence[str], keep: Iterable[str] = ()) -> None:
    """Insert rows in batches, or update those whose unique columns are already there."""
    if not rows:
        return
    model = type(rows[0])
    fixed = {"id", *unique, *keep}
    columns = [f.name for f in model._meta.concrete_fields if f.name not in fixed]
    model._default_manager.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=list(unique),
        update_fields=columns or [f.name for f in model._meta.concrete_fields if f.name in unique],
    )


def ids_by_code(found: models.QuerySet[Any]) -> Ids:
    return dict(found.values_list("code", "id"))


def _load_divisions(city: CityLike, from_day: date) -> Ids:
    ids: Ids = {}
    # Level by level, parents first, so that a child finds its parent's id.
    for level in dict.fromkeys(d.level for d in city.divisions):
        rows = [
            Division(
                code=d.code,
                name=d.name_zh,
                name_en=d.name_en,
                level=d.level,
                parent_id=ids.get(d.parent_code or ""),
                urban_rural_class=d.urban_rural_class,
                geometry=shapes.multipolygon(d.geometry),
                lon=d.centre[0],
                lat=d.centre[1],
                valid_from=from_day,
            )
            for d in city.divisions
            if d.level == level
        ]
        upsert(rows, ["code"], keep=["valid_from", "valid_to"])
        ids |= ids_by_code(Division.objects.filter(level=level))
    return ids


def _load_cells(city: CityLike, divisions: Ids, from_day: date) -> Ids:
    rows: list[GridCell] = []
    for c in city.cells:
        row = _cell(Network.GOVERNANCE, c, from_day)
        row.division_id, row.kind, row.is_key = divisions[c.community_code], c.kind, c.key
        rows.append(row)
    rows += [_cell(Network.BEAT, beat, from_day) for beat in city.beats]
    upsert(rows, ["network", "code", "valid_from"], keep=["valid_to"])
    at_start = GridCell.objects.filter(valid_from=from_day)
    cells = ids_by_code(at_start.filter(network=Network.GOVERNANCE))
    beats = ids_by_code(at_start.filter(network=Network.BEAT))
    shares = [
        GridMapping(governance_id=cells[s.cell_code], beat_id=beats[s.beat_code], share=s.share)
        for s in city.cell_shares
    ]
    upsert(shares, ["governance", "beat"])
    return cells


def _cell(network: Network, source: Any, from_day: date) -> GridCell:
    geometry = shapes.multipolygon(source.geometry)
    return GridCell(
        code=source.code,
        network=network,
        name=source.name_zh,
        name_en=source.name_en,
        geometry=geometry,
        centroid_lon=source.centre[0],
        centroid_lat=source.centre[1],
        area_km2=area_km2(geometry),
        valid_from=from_day,
    )


def _load_stations(city: CityLike, divisions: Ids, cells: Ids) -> None:
    police = {p.code: p for p in city.police_stations}
    community = {c.code: c.community_code for c in city.cells}

    def row(s: StationLike) -> Station:
        above = police.get(s.police_station_code)
        home = community.get(s.address.cell_code, "")
        return Station(
            code=s.code,
            name=s.name_zh,
            name_en=s.name_en,
            short_name=s.short_zh,
            police_unit=s.police_station_code,
            police_unit_name=above.name_zh if above else "",
            police_unit_name_en=above.name_en if above else "",
            lon=s.point[0],
            lat=s.point[1],
            address=s.address.text_zh,
            address_en=s.address.text_en,
            division_id=divisions.get(home),
            hours=[{"weekdays": list(range(7)), "opens": 0, "closes": 1440}],
        )

    upsert([row(s) for s in city.stations], ["code"], keep=["delegated_powers"])
    ids = ids_by_code(Station.objects.all())
    zones = [
        StationZone(
            station_id=ids[s.code],
            code=z.code,
            kind=z.kind,
            name=z.name_zh,
            name_en=z.name_en,
            theme=z.theme,
            capacity=z.capacity,
            opens_minute=z.opens,
            closes_minute=z.closes,
        )
        for s in city.stations
        for z in s.zones
    ]
    # A zone somebody renamed at the station keeps its name when the city is loaded again.
    upsert(zones, ["code"], keep=["name", "name_en", "capacity", "opens_minute", "closes_minute"])
    grids = [
        StationGrid(station_id=ids[s.code], cell_id=cells[code])
        for s in city.stations
        for code in s.cell_codes
    ]
    upsert(grids, ["cell"])


def _load_streets(city: CityLike, cells: Ids) -> None:
    upsert(
        [
            Street(
                code=s.code,
                name=s.name_zh,
                name_en=s.name_en,
                kind=s.kind,
                last_number=s.last_number,
            )
            for s in city.streets
        ],
        ["code"],
    )
    ids = ids_by_code(Street.objects.all())
    # Edges have no code of their own: the network is replaced as a whole.
    StreetEdge.objects.all().delete()
    StreetNode.objects.all().delete()
    StreetNode.objects.bulk_create(
        [StreetNode(id=n.id, lon=n.lon, lat=n.lat) for n in city.nodes], batch_size=BATCH
    )
    StreetEdge.objects.bulk_create(
        [
            StreetEdge(
                a_id=e.a,
                b_id=e.b,
                street_id=ids.get(e.street_code),
                metres=e.metres,
                kind=e.kind,
                foot=e.foot,
                ebike=e.ebike,
                car=e.car,
            )
            for e in city.edges
        ],
        batch_size=BATCH,
    )
    addresses = [
        StreetAddress(
            street_id=ids[a.street_code],
            number=a.number,
            lon=a.point[0],
            lat=a.point[1],
            cell_id=cells.get(a.cell_code),
        )
        for a in city.addresses
    ]
    upsert(addresses, ["street", "number"])


def _load_premises(city: CityLike, cells: Ids) -> None:
    guarded = {team.premises_code for team in city.sentinel_teams}
    rows = [_premises(p, cells, guarded) for p in city.premises]
    upsert(rows, ["code"], keep=["parent"])
    ids = ids_by_code(Premises.objects.all())
    parts = [
        Premises(id=ids[p.code], parent_id=ids[p.parent_code])
        for p in city.premises
        if p.parent_code in ids
    ]
    Premises.objects.bulk_update(parts, ["parent"], batch_size=500)


def _premises(p: PremisesLike, cells: Ids, guarded: set[str]) -> Premises:
    opens, closes = opening_span(p.hours)
    return Premises(
        code=p.code,
        name=p.name_zh,
        name_en=p.name_en,
        kind=p.kind,
        lon=p.point[0],
        lat=p.point[1],
        address=p.address.text_zh,
        address_en=p.address.text_en,
        cell_id=cells.get(p.cell_code),
        hours=[
            {"weekdays": list(h.weekdays), "opens": h.from_minute, "closes": h.to_minute}
            for h in p.hours
        ],
        opens_minute=opens,
        closes_minute=closes,
        has_sentinels=p.code in guarded,
        uses_gas=p.uses_gas,
        floor_area_m2=p.floor_area_m2,
    )


def opening_span(hours: Sequence[HoursLike]) -> tuple[int, int]:
    """The earliest opening and the latest closing of the week; always open without hours."""
    if not hours:
        return 0, 1440
    return min(h.from_minute for h in hours), max(h.to_minute for h in hours)


def _load_base_map(city: CityLike) -> None:
    layers = shapes.base_layers(city.base_map)
    rows = [
        BaseMapLayer(name=name, order=order, geojson=geojson)
        for order, (name, geojson) in enumerate(layers.items())
    ]
    upsert(rows, ["name"])
    BaseMapLayer.objects.exclude(name__in=layers).delete()  # of a map that was here before
