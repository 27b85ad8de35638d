"""What both readers pour their finds into: compact, and only what the town needs."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

import numpy as np

from maplebridge.kernel.errors import Refused
from maplebridge.places.osm.records import Box, Extract, Relation, Spot, Tags, Way
from maplebridge.places.osm.sentences import TOO_LARGE
from maplebridge.places.osm.tags import KEPT, KEYS

MOST_NODES = 20_000_000  # about 0.5 GB of positions; a county-level city has one million
AREAS = {"multipolygon", "boundary"}
NOTHING: Tags = {}


class Gathering:
    """Memory: 24 bytes a node inside the frame, 8 bytes a reference, tags of what is used."""

    def __init__(self, box: Box | None) -> None:
        self._box = box
        self._ids, self._lon, self._lat = array("q"), array("d"), array("d")
        self._spots: list[Spot] = []
        self._ways: dict[int, Way] = {}
        self._relations: list[Relation] = []
        self.nodes_read = 0
        self.bounds: Box | None = None

    def node(self, number: int, lon: float, lat: float, tags: dict[str, str]) -> None:
        self.nodes_read += 1
        if not (abs(lon) <= 180 and abs(lat) <= 90):
            raise ValueError(f"node {number}: no such place")
        if self._box is not None and not self._box.holds(lon, lat):
            return
        self._ids.append(number)
        self._lon.append(lon)
        self._lat.append(lat)
        if len(self._ids) > MOST_NODES:
            raise Refused("places.osm_too_large", TOO_LARGE, most=MOST_NODES)
        if tags and (kept := _kept(tags)):
            self._spots.append(Spot(number, lon, lat, kept))

    def way(self, number: int, refs: Sequence[int], tags: dict[str, str]) -> None:
        if len(refs) > 1:  # one without tags may be the edge of an area that comes later
            held = refs if isinstance(refs, array) else array("q", refs)
            self._ways[number] = Way(number, held, _kept(tags) if tags else NOTHING)

    def relation(
        self, number: int, members: Sequence[tuple[str, int]], tags: dict[str, str]
    ) -> None:
        if members and tags.get("type") in AREAS and (kept := _kept(tags)):
            self._relations.append(Relation(number, tuple(members), kept))

    def done(self) -> Extract:
        ids = np.frombuffer(self._ids, dtype=np.int64) if self._ids else np.empty(0, np.int64)
        lon = np.frombuffer(self._lon) if self._lon else np.empty(0)
        lat = np.frombuffer(self._lat) if self._lat else np.empty(0)
        if len(ids) and (np.diff(ids) <= 0).any():  # files need not be sorted
            ids, first = np.unique(ids, return_index=True)
            lon, lat = lon[first], lat[first]
        return Extract(
            node_ids=ids,
            lon=lon,
            lat=lat,
            spots=self._spots,
            ways=self._ways,
            relations=self._relations,
            nodes_read=self.nodes_read,
            bounds=self.bounds,
        )


def _kept(tags: dict[str, str]) -> Tags:
    if KEYS.isdisjoint(tags):
        return NOTHING
    return {key: value for key, value in tags.items() if key in KEPT}
