"""A small town as an OpenStreetMap file, written by the test.

Harbour Road runs west to east along the coast (sea in the south); Bridge Street goes north
from its middle over a bridge to Market Street; a footpath is the short cut between them.
"""

from __future__ import annotations

import gzip
from pathlib import Path
from xml.sax.saxutils import quoteattr

LON, LAT = 120.5500, 27.5800
STEP = 0.001  # degrees: about 99 m east, 111 m north

# id: steps east and north of the middle
NODES: dict[int, tuple[float, float]] = {
    1: (-5, 0), 2: (0, 0), 3: (5, 0), 4: (0, 2), 5: (0, 4), 6: (5, 4),
    7: (3, 2), 8: (8, 8), 9: (8.5, 8), 10: (-3, 3), 11: (-3.5, 3),
    20: (-9, -2), 21: (9, -2),
    30: (-5, 5), 31: (-3, 5), 32: (-3, 7), 33: (-5, 7),
    34: (-4.5, 5.5), 35: (-3.5, 5.5), 36: (-3.5, 6.5), 37: (-4.5, 6.5),
    40: (2, 6), 41: (2.2, 6), 42: (2.2, 6.2), 43: (2, 6.2),
    50: (-9, -6), 51: (9, -6), 52: (9, 9), 53: (-9, 9),
}  # fmt: skip

SPOTS = {
    60: ((0, 5), {"place": "town", "name": "潮埠", "name:en": "Chaobu"}),
    61: ((4, 4.2), {"amenity": "restaurant", "name": "老灶炒粉", "phone": "0577 0000 0000"}),
    62: ((4.1, 4.2), {"amenity": "doctors", "name": "林医生诊室"}),
    63: ((4.2, 4.2), {"shop": "supermarket"}),
    64: ((4, 3.8), {"addr:street": "市场街", "addr:housenumber": "8"}),
    65: ((4.2, 3.8), {"addr:street": "市场街", "addr:housenumber": "附属"}),
    66: ((4.4, 3.8), {"addr:street": "没有的街", "addr:housenumber": "3"}),
}

WAYS: dict[int, tuple[list[int], dict[str, str]]] = {
    100: ([1, 2, 3], {"highway": "primary", "name": "海港路", "name:en": "Harbour Road"}),
    101: ([2, 4], {"highway": "residential", "name": "大桥街", "bridge": "yes"}),
    102: ([4, 5], {"highway": "residential", "name": "大桥街", "oneway": "yes"}),
    103: ([5, 6], {"highway": "tertiary", "name": "市场街", "name:en": "Market Street"}),
    104: ([3, 7, 6], {"highway": "footway"}),
    105: ([8, 9], {"highway": "residential", "name": "孤岛街"}),
    106: ([4, 10], {"highway": "service", "access": "private"}),
    107: ([10, 11], {"highway": "construction"}),
    108: ([20, 21], {"natural": "coastline"}),  # water on the right: in the south going east
    109: ([30, 31, 32, 33, 30], {}),
    110: ([34, 35, 36, 37, 34], {}),
    111: ([40, 41, 42, 43, 40], {"building": "yes"}),
    112: ([50, 51, 52, 53, 50], {}),
    113: ([998, 999], {"highway": "residential", "name": "不在图内"}),
}

RELATIONS: dict[int, tuple[list[tuple[str, int]], dict[str, str]]] = {
    200: ([("outer", 109), ("inner", 110)],
          {"type": "multipolygon", "leisure": "park", "name": "老城公园"}),
    201: ([("outer", 112)],
          {"type": "boundary", "boundary": "administrative", "admin_level": "10",
           "name": "潮北社区"}),
    202: ([("outer", 997)],
          {"type": "boundary", "boundary": "administrative", "admin_level": "8", "name": "远镇"}),
}  # fmt: skip


def place(steps: tuple[float, float]) -> tuple[float, float]:
    return round(LON + steps[0] * STEP, 7), round(LAT + steps[1] * STEP, 7)


def _tags(tags: dict[str, str]) -> str:
    return "".join(f"<tag k={quoteattr(k)} v={quoteattr(v)}/>" for k, v in tags.items())


def xml(*, head: str = "<osm version='0.6'>", without: frozenset[int] = frozenset()) -> str:
    """The file; `without` leaves out some ways and spots."""
    lines = ["<?xml version='1.0' encoding='UTF-8'?>", head]
    spots = NODES | {n: at for n, (at, _said) in SPOTS.items()}
    for number, steps in spots.items():
        if number in without:
            continue
        lon, lat = place(steps)
        inner = _tags(SPOTS[number][1]) if number in SPOTS else ""
        lines.append(f"<node id='{number}' lat='{lat}' lon='{lon}' user='某人'>{inner}</node>")
    for number, (refs, tags) in WAYS.items():
        if number not in without:
            nds = "".join(f"<nd ref='{ref}'/>" for ref in refs)
            lines.append(f"<way id='{number}'>{nds}{_tags(tags)}</way>")
    for number, (members, tags) in RELATIONS.items():
        inside = "".join(f"<member type='way' ref='{m}' role='{role}'/>" for role, m in members)
        lines.append(f"<relation id='{number}'>{inside}{_tags(tags)}</relation>")
    return "\n".join([*lines, "</osm>"])


def write(folder: Path, name: str = "town.osm.gz", text: str | None = None) -> Path:
    file = folder / name
    data = (xml() if text is None else text).encode()
    file.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    return file
