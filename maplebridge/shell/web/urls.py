"""Pages of the shell itself: the language and text-size switches, the gallery of parts."""

from __future__ import annotations

from django.urls import path

from maplebridge.shell.web import app, gallery, views

app_name = "shell"

urlpatterns = [
    path("language/", views.language, name="language"),
    path("text/", views.text, name="text"),
    path("sw.js", app.worker, name="worker"),
    path("manifest.webmanifest", app.manifest, name="manifest"),
    path("app-icon-<int:size>.png", app.icon, name="app_icon"),
    path("gallery/", gallery.gallery, name="gallery"),
]
