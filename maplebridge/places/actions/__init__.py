"""One verb, one function: load a city, clear it, draw a new grid, save a station's zones."""

from __future__ import annotations

from maplebridge.places.actions.gridding import regrid
from maplebridge.places.actions.loading import clear, load_city
from maplebridge.places.actions.zoning import save_zones

__all__ = ["clear", "load_city", "regrid", "save_zones"]
