"""Addresses of the auditor's pages."""

from __future__ import annotations

from django.urls import path

from maplebridge.privacy.web import views

app_name = "privacy"
urlpatterns = [
    path("journal/", views.journal, name="journal"),
    path("journal/proof/", views.proof, name="proof"),
    path("journal/readings/", views.readings, name="readings"),
]
