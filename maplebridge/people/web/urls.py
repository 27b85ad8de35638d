"""Signing in and out, posts, stations."""

from __future__ import annotations

from django.urls import path

from maplebridge.people.web import password, resuming, signing, stations

app_name = "people"

urlpatterns = [
    path("signin/", signing.sign_in, name="sign_in"),
    path("signin/again/", resuming.resume, name="resume"),
    path("signout/", signing.sign_out, name="sign_out"),
    path("password/", password.change, name="password"),
    path("posts/", signing.posts, name="posts"),
    path("stations/", stations.station_list, name="stations"),
    # The same page under a second name: a menu entry belongs to one face.
    path("stations/", stations.station_list, name="stations_desk"),
    path("stations/<slug:code>/", stations.station_page, name="station"),
    path("stations/<slug:code>/presence/", stations.presence, name="presence"),
    path("stations/<slug:code>/zones/", stations.zones, name="zones"),
]
