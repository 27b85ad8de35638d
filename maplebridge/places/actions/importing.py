"""Importing a real town: its streets, base map, boundaries and premises, all or nothing."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from django.db import models, transaction
from django.db.models import Q

from maplebridge.kernel.actor import SYSTEM, Actor
from maplebridge.kernel.clock import now
from maplebridge.kernel.errors import Refused
from maplebridge.kernel.geo import Point
from maplebridge.kernel.journal import record
from maplebridge.kernel.policy import require
from maplebridge.places.actions.loading import BATCH, FROM_DAY, Ids, ids_by_code, upsert
from maplebridge.places.events import TownImported
from maplebridge.places.locating import locate
from maplebridge.places.models import (
    BaseMapLayer,
    Division,
    Premises,
    Street,
    StreetAddress,
    StreetEdge,
    StreetNode,
)
from maplebridge.places.osm import sentences
from maplebridge.places.osm.records import Town
from maplebridge.places.osm.town import read_town
from maplebridge.places.policies import may_change_grid
from maplebridge.places.versions import bump

OURS = "osm-"  # every code of an imported row begins with it


@dataclass(frozen=True, slots=True)
class TownReport:
    """What an import read and what it made of it."""

    town: str
    town_en: str
    points_read: int
    points_per_second: int  # of reading and building, without the database
    nodes: int  # of the street network
    pieces: int
    kilometres: float
    streets: int
    addresses: int
    premises: int
    boundaries: int
    drawn: dict[str, int] = field(hash=False)  # features by layer
    skipped: dict[str, int] = field(hash=False)  # by reason
    read_seconds: float = 0.0
    stored_seconds: float = 0.0  # 0 when only checked


def import_osm(
    file: Path,
    *,
    name: str = "",
    centre: tuple[float, float] | None = None,
    radius_km: float = 12.0,
    buildings: bool = False,
    check: bool = False,
    replace: bool = False,
    progress: Callable[[int], None] = lambda _bytes: None,
    actor: Actor | None = None,
) -> TownReport:
    """Read a file to its end, then put its town in place of the streets and the map there are.

    Repeating it changes nothing: rows are keyed by the ids of OpenStreetMap. With `check`
    nothing is stored.
    """
    actor = actor or SYSTEM("places.import_osm")
    require(may_change_grid(actor))
    began = time.perf_counter()
    town, extract = read_town(
        file, name=name, centre=centre, radius_km=radius_km, buildings=buildings, progress=progress
    )
    read = time.perf_counter()
    kept = 0
    if not check:
        kept = _store(town, replace=replace, actor=actor)
    stored = time.perf_counter()
    skipped = town.skipped + Counter({"premises_in_use": kept})
    return TownReport(
        town=town.name,
        town_en=town.name_en,
        points_read=extract.nodes_read,
        points_per_second=round(extract.nodes_read / max(read - began, 1e-6)),
        nodes=len(town.nodes),
        pieces=len(town.edges),
        kilometres=round(sum(edge.metres for edge in town.edges) / 1000, 1),
        streets=len(town.streets),
        addresses=sum(len(street.numbers) for street in town.streets),
        premises=len(town.premises),
        boundaries=len(town.boundaries),
        drawn={layer: len(made["features"]) for layer, made in town.layers.items()},
        skipped=dict((+skipped).most_common()),
        read_seconds=round(read - began, 2),
        stored_seconds=0.0 if check else round(stored - read, 2),
    )


def _store(town: Town, *, replace: bool, actor: Actor) -> int:
    """Write it in one transaction; how many premises stay because they are in use."""
    with transaction.atomic():
        strangers = Street.objects.exclude(code__startswith=OURS).count()
        if strangers and not replace:
            raise Refused("places.osm_other_town", sentences.OTHER_TOWN, streets=strangers)
        _boundaries(town)
        _streets(town)
        kept = _premises(town)
        _layers(town)
        bump()
        record(
            TownImported(town.name, len(town.edges), len(town.streets), len(town.premises)),
            actor=actor,
        )
    return kept


def _boundaries(town: Town) -> None:
    ids: Ids = {}
    for boundary in town.boundaries:  # parents come first
        row = Division(
            code=boundary.code,
            name=boundary.name,
            name_en=boundary.name_en,
            level=boundary.level,
            parent_id=ids.get(boundary.parent),
            geometry=boundary.geometry,
            lon=boundary.lon,
            lat=boundary.lat,
            valid_from=FROM_DAY,
        )
        upsert([row], ["code"], keep=["valid_from", "valid_to"])
        ids |= ids_by_code(Division.objects.filter(code=boundary.code))


def _streets(town: Town) -> None:
    codes = {street.code for street in town.streets}
    StreetEdge.objects.all().delete()
    StreetNode.objects.all().delete()
    for gone in _batches(Street.objects.all(), codes):
        Street.objects.filter(id__in=gone).delete()
    upsert(
        [Street(code=s.code, name=s.name, name_en=s.name_en, kind=s.kind,
                last_number=max(s.numbers, default=0)) for s in town.streets],
        ["code"],
    )  # fmt: skip
    ids = ids_by_code(Street.objects.all())
    StreetNode.objects.bulk_create(
        (StreetNode(id=n, lon=lon, lat=lat) for n, (lon, lat) in town.nodes.items()),
        batch_size=BATCH,
    )
    StreetEdge.objects.bulk_create(
        (
            StreetEdge(a_id=e.a, b_id=e.b, street_id=ids.get(e.street), metres=e.metres,
                       kind=e.kind, foot=e.foot, ebike=e.ebike, car=e.car)
            for e in town.edges
        ),
        batch_size=BATCH,
    )  # fmt: skip
    StreetAddress.objects.all().delete()
    StreetAddress.objects.bulk_create(
        (
            StreetAddress(street_id=ids[s.code], number=number, lon=lon, lat=lat,
                          cell_id=locate(Point(lon, lat), now()).cell_id)
            for s in town.streets
            for number, (lon, lat) in s.numbers.items()
        ),
        batch_size=BATCH,
    )  # fmt: skip


def _premises(town: Town) -> int:
    rows = [
        Premises(code=p.code, name=p.name, name_en=p.name_en, kind=p.kind, lon=p.lon, lat=p.lat,
                 cell_id=locate(Point(p.lon, p.lat), now()).cell_id)
        for p in town.premises
    ]  # fmt: skip
    # What a station added by itself stays: hours, guards, how large it is.
    own = ["parent", "hours", "opens_minute", "closes_minute", "has_sentinels", "uses_gas",
           "floor_area_m2", "address", "address_en"]  # fmt: skip
    upsert(rows, ["code"], keep=own)
    kept = 0
    mine = Premises.objects.filter(code__startswith=OURS)
    for gone in _batches(mine, {p.code for p in town.premises}):
        kept += _drop_unused(gone)
    return kept


def _drop_unused(ids: list[int]) -> int:
    """Delete premises that nothing points at; the number of those that stay."""
    try:
        with transaction.atomic():
            Premises.objects.filter(id__in=ids).delete()
    except models.ProtectedError as error:
        used = {getattr(row, "premises_id", None) for row in error.protected_objects}
        free = [n for n in ids if n not in used]
        if len(free) == len(ids):
            return len(ids)
        return len(ids) - len(free) + (_drop_unused(free) if free else 0)
    return 0


def _batches(rows: models.QuerySet[models.Model], keep: set[str]) -> list[list[int]]:
    """Ids of the rows whose code is not kept, in lists short enough for one statement."""
    gone = [pk for pk, code in rows.values_list("id", "code") if code not in keep]
    return [gone[n : n + 500] for n in range(0, len(gone), 500)]


def _layers(town: Town) -> None:
    upsert(
        [
            BaseMapLayer(name=name, order=order, geojson=geojson)
            for order, (name, geojson) in enumerate(town.layers.items())
        ],
        ["name"],
    )
    BaseMapLayer.objects.filter(~Q(name__in=town.layers)).delete()
