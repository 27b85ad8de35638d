"""Addresses of the wall."""

from __future__ import annotations

from django.urls import path

from maplebridge.live.web import views

app_name = "live"
urlpatterns = [
    path("wall/", views.wall_page, name="wall"),
    path("wall/now/", views.wall_now, name="wall_now"),
    path("wall/events.json", views.wall_events, name="wall_events"),
    path("wall/replay/", views.replay_page, name="replay"),
    path("wall/replay/day.json", views.replay_day, name="replay_day"),
]
