"""The wall's page, its changing part, and its events at grid level."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from maplebridge.kernel.actor import actor_of
from maplebridge.kernel.clock import now
from maplebridge.kernel.policy import require
from maplebridge.live.api import may_see_wall
from maplebridge.live.drawing import drawing
from maplebridge.live.wall import events_geojson, scene


@require_safe
def wall_page(request: HttpRequest) -> HttpResponse:
    """The whole wall: the map is drawn once, the rest renews itself."""
    actor = actor_of(request)
    require(may_see_wall(actor))
    language = get_language() or settings.LANGUAGE_CODE
    return render(
        request, "live/wall.html", {"wall": scene(now(), actor), "map": drawing(language)}
    )


@require_safe
def wall_now(request: HttpRequest) -> HttpResponse:
    """What changes: tiles, markers, clock and age."""
    actor = actor_of(request)
    require(may_see_wall(actor))
    return render(request, "live/now.html", {"wall": scene(now(), actor), "renewed": True})


@require_safe
def wall_events(request: HttpRequest) -> JsonResponse:
    """Open matters by grid cell as GeoJSON."""
    require(may_see_wall(actor_of(request)))
    return JsonResponse(events_geojson(), content_type="application/geo+json")
