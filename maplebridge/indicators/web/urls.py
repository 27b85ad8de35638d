"""Addresses of figures and of the public method."""

from __future__ import annotations

from django.urls import path

from maplebridge.indicators.web import views

app_name = "indicators"
urlpatterns = [
    path("method/", views.method, name="method"),
    path("figures/", views.all_figures, name="figures"),
    path("figures/<str:metric>/", views.figure, name="figure"),
]
