"""Paths of the inspections room."""

from __future__ import annotations

from django.urls import path

from maplebridge.inspections.web import hazards, visits

app_name = "inspections"
urlpatterns = [
    path("field/visit/", visits.choose, name="choose"),
    path("field/visit/at/<str:code>/", visits.fill, name="visit"),
    path("field/visit/<str:code>/", visits.receipt, name="receipt"),
    path("field/hazards/", hazards.in_field, name="field_hazards"),
    path("field/hazards/<str:code>/", hazards.show, name="field_hazard"),
    path("desk/hazards/", hazards.at_desk, name="hazards"),
    path("desk/hazards/<str:code>/", hazards.show, name="hazard"),
    path("desk/hazards/<str:code>/<slug:verb>/", hazards.step, name="step"),
]
