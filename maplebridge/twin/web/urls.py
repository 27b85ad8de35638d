"""Addresses of the living city; outside the demonstration each answers that there is nothing."""

from __future__ import annotations

from django.urls import path

from maplebridge.twin.web import city, touring

app_name = "twin"
urlpatterns = [
    path("living/", city.show, name="city"),
    path("living/now/", city.now, name="now"),
    path("living/pace/", city.pace, name="pace"),
    path("living/anew/", city.anew, name="anew"),
    path("tour/start/", touring.start, name="tour_start"),
    path("tour/next/", touring.onward, name="tour_next"),
    path("tour/show/", touring.show, name="tour_show"),
    path("tour/leave/", touring.leave, name="tour_leave"),
]
