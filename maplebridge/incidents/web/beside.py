"""`/desk/<code>/beside/<other>/`: two reports side by side, to say whether they are one event."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from maplebridge.incidents.pairs import side_by_side
from maplebridge.incidents.states import Verb
from maplebridge.incidents.web.access import opened, staff, steps_open_to
from maplebridge.kernel.errors import NotFound


@never_cache
@require_safe
def beside(request: HttpRequest, code: str, other: str) -> HttpResponse:
    """Showing the other one is opening it: the page's panel notes both."""
    actor = staff(request)
    mine, theirs = opened(actor, code), opened(actor, other)
    if mine.pk == theirs.pk:
        raise NotFound("incident.not_found")
    earlier, later = sorted((mine, theirs), key=lambda row: (row.reported_at, row.pk))
    shown = {
        "incident": mine,
        "other": theirs,
        "pair": side_by_side(mine, theirs),
        "earlier": earlier,
        "later": later,
        "may_merge": Verb.MERGE in steps_open_to(actor, later),
        "is_fragment": "HX-Request" in request.headers,
    }
    return render(request, "incidents/beside.html", shown)
