"""What makes the phone pages an app: the worker, the manifest, the icons."""

from __future__ import annotations

import json
from functools import lru_cache

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from maplebridge.shell import appicon, assets

HOME = "/field/"
FALLBACK = "/field/waiting/"  # opens without network when the page asked for was never kept
HEAVY = 300_000  # bytes; the map and the charts are kept once they were used
ICON_SIZES = (180, 192, 512)
DAY = 24 * 3600


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The built worker, with the files of this build written above it.

    Under the root, for a worker governs only what lies below its own address. Its text changes
    with every build, which is how a browser learns that there is a newer one.
    """
    found = assets.find("sw.ts")
    if found is None:
        raise Http404
    facts = {
        "assets": assets.light(HEAVY),
        "base": f"{settings.STATIC_URL}dist/",
        "fallback": FALLBACK,
    }
    script = (assets.DIST / found.script.removeprefix(f"{settings.STATIC_URL}dist/")).read_text(
        "utf-8"
    )
    answer = HttpResponse(
        f"self.maplebridge = {json.dumps(facts)};\n{script}",
        content_type="text/javascript; charset=utf-8",
    )
    answer["Cache-Control"] = "no-cache"
    return answer


@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    """How the app looks beside other apps; in the language of whoever installs it."""
    icons = [
        {"src": f"/app-icon-{size}.png", "sizes": f"{size}x{size}", "type": "image/png"}
        for size in ICON_SIZES
    ]
    answer = JsonResponse(
        {
            "id": HOME,
            "name": _("Maplebridge"),
            "short_name": _("Maplebridge"),
            "description": _("My orders, reports and hand-overs, also without a network."),
            "lang": "zh-Hans" if (get_language() or "").startswith("zh") else "en",
            "start_url": HOME,
            "scope": "/",
            "display": "standalone",
            "background_color": appicon.PAPER,
            "theme_color": appicon.PAPER,
            "icons": [*icons, {**icons[-1], "purpose": "maskable"}],
        },
        content_type="application/manifest+json",
    )
    answer["Cache-Control"] = "no-cache"
    return answer


@require_safe
def icon(request: HttpRequest, size: int) -> HttpResponse:
    if size not in ICON_SIZES:
        raise Http404
    answer = HttpResponse(_drawn(size), content_type="image/png")
    answer["Cache-Control"] = f"public, max-age={DAY}"
    return answer


@lru_cache(maxsize=len(ICON_SIZES))
def _drawn(size: int) -> bytes:
    return appicon.png(size)
