"""The vector base map and its GeoJSON, small enough to be served whole."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from maplebridge.twin.city.geometry.frame import polygons_of
from maplebridge.twin.city.geometry.quarters import QUARTERS
from maplebridge.twin.city.geometry.shape import HILLS, ISLETS, metres
from maplebridge.twin.city.ground import Ground
from maplebridge.twin.city.records import (
    Area,
    BaseMap,
    City,
    EdgeKind,
    LonLat,
    NamedArea,
    PlaceLabel,
    Ring,
    RoadLine,
    Street,
)

PARKS = (
    ("枫叶公园", "Maple Leaf Park", 3, 330, -120), ("老城公园", "Old Town Park", 4, 420, 330),
    ("望潮公园", "Wangchao Park", 10, -680, 420), ("鹤渚湿地", "Hezhu Wetland", 2, 520, 620),
    ("东塘公园", "Dongtang Park", 1, -480, 300), ("石埠公园", "Shibu Park", 9, 500, 260),
    ("南汊公园", "Nancha Park", 8, -520, -260), ("江心绿地", "Riverside Green", 5, -900, -1100),
    ("北岭公园", "Beiling Park", 0, -300, 420), ("沙头绿地", "Shatou Green", 11, 300, 300),
)  # fmt: skip
LABELS: tuple[tuple[str, str, str, tuple[float, float], int], ...] = (
    ("枫港市", "Fenggang", "city", (430, 350), 1),
    ("鹤渚湾", "Hezhu Bay", "bay", (785, 200), 1),
    ("枫江", "Feng River", "river", (108, 468), 1),
    ("望潮湾", "Wangchao Bay", "bay", (790, 590), 2),
    ("潮埠港", "Chaobu Harbour", "harbour", (742, 372), 2),
)
_TOLERANCE = {"shore": 9.0, "hill": 14.0, "block": 25.0, "road": 1.5}  # metres


def base_map(ground: Ground, streets: tuple[Street, ...]) -> BaseMap:
    """Draw the base map."""
    frame, shape = ground.frame, ground.shape
    west, south, east, north = shape.bounds
    low, high = frame.point(west, south), frame.point(east, north)

    def soft(area: BaseGeometry, how: str) -> Area:
        return frame.area(shapely.simplify(area, _TOLERANCE[how]))

    roads = _roads(ground, streets)
    return BaseMap(
        bounds=(low[0], low[1], high[0], high[1]),
        boundary=soft(shape.territory, "shore"),
        sea=soft(shape.sea, "shore"),
        land=soft(shape.land, "shore"),
        river=soft(shape.river, "shore"),
        green=tuple(_green(ground)),
        blocks=(NamedArea("", "", "built_up", soft(_built_up(ground), "block")),),
        roads=tuple(r for r in roads if r.kind != "bridge"),
        bridges=tuple(r for r in roads if r.kind == "bridge"),
        labels=tuple(_labels(ground)),
    )


def _green(ground: Ground) -> list[NamedArea]:
    frame = ground.frame
    out = []
    for (zh, en), hill in ground.shape.hills.items():
        out.append(NamedArea(zh, en, "hill", frame.area(shapely.simplify(hill, 14.0))))
        for inset in (420.0, 950.0):
            upper = shapely.simplify(hill.buffer(-inset).buffer(60.0), 25.0)
            if not upper.is_empty:
                out.append(NamedArea(zh, en, "hill_upper", frame.area(upper)))
    for (zh, en), islet in ground.shape.islets.items():
        top = shapely.simplify(islet.buffer(-70.0), 10.0)
        out.append(NamedArea(zh, en, "hill", frame.area(top)))
    for zh, en, block in parks(ground):
        out.append(NamedArea(zh, en, "park", frame.area(block.buffer(-14.0, join_style="mitre"))))
    return out


def parks(ground: Ground) -> list[tuple[str, str, BaseGeometry]]:
    """Blocks that are parks."""
    quads = ground.lattice.blocks()
    middle = shapely.centroid(quads)
    mx, my = shapely.get_x(middle), shapely.get_y(middle)
    whole = (ground.lattice.block_area > 14_000.0) & (ground.plan.cell >= 0)
    out = []
    for zh, en, home, east, north in PARKS:
        quarter = QUARTERS[home]
        far = np.hypot(mx - quarter.x - east, my - quarter.y - north) + np.where(whole, 0.0, 1e9)
        row, col = divmod(int(far.argmin()), far.shape[1])
        out.append((zh, en, quads[row, col]))
    return out


def _built_up(ground: Ground) -> BaseGeometry:
    lattice = ground.lattice
    dense = (lattice.block_density > 0.44) & (ground.plan.cell >= 0)
    hills = shapely.union_all(list(ground.shape.hills.values()))
    whole = shapely.coverage_union_all(lattice.blocks()[dense])
    dry = ground.shape.territory.difference(ground.shape.river)
    return shapely.difference(whole.intersection(dry), hills)


def _roads(ground: Ground, streets: tuple[Street, ...]) -> list[RoadLine]:
    """Join the links of each street to as few lines as its gaps allow."""
    xy = np.asarray(ground.network.xy)
    out = []
    for street, run in zip(streets, ground.runs, strict=True):
        chain: list[list[int]] = []
        for link in run.links:
            if chain and chain[-1][-1] == link.a:
                chain[-1].append(link.b)
            else:
                chain.append([link.a, link.b])
        for nodes in chain:
            line = shapely.simplify(shapely.LineString(xy[nodes]), _TOLERANCE["road"])
            out.append(_road(street, run.kind, ground.frame.points(line.coords)))
    return out


def _road(street: Street, kind: EdgeKind, line: Ring) -> RoadLine:
    return RoadLine(street.code, street.name_zh, street.name_en, kind, line)


def _labels(ground: Ground) -> list[PlaceLabel]:
    frame = ground.frame

    def at(board: tuple[float, float]) -> LonLat:
        x, y = metres([board])[0]
        return frame.point(float(x), float(y))

    labels = [PlaceLabel(zh, en, kind, at(spot), rank) for zh, en, kind, spot, rank in LABELS]
    for zh, en in HILLS:
        inner = ground.shape.hills[(zh, en)].intersection(ground.shape.territory)
        spot = inner.representative_point()
        labels.append(PlaceLabel(zh, en, "hill", frame.point(spot.x, spot.y), 2))
    for (zh, en), spec in ISLETS.items():
        labels.append(PlaceLabel(zh, en, "island", at((spec[0], spec[1])), 3))
    for zh, en, block in parks(ground):
        spot = block.centroid
        labels.append(PlaceLabel(zh, en, "park", frame.point(spot.x, spot.y), 4))
    for run in ground.runs:
        if run.kind == "bridge":
            (ax, ay), (bx, by) = (ground.network.xy[i] for i in (run.links[0].a, run.links[0].b))
            spot2 = frame.point((ax + bx) / 2, (ay + by) / 2)
            labels.append(PlaceLabel(run.name_zh, run.name_en, "bridge", spot2, 3))
    for i, outline in enumerate(ground.tilings.community):
        zh, en = ground.plan.community_names[i]
        spot = max(polygons_of(outline), key=lambda p: p.area).representative_point()
        labels.append(
            PlaceLabel(zh.removesuffix("社区"), en, "community", frame.point(spot.x, spot.y), 2)
        )
    return labels


def _round(line: Ring) -> list[list[float]]:
    """Five digits are about one metre, enough to draw and half the bytes."""
    return [[round(lon, 5), round(lat, 5)] for lon, lat in line]


def _polygon(area: Area) -> dict[str, Any]:
    return {
        "type": "MultiPolygon",
        "coordinates": [[_round(ring) for ring in polygon] for polygon in area],
    }


def _feature(geometry: dict[str, Any], **properties: object) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _layer(features: list[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": features}


def city_geojson(city: City) -> dict[str, dict[str, Any]]:
    """GeoJSON feature collections of the base map by layer name."""
    base = city.base_map
    lines = {
        name: _layer(
            [
                _feature(
                    {"type": "LineString", "coordinates": _round(road.line)},
                    **{"class": road.kind, "name": road.name_zh, "name_en": road.name_en},
                )
                for road in roads
            ]
        )
        for name, roads in (("road", base.roads), ("bridge", base.bridges))
    }
    return {
        "sea": _layer([_feature(_polygon(base.sea))]),
        "land": _layer([_feature(_polygon(base.land))]),
        "boundary": _layer([_feature(_polygon(base.boundary))]),
        "block": _layer([_feature(_polygon(b.area), **{"class": b.kind}) for b in base.blocks]),
        "green": _layer(
            [
                _feature(
                    _polygon(g.area),
                    **{"class": g.kind, "name": g.name_zh, "name_en": g.name_en},
                )
                for g in base.green
            ]
        ),
        "river": _layer([_feature(_polygon(base.river), name="枫江", name_en="Feng River")]),
        **lines,
        "place_label": _layer(
            [
                _feature(
                    {"type": "Point", "coordinates": _round((label.point,))[0]},
                    **{"class": label.kind, "name": label.name_zh, "name_en": label.name_en},
                    rank=label.rank,
                )
                for label in base.labels
            ]
        ),
    }
