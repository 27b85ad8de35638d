"""Saving the zones of a station."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from maplebridge.kernel.actor import Actor
from maplebridge.kernel.errors import BadInput, NotFound
from maplebridge.kernel.journal import record
from maplebridge.kernel.policy import require
from maplebridge.places.events import ZonesChanged
from maplebridge.places.models import Station, StationZone, ZoneKind
from maplebridge.places.policies import may_change_zones
from maplebridge.places.records import Zone
from maplebridge.places.versions import bump
from maplebridge.places.zones import check_zones


def save_zones(station_code: str, zones: Sequence[Zone], *, actor: Actor) -> ZonesChanged:
    """Replace the zones of a station by these; refused unless they are 1+4+N."""
    station = Station.objects.filter(code=station_code).first()
    if station is None:
        raise NotFound("places.station")
    require(may_change_zones(actor, station.id))
    check_zones(zones)
    codes = [zone.code for zone in zones]
    with transaction.atomic():
        taken = StationZone.objects.filter(code__in=codes).exclude(station=station)
        if taken.exists():
            raise BadInput("places.zone_code_taken", fields={"zones": taken[0].code})
        StationZone.objects.filter(station=station).exclude(code__in=codes).delete()
        for zone in zones:
            StationZone.objects.update_or_create(
                code=zone.code,
                defaults={
                    "station": station,
                    "kind": zone.kind,
                    "name": zone.name.strip(),
                    "name_en": zone.name_en.strip(),
                    "theme": zone.theme,
                    "capacity": zone.capacity,
                    "opens_minute": zone.opens_minute,
                    "closes_minute": zone.closes_minute,
                },
            )
        bump()
        studios = sum(zone.kind == ZoneKind.STUDIO for zone in zones)
        done = ZonesChanged(station_code, studios)
        record(done, actor=actor)
    return done
