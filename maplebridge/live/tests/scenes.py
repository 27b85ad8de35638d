"""A small city with matters full of personal words, for the tests of the wall."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Model

from maplebridge.incidents.models import Contact, Incident, Report
from maplebridge.indicators.tests.factories import City
from maplebridge.places.models import BaseMapLayer, Division, GridCell, Station, StationGrid

SQUARE = ((0.0, 0.0), (0.01, 0.0), (0.01, 0.01), (0.0, 0.01), (0.0, 0.0))


@dataclass(frozen=True, slots=True)
class Town:
    cells: tuple[GridCell, ...]
    station: Station


def ring(lon: float, lat: float) -> list[list[float]]:
    return [[lon + x, lat + y] for x, y in SQUARE]


def town() -> Town:
    """Two grid cells side by side, one station, a base map with a bay."""
    division = Division.objects.create(
        code="330383001001", name="枫江社区", level="community", valid_from=date(2020, 1, 1)
    )
    cells = tuple(
        GridCell.objects.create(
            code=f"G{n}",
            name=f"第{n}网格",
            network="governance",
            division=division,
            geometry={"type": "MultiPolygon", "coordinates": [[ring(120.5 + n / 100, 27.5)]]},
            centroid_lon=120.505 + n / 100,
            centroid_lat=27.505,
            area_km2=1.0,
            is_key=n == 1,
            valid_from=date(2020, 1, 1),
        )
        for n in (1, 2)
    )
    station = Station.objects.create(
        code="S1", name="老城联勤警务站", name_en="Old Town Station", short_name="老城",
        police_unit="P1", lon=120.512, lat=27.502, division=division,
    )  # fmt: skip
    StationGrid.objects.create(station=station, cell=cells[0])
    layers = {
        "land": {"type": "Polygon", "coordinates": [ring(120.51, 27.5)]},
        "road": {"type": "LineString", "coordinates": [[120.51, 27.501], [120.53, 27.509]]},
        "place_label": {"type": "Point", "coordinates": [120.52, 27.505]},
    }
    for order, (name, geometry) in enumerate(layers.items()):
        kind = "main" if name == "road" else "bay"
        said = {"kind": kind, "name": "鹤渚湾", "name_en": "Hezhu Bay"}
        feature = {"type": "Feature", "properties": said, "geometry": geometry}
        BaseMapLayer.objects.create(
            name=name, order=order, geojson={"type": "FeatureCollection", "features": [feature]}
        )
    return Town(cells, station)


def quarrel(city: City, cell: GridCell, urgency: str = "P2") -> list[Model]:
    """A quarrel of three made-up people; every row that holds something personal."""
    row = city.receive(cell=cell.pk)
    Incident.objects.filter(pk=row.pk).update(
        title="楼道里三个人吵起来了",
        place_words="枫江路77号三单元门口",
        lon=120.5171717,
        lat=27.5081818,
        cell_code=cell.code,
    )
    row.refresh_from_db()
    city.triage(row, "dispute", urgency, "neighbour")
    report = Report.objects.create(
        incident=row,
        narrative="我是甲小满，楼上的乙大力和丙阿福在打架，我电话13900000000",
        channel="phone",
        source_ref="XREF-778899",
        reported_at=row.reported_at,
    )
    contact = Contact.objects.create(
        incident=row, name="甲小满", phone="13900000000", token="c0ffee" * 8
    )
    return [row, report, contact]
