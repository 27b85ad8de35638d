"""What the tags of OpenStreetMap mean to this house: one table for each question."""

from __future__ import annotations

from dataclasses import dataclass

from maplebridge.places.osm.records import Tags

ROAD_KINDS = {
    "motorway": "main", "trunk": "main", "primary": "main", "secondary": "main",
    "tertiary": "street", "unclassified": "street", "residential": "street",
    "living_street": "street", "pedestrian": "street", "road": "street",
    "service": "lane", "track": "lane",
    "footway": "path", "path": "path", "cycleway": "path", "steps": "path", "bridleway": "path",
}  # fmt: skip
# Not to be used today, or by nobody: neither routed nor drawn.
NO_ROADS = {"construction", "proposed", "abandoned", "razed", "raceway", "platform", "corridor"}
CLOSED = {"no", "private"}
OPEN = {"yes", "designated", "permissive", "official"}
BIG_ROADS = {"motorway", "motorway_link"}
ON_FOOT_ONLY = {"footway", "pedestrian", "steps", "bridleway"}
NO_CARS = ON_FOOT_ONLY | {"path", "cycleway"}
SMOOTH_TRACK = {"grade1", "grade2"}


@dataclass(frozen=True, slots=True)
class Road:
    kind: str  # main | street | lane | path
    foot: bool
    ebike: bool
    car: bool
    bridge: bool
    oneway: bool


def road_of(tags: Tags) -> Road | str:
    """How a way may be used, or the reason why it is no street for us; empty: it is no road."""
    highway = tags.get("highway", "")
    if not highway or tags.get("area") == "yes":
        return ""
    if highway in NO_ROADS:
        return "road_not_in_use"
    kind = ROAD_KINDS.get(highway.removesuffix("_link"))
    if kind is None:
        return "road_of_another_kind"
    foot, ebike, car = _modes(highway, tags)
    if not (foot or ebike or car):
        return "road_closed"
    bridge = tags.get("bridge", "no") != "no"
    oneway = tags.get("oneway") in {"yes", "1", "-1"} or tags.get("junction") == "roundabout"
    return Road(kind, foot, ebike, car, bridge, oneway)


def _modes(highway: str, tags: Tags) -> tuple[bool, bool, bool]:
    """On foot, by e-bike, by car; a tag about one mode weighs more than one about all."""
    big = highway in BIG_ROADS or tags.get("motorroad") == "yes"
    car = highway not in NO_CARS
    if highway == "track":
        car = tags.get("tracktype", "grade3") in SMOOTH_TRACK
    foot, ebike = not big, not big and highway not in ON_FOOT_ONLY
    if tags.get("access") in CLOSED:
        foot = ebike = car = False
    foot = _said(tags.get("foot"), foot)
    ebike = _said(tags.get("bicycle"), ebike)
    car = _said(tags.get("motor_vehicle") or tags.get("vehicle"), car)
    return foot, ebike and highway != "steps", _said(tags.get("motorcar"), car)


def _said(value: str | None, otherwise: bool) -> bool:
    if value in OPEN:
        return True
    return False if value in CLOSED or value == "use_sidepath" else otherwise


GREEN = {
    "leisure": {"park", "garden", "nature_reserve", "golf_course", "common"},
    "landuse": {
        "forest", "grass", "meadow", "cemetery", "recreation_ground", "village_green", "orchard",
        "vineyard",
    },
    "natural": {"wood", "scrub", "grassland", "heath", "wetland"},
}  # fmt: skip
BUILT_UP = {"residential", "commercial", "industrial", "retail", "railway", "garages"}
WATER = {
    "natural": {"water"}, "waterway": {"riverbank", "dock"}, "landuse": {"reservoir", "basin"},
}  # fmt: skip
STREAMS = {"river", "canal", "stream", "drain"}
RAILS = {"rail", "light_rail", "tram", "subway", "narrow_gauge"}


def area_of(tags: Tags) -> tuple[str, str] | None:
    """Layer and kind of something drawn as an area."""
    for key, values in WATER.items():
        if tags.get(key) in values:
            return "river", "water"
    for key, values in GREEN.items():
        if (kind := tags.get(key, "")) in values:
            return "green", "park" if kind in {"park", "garden"} else kind
    if tags.get("landuse") in BUILT_UP:
        return "block", tags["landuse"]
    if tags.get("building", "no") != "no":
        return "building", "building"
    return None


def line_of(tags: Tags) -> tuple[str, str] | None:
    """Layer and kind of something drawn as a line that is no street."""
    hidden = tags.get("tunnel", "no") != "no"
    if (stream := tags.get("waterway", "")) in STREAMS and not hidden:
        return "stream", stream
    if (rail := tags.get("railway", "")) in RAILS and not hidden:
        return "rail", rail
    return None


# Names on the map: rank 1 is drawn first and largest.
PLACES = {
    "city": 1, "town": 1, "suburb": 2, "quarter": 3, "village": 2, "neighbourhood": 4, "hamlet": 4,
    "island": 3, "square": 5,
}  # fmt: skip

# Levels of the boundary tree as mapped in China; see the OpenStreetMap tag admin_level.
LEVELS = {
    "4": "province", "5": "prefecture", "6": "county", "8": "township_virtual", "10": "community",
}  # fmt: skip

# Places of business and public use. What is not in this table is not taken: practices and offices
# are often named after a person, and nothing here reads what somebody believes.
PREMISES: dict[str, dict[str, str]] = {
    "amenity": {
        "restaurant": "restaurant", "fast_food": "restaurant", "food_court": "restaurant",
        "cafe": "restaurant", "bar": "entertainment", "pub": "entertainment",
        "nightclub": "entertainment", "cinema": "entertainment", "theatre": "entertainment",
        "internet_cafe": "entertainment", "karaoke_box": "entertainment",
        "school": "school", "kindergarten": "school", "college": "school", "university": "school",
        "hospital": "hospital", "clinic": "clinic", "pharmacy": "shop", "bank": "bank",
        "fuel": "fuel_station", "marketplace": "market", "nursing_home": "nursing_home",
        "bus_station": "bus_stop", "ferry_terminal": "harbour", "library": "public_service",
        "townhall": "public_service", "police": "public_service", "fire_station": "public_service",
        "post_office": "logistics", "community_centre": "public_service", "car_wash": "workshop",
    },
    "shop": {
        "supermarket": "shop", "convenience": "shop", "mall": "market",
        "department_store": "market", "bakery": "shop", "hardware": "shop", "doityourself": "shop",
        "electronics": "shop", "mobile_phone": "shop", "clothes": "shop", "shoes": "shop",
        "books": "shop", "chemist": "shop", "greengrocer": "shop", "car_repair": "workshop",
        "car": "workshop",
    },
    "tourism": {
        "hotel": "hotel", "hostel": "hotel", "guest_house": "hotel", "museum": "public_service",
        "attraction": "landmark", "theme_park": "entertainment",
    },
    "leisure": {
        "park": "park", "stadium": "sports", "sports_centre": "sports", "playground": "park",
    },
    "railway": {"station": "station", "halt": "station"},
    "highway": {"bus_stop": "bus_stop"},
    "social_facility": {"nursing_home": "nursing_home", "assisted_living": "nursing_home"},
}  # fmt: skip


def premises_kind(tags: Tags) -> str:
    """The kind of premises, or empty."""
    for key, kinds in PREMISES.items():
        if kind := kinds.get(tags.get(key, "")):
            return kind
    return ""


def names_of(tags: Tags) -> tuple[str, str]:
    """(official name, English name); empty where none is mapped."""
    name = tags.get("name:zh-Hans") or tags.get("name:zh") or tags.get("name") or ""
    return name.strip()[:80], tags.get("name:en", "").strip()[:120]


KEYS = frozenset(
    {
        "highway", "landuse", "natural", "leisure", "waterway", "railway", "building", "boundary",
        "place", "amenity", "shop", "tourism", "social_facility", "addr:housenumber",
    }
)  # fmt: skip
# Only these are kept of what is read; contacts, notes and operators never enter.
KEPT = KEYS | {
    "name", "name:zh", "name:zh-Hans", "name:en", "access", "foot", "bicycle", "vehicle",
    "motor_vehicle", "motorcar", "motorroad", "oneway", "junction", "bridge", "tunnel", "area",
    "tracktype", "admin_level", "type", "addr:street",
}  # fmt: skip
