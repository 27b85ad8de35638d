"""From a file to a town, whole or not at all."""

from __future__ import annotations

from pathlib import Path

from maplebridge.kernel.errors import BadInput
from maplebridge.places.osm import marks, sentences
from maplebridge.places.osm.areas import Areas
from maplebridge.places.osm.network import RoadWay, build_network, road_ways
from maplebridge.places.osm.reading import Progress, read_file
from maplebridge.places.osm.records import Box, Extract, Town
from maplebridge.places.osm.streets import Streets
from maplebridge.places.shapes import GeoJSON, collection, feature, multipolygon

WIDEST_KM = 120.0  # beyond, the flat measures of travel times no longer hold
READ_BEYOND = 1.3  # a coast or a boundary must reach past the frame to divide it
CREDIT = "© OpenStreetMap contributors"
CREDIT_URL = "https://www.openstreetmap.org/copyright"
LAYERS = (
    "sea", "land", "block", "green", "river", "stream", "boundary", "building", "rail", "road",
    "bridge", "place_label",
)  # fmt: skip


def read_town(
    file: Path,
    *,
    name: str = "",
    centre: tuple[float, float] | None = None,
    radius_km: float = 12.0,
    buildings: bool = False,
    progress: Progress = lambda _bytes: None,
) -> tuple[Town, Extract]:
    """The town in a file: within `radius_km` of the centre, or all of it."""
    wide = Box.around(*centre, radius_km * READ_BEYOND) if centre else None
    extract = read_file(file, wide, progress)
    box = Box.around(*centre, radius_km) if centre else _extent(extract)
    if box.km > WIDEST_KM:
        raise BadInput(
            "places.osm_too_wide", sentences.TOO_WIDE, km=round(box.km), most=round(WIDEST_KM)
        )
    ways = road_ways(extract, box)
    if not ways and centre:
        lon, lat = centre
        raise BadInput(
            "places.osm_outside",
            sentences.OUTSIDE, file=file.name, km=f"{radius_km:g}", lon=lon, lat=lat,
        )  # fmt: skip
    if not ways:
        raise BadInput("places.osm_empty", sentences.EMPTY, file=file.name)
    return _town(extract, box, ways, name, buildings=buildings), extract


def _extent(extract: Extract) -> Box:
    """What the file declares, or what its points span."""
    if extract.bounds is not None:
        return extract.bounds
    if not len(extract.node_ids):
        return Box(0.0, 0.0, 0.0, 0.0)
    lon, lat = extract.lon, extract.lat
    return Box(float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max()))


def _town(extract: Extract, box: Box, ways: list[RoadWay], name: str, *, buildings: bool) -> Town:
    streets = Streets(ways, box)
    streets.number(extract, box)
    nodes, edges = build_network(ways, streets.code_of, extract.skipped)
    led_to = {edge.street for edge in edges}
    areas = Areas(extract, box, buildings=buildings)
    boundaries = areas.boundaries()
    labels = marks.labels(extract, box)
    drawn: dict[str, list[GeoJSON]] = {layer: [] for layer in LAYERS}
    drawn |= areas.collect()
    drawn["sea"], drawn["land"] = areas.sea_and_land()
    drawn["road"], drawn["bridge"] = marks.roads(ways)
    drawn["place_label"] = labels
    drawn["boundary"] = [feature(b.geometry, name=b.name, name_en=b.name_en) for b in boundaries]
    drawn["boundary"].insert(0, feature(_edge(box), kind="frame"))
    first = _foremost(labels, box)
    layers = {layer: collection(drawn[layer]) for layer in LAYERS}
    layers["place_label"] |= {"attribution": CREDIT, "attribution_url": CREDIT_URL}
    return Town(
        name=name or first["name"],
        name_en=first["name_en"] if not name else "",
        box=box,
        nodes=nodes,
        edges=edges,
        streets=[street for street in streets.all if street.code in led_to],
        boundaries=boundaries,
        premises=marks.premises(extract, box),
        layers=layers,
        skipped=+extract.skipped,
    )


def _edge(box: Box) -> GeoJSON:
    """The frame as an outline: where the map ends."""
    west, south, east, north = box.west, box.south, box.east, box.north
    ring = [(west, south), (east, south), (east, north), (west, north), (west, south)]
    return multipolygon(((tuple(ring),),))


def _foremost(labels: list[GeoJSON], box: Box) -> dict[str, str]:
    """The names of the most important place, the nearest to the middle among equals."""
    lon, lat = (box.west + box.east) / 2, (box.south + box.north) / 2

    def order(label: GeoJSON) -> tuple[int, float]:
        x, y = label["geometry"]["coordinates"]
        return label["properties"]["rank"], (x - lon) ** 2 + (y - lat) ** 2

    best: GeoJSON | None = min(labels, key=order, default=None)
    return best["properties"] if best else {"name": "", "name_en": ""}
