"""PBF by pyosmium, which reads it in C++; an optional package, so imported only when needed."""

from __future__ import annotations

from array import array
from pathlib import Path

import osmium
from osmium.osm import Node, Relation, Way

from maplebridge.places.osm.gathering import Gathering
from maplebridge.places.osm.records import Box


def read_pbf(file: Path, gathering: Gathering) -> None:
    """The same events as from XML; what osmium cannot read becomes a ValueError."""
    try:
        _read(file, gathering)
    except RuntimeError as error:
        raise ValueError(str(error)) from error


def _read(file: Path, gathering: Gathering) -> None:
    with osmium.io.Reader(str(file)) as reader:
        box = reader.header().box()
        if box.valid():
            low, high = box.bottom_left, box.top_right
            gathering.bounds = Box(low.lon, low.lat, high.lon, high.lat)
    for thing in osmium.FileProcessor(str(file)):
        tags = {tag.k: tag.v for tag in thing.tags}
        if isinstance(thing, Node):
            gathering.node(thing.id, thing.location.lon, thing.location.lat, tags)
        elif isinstance(thing, Way):
            gathering.way(thing.id, array("q", (n.ref for n in thing.nodes)), tags)
        elif isinstance(thing, Relation):
            members = [(m.role, m.ref) for m in thing.members if m.type == "w"]
            gathering.relation(thing.id, members, tags)
