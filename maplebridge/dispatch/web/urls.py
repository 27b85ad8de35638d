"""Pages of the dispatch room."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "dispatch"
urlpatterns: list[URLPattern] = []
