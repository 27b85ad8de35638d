"""The one door to places: where a point lies, stations, grids, maps."""

from __future__ import annotations

from maplebridge.places.actions import (
    TownReport,
    clear,
    import_osm,
    load_city,
    regrid,
    save_zones,
)
from maplebridge.places.advisor import gazetteer, street_graph
from maplebridge.places.locating import locate
from maplebridge.places.models import Network
from maplebridge.places.names import in_language
from maplebridge.places.osm.sentences import SKIPPED
from maplebridge.places.policies import may_change_grid, may_change_zones
from maplebridge.places.queries import (
    base_map,
    base_map_document,
    catchment_area_km2,
    cells,
    cells_document,
    coverage_gaps,
    farthest_cell_metres,
    place_at,
    station,
    station_by_code,
    stations,
)
from maplebridge.places.records import (
    NOWHERE,
    CellInfo,
    CoverageGap,
    Located,
    NewCell,
    StationInfo,
    Zone,
)
from maplebridge.places.zones import ZONE_KINDS, zone_kind_label, zone_problems

__all__ = [
    "NOWHERE",
    "SKIPPED",
    "ZONE_KINDS",
    "CellInfo",
    "CoverageGap",
    "Located",
    "Network",
    "NewCell",
    "StationInfo",
    "TownReport",
    "Zone",
    "base_map",
    "base_map_document",
    "catchment_area_km2",
    "cells",
    "cells_document",
    "clear",
    "coverage_gaps",
    "farthest_cell_metres",
    "gazetteer",
    "import_osm",
    "in_language",
    "load_city",
    "locate",
    "may_change_grid",
    "may_change_zones",
    "place_at",
    "regrid",
    "save_zones",
    "station",
    "station_by_code",
    "stations",
    "street_graph",
    "zone_kind_label",
    "zone_problems",
]
