"""Addresses of the living city; they exist in the demonstration only."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "twin"
urlpatterns: list[URLPattern] = []
