"""Every room's pages and routes, mounted once."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from maplebridge.config.rest import api

# Order matters: the portal's catch-all paths come last.
ROOMS_WITH_PAGES = (
    "shell", "people", "places", "live", "inspections", "dispatch", "orders", "teams",
    "indicators", "privacy", "twin", "incidents",
)  # fmt: skip

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", api.urls),
    *(path("", include(f"maplebridge.{room}.web.urls")) for room in ROOMS_WITH_PAGES),
]

handler400 = "maplebridge.shell.web.errors.bad_request"
handler403 = "maplebridge.shell.web.errors.forbidden"
handler404 = "maplebridge.shell.web.errors.not_found"
handler500 = "maplebridge.shell.web.errors.server_error"
