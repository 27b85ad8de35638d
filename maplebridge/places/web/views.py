"""JSON for maps: public, about places only, cached by version."""

from __future__ import annotations

import math

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

from maplebridge.kernel.geo import Point
from maplebridge.places import api
from maplebridge.places.records import Document


@require_safe
def base(request: HttpRequest) -> HttpResponse:
    """The layers of the base map: {name: FeatureCollection} in drawing order."""
    return _answer(request, api.base_map_document())


@require_safe
def tiles(_request: HttpRequest) -> HttpResponse:
    """The map service under our data: its layers, frame and credit; no layers without one."""
    found = settings.MAPLEBRIDGE.tiles
    said = {
        "layers": found.layers if found else [],
        "frame": found.frame if found else "cgcs2000",
        "credit": found.credit if found else "",
    }
    answer = JsonResponse(said, json_dumps_params={"ensure_ascii": False})
    answer["Cache-Control"] = "public, max-age=300"
    return answer


@require_safe
def cells(request: HttpRequest) -> HttpResponse:
    """Today's cells of one network: ?network=governance (default) or police_beat."""
    network = request.GET.get("network", api.Network.GOVERNANCE.value)
    if network not in api.Network.values:
        return JsonResponse({"code": "places.network"}, status=404)
    return _answer(request, api.cells_document(network))


@require_safe
def place(request: HttpRequest) -> HttpResponse:
    """What is at ?lon=&lat= (CGCS2000 degrees)."""
    point = _point(request)
    if point is None:
        return JsonResponse({"code": "places.point"}, status=422)
    return JsonResponse(api.place_at(point), json_dumps_params={"ensure_ascii": False})


def _point(request: HttpRequest) -> Point | None:
    try:
        lon, lat = float(request.GET["lon"]), float(request.GET["lat"])
    except (KeyError, ValueError):
        return None
    if not (math.isfinite(lon) and math.isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 90):
        return None
    return Point(lon, lat)


def _answer(request: HttpRequest, document: Document) -> HttpResponse:
    packs = "gzip" in request.headers.get("Accept-Encoding", "")
    tag = f'"{document.tag}{"-gz" if packs else ""}"'
    known = parse_etags(request.headers.get("If-None-Match", ""))
    answer: HttpResponse
    if tag in known:
        answer = HttpResponseNotModified()
    else:
        body = document.packed if packs else document.plain
        answer = HttpResponse(body, content_type="application/json")
        if packs:
            answer["Content-Encoding"] = "gzip"
    answer["ETag"] = tag
    answer["Cache-Control"] = "public, max-age=60, stale-while-revalidate=600"
    patch_vary_headers(answer, ["Accept-Encoding"])
    return answer
