"""Who works on what right now; asked every half minute by the pages of the desk."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from maplebridge.incidents import api, queries
from maplebridge.incidents.web.access import opened, staff
from maplebridge.kernel.actor import Actor


@never_cache
@require_safe
def held(request: HttpRequest) -> HttpResponse:
    return _held(staff(request))


@never_cache
@require_POST
def claim(request: HttpRequest, code: str) -> HttpResponse:
    """Renew the lease, or with `release` give it up; answers with everybody's."""
    actor = staff(request, "incident.triage")
    incident = opened(actor, code)
    if request.POST.get("release"):
        api.release_incident(incident.code, actor=actor)
        return HttpResponse(status=204)
    api.claim_incident(incident.code, actor=actor)
    return _held(actor)


def _held(actor: Actor) -> JsonResponse:
    """{"held": {code: sentence}}; only matters this actor may see."""
    found = {c: queries.held_words(n) for c, n in queries.held_by_others(actor).items()}
    return JsonResponse({"held": found}, json_dumps_params={"ensure_ascii": False})
