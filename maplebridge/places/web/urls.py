"""Map data of the base map, the grids and a pin."""

from __future__ import annotations

from django.urls import path

from maplebridge.places.web import views

app_name = "places"

urlpatterns = [
    path("map/base.json", views.base, name="base_map"),
    path("map/tiles.json", views.tiles, name="tiles"),
    path("map/cells.json", views.cells, name="cells"),
    path("map/place.json", views.place, name="place"),
]
