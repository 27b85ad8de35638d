"""Rows of the places room. `name` is the official Chinese name, `name_en` the English one.

Coordinates are CGCS2000 degrees; geometries are GeoJSON (multi)polygons in the same frame.
Minutes count from local midnight.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from maplebridge.places.names import in_language


class Named(models.Model):
    """Anything with an official code and a name in two languages."""

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120, blank=True)

    class Meta:
        abstract = True

    @property
    def title(self) -> str:
        return in_language(self.name, self.name_en)


class Level(models.TextChoices):
    PROVINCE = "province", _("Province")
    PREFECTURE = "prefecture", _("Prefecture")
    COUNTY = "county", _("County-level city")
    # Some cities govern their communities directly; the code list still has a row in between.
    TOWNSHIP_VIRTUAL = "township_virtual", _("Township row of the code list")
    COMMUNITY = "community", _("Community")


class Division(Named):
    """Administrative division [区划]; the depth of the tree varies."""

    code = models.CharField(max_length=15, unique=True)
    level = models.CharField(max_length=20, choices=Level.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    urban_rural_class = models.CharField(max_length=3, blank=True)
    geometry = models.JSONField(null=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)  # first day on which it no longer holds

    plain: ClassVar[frozenset[str]] = frozenset(
        {"code", "name", "name_en", "urban_rural_class", "geometry"}
    )


class Network(models.TextChoices):
    GOVERNANCE = "governance", _("Governance grid")
    BEAT = "police_beat", _("Police beats")


class CellKind(models.TextChoices):
    BASIC = "basic", _("Basic grid")
    DEDICATED = "dedicated", _("Dedicated grid")


class GridCell(Named):
    """A cell of the governance network, or a police beat; valid from a day to a day."""

    code = models.CharField(max_length=20)
    network = models.CharField(max_length=12, choices=Network.choices)
    kind = models.CharField(max_length=10, choices=CellKind.choices, default=CellKind.BASIC)
    # A governance cell lies in exactly one community; a beat cuts across them.
    division = models.ForeignKey(Division, models.PROTECT, null=True, related_name="cells")
    geometry = models.JSONField()
    centroid_lon = models.FloatField()
    centroid_lat = models.FloatField()
    area_km2 = models.FloatField()  # measured on the plane, EPSG:4549
    is_key = models.BooleanField(default=False)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)  # first day on which it no longer holds

    plain: ClassVar[frozenset[str]] = frozenset({"code", "name", "name_en", "geometry"})

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["network", "code", "valid_from"], name="cell_once_a_day"
            ),
            models.UniqueConstraint(
                fields=["network", "code"], condition=Q(valid_to=None), name="cell_open_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="cell_days_order",
            ),
            models.CheckConstraint(
                condition=Q(network=Network.BEAT) | Q(division__isnull=False),
                name="cell_has_community",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["network", "valid_to"], name="cell_open")]


class GridMapping(models.Model):
    """How much of a governance cell lies in a beat."""

    id = models.BigAutoField(primary_key=True)
    governance = models.ForeignKey(GridCell, models.CASCADE, related_name="beat_shares")
    beat = models.ForeignKey(GridCell, models.CASCADE, related_name="cell_shares")
    share = models.FloatField()  # 0..1 of the governance cell's area

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["governance", "beat"], name="mapping_once"),
            models.CheckConstraint(condition=Q(share__gte=0, share__lte=1), name="mapping_share"),
        ]


class Station(Named):
    """Joint-duty station [联勤警务站]; its catchment is its cells."""

    code = models.CharField(max_length=20, unique=True)
    short_name = models.CharField(max_length=40, blank=True)  # as on the wall
    police_unit = models.CharField(max_length=20)  # code of the police station above it
    police_unit_name = models.CharField(max_length=80, blank=True)
    police_unit_name_en = models.CharField(max_length=120, blank=True)
    lon = models.FloatField()
    lat = models.FloatField()
    address = models.CharField(max_length=120, blank=True)
    address_en = models.CharField(max_length=160, blank=True)
    division = models.ForeignKey(Division, models.PROTECT, null=True, related_name="stations")
    hours = models.JSONField(default=list)  # [{weekdays: [0..6], opens: minute, closes: minute}]
    delegated_powers = models.JSONField(default=list)  # codes of acts decided here

    plain: ClassVar[frozenset[str]] = frozenset(
        {
            "code", "name", "name_en", "short_name", "police_unit", "police_unit_name",
            "police_unit_name_en", "address", "address_en", "hours", "delegated_powers",
        }
    )  # fmt: skip

    @property
    def short_title(self) -> str:
        return in_language(self.short_name or self.name, self.name_en)

    @property
    def police_unit_title(self) -> str:
        return in_language(self.police_unit_name, self.police_unit_name_en)


class ZoneKind(models.TextChoices):
    CORE = "core", _("Core zone")
    FUNCTIONAL = "functional", _("Functional zone")
    STUDIO = "studio", _("Themed studio")


class StationZone(Named):
    """A zone of the 1+4+N layout; names are data, the numbers are the rule."""

    station = models.ForeignKey(Station, models.CASCADE, related_name="zones")
    code = models.CharField(max_length=30, unique=True)
    kind = models.CharField(max_length=10, choices=ZoneKind.choices)
    theme = models.CharField(max_length=30, blank=True)
    capacity = models.PositiveIntegerField(default=0)  # persons; 0 is not stated
    opens_minute = models.PositiveSmallIntegerField(default=0)
    closes_minute = models.PositiveSmallIntegerField(default=1440)

    plain: ClassVar[frozenset[str]] = frozenset({"code", "name", "name_en", "theme"})


class StationGrid(models.Model):
    """A cell in a station's catchment; a cell has one station at most."""

    id = models.BigAutoField(primary_key=True)
    station = models.ForeignKey(Station, models.CASCADE, related_name="grids")
    cell = models.OneToOneField(GridCell, models.CASCADE, related_name="station_grid")


class Premises(Named):
    """Place of business or public use [场所]; belongs to a firm, never to a person."""

    code = models.CharField(max_length=24, unique=True)
    kind = models.CharField(max_length=24)
    lon = models.FloatField()
    lat = models.FloatField()
    address = models.CharField(max_length=120, blank=True)
    address_en = models.CharField(max_length=160, blank=True)
    cell = models.ForeignKey(GridCell, models.SET_NULL, null=True, related_name="premises")
    parent = models.ForeignKey("self", models.SET_NULL, null=True, related_name="parts")
    hours = models.JSONField(default=list)  # [{weekdays: [0..6], opens: minute, closes: minute}]
    opens_minute = models.PositiveSmallIntegerField(default=0)
    closes_minute = models.PositiveSmallIntegerField(default=1440)  # past midnight exceeds 1440
    has_sentinels = models.BooleanField(default=False)
    uses_gas = models.BooleanField(default=False)
    floor_area_m2 = models.PositiveIntegerField(default=0)

    plain: ClassVar[frozenset[str]] = frozenset(
        {"code", "name", "name_en", "kind", "address", "address_en", "hours"}
    )


class Street(Named):
    """A named street; lanes without a name carry their quarter's."""

    code = models.CharField(max_length=24, unique=True)
    kind = models.CharField(max_length=10)  # main | street | lane | bridge | path
    last_number = models.PositiveIntegerField(default=0)  # highest house number

    plain: ClassVar[frozenset[str]] = frozenset({"code", "name", "name_en", "kind"})


class StreetNode(models.Model):
    """A crossing, or the end of a street; `id` is the number in the street network."""

    id = models.BigIntegerField(primary_key=True)
    lon = models.FloatField()
    lat = models.FloatField()


class StreetEdge(models.Model):
    """A piece between two nodes, usable both ways."""

    id = models.BigAutoField(primary_key=True)
    a = models.ForeignKey(StreetNode, models.CASCADE, related_name="+")
    b = models.ForeignKey(StreetNode, models.CASCADE, related_name="+")
    street = models.ForeignKey(Street, models.CASCADE, null=True, related_name="edges")
    metres = models.FloatField()
    kind = models.CharField(max_length=10)
    foot = models.BooleanField(default=True)
    ebike = models.BooleanField(default=True)
    car = models.BooleanField(default=True)

    plain: ClassVar[frozenset[str]] = frozenset({"kind"})


class StreetAddress(models.Model):
    """A house number [门牌]: a place on a street, nothing about who lives there."""

    id = models.BigAutoField(primary_key=True)
    street = models.ForeignKey(Street, models.CASCADE, related_name="addresses")
    number = models.PositiveIntegerField()
    lon = models.FloatField()
    lat = models.FloatField()
    cell = models.ForeignKey(GridCell, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["street", "number"], name="address_once")
        ]


class BaseMapLayer(models.Model):
    """One layer of the vector base map, as GeoJSON, drawn in `order`."""

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=24, unique=True)
    order = models.PositiveSmallIntegerField(default=0)
    geojson = models.JSONField()

    plain: ClassVar[frozenset[str]] = frozenset({"name", "geojson"})


class PlacesVersion(models.Model):
    """One row that every write of places moves on; caches of a process compare it."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.PositiveBigIntegerField(default=0)
