"""The wall's page, its changing part, and its events at grid level."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from maplebridge.kernel.actor import actor_of
from maplebridge.kernel.clock import now
from maplebridge.kernel.errors import NotFound
from maplebridge.kernel.policy import require
from maplebridge.live import replay, replaypage
from maplebridge.live.api import may_see_wall
from maplebridge.live.drawing import drawing
from maplebridge.live.wall import events_geojson, scene

CHANGING = ("tiles", "head", "markers", "foot")


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
    """What changes: tiles, markers, clock and age.

    Nothing stands between the parts: a line break there would stay in the page as a node at every
    renewal, 35,000 of them after a day.
    """
    actor = actor_of(request)
    require(may_see_wall(actor))
    shown = {"wall": scene(now(), actor), "renewed": True}
    parts = (render_to_string(f"live/{name}.html", shown, request).strip() for name in CHANGING)
    return HttpResponse("".join(parts))


@require_safe
def wall_events(request: HttpRequest) -> JsonResponse:
    """Open matters by grid cell as GeoJSON."""
    require(may_see_wall(actor_of(request)))
    return JsonResponse(events_geojson(), content_type="application/geo+json")


@require_safe
def replay_page(request: HttpRequest) -> HttpResponse:
    """A day of the past at one minute; the page's script plays it, a form moves it without."""
    require(may_see_wall(actor_of(request)))
    language = get_language() or settings.LANGUAGE_CODE
    text = request.GET.get("minute", "")
    minute = int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 8 * 60
    shown = replaypage.page(_day(request), minute, now(), language)
    found = {"page": shown, "map": drawing(language), "speeds": (1, 10, 60)}
    return render(request, "live/replay.html", found)


@require_safe
def replay_day(request: HttpRequest) -> JsonResponse:
    """The same day as numbers: cells, minutes and how many."""
    require(may_see_wall(actor_of(request)))
    spots = drawing(get_language() or settings.LANGUAGE_CODE).spots
    answer = JsonResponse(replay.as_json(_day(request), spots))
    answer["Cache-Control"] = "no-store"  # what became confidential since must not come back
    return answer


def _day(request: HttpRequest) -> replay.Day:
    asked = replaypage.asked_day(request.GET.get("day"), now())
    if asked is None:
        raise NotFound("live.day")
    return replay.compile_day(asked, now())
