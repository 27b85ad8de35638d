"""One verb, one function: load a city, import a town, clear, draw a new grid, save zones."""

from __future__ import annotations

from maplebridge.places.actions.gridding import regrid
from maplebridge.places.actions.importing import TownReport, import_osm
from maplebridge.places.actions.loading import clear, load_city
from maplebridge.places.actions.zoning import save_zones

__all__ = ["TownReport", "clear", "import_osm", "load_city", "regrid", "save_zones"]
