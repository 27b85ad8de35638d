"""`/hints/`: what unsent words seem to say. Reads, answers, forgets.

Nothing is stored and nothing is journalled: words that nobody sent are nobody's business. The
answer names of other reports only what anybody may know (`advisor.overheard`).
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from maplebridge.incidents import api
from maplebridge.incidents.advisor.overheard import Overheard, overhear, same_nearby
from maplebridge.incidents.forms import HintForm
from maplebridge.incidents.web.moments import minute
from maplebridge.kernel.clock import now
from maplebridge.kernel.geo import Point
from maplebridge.places import api as places

LEAST = 4  # characters; fewer tell nothing


@never_cache
@require_POST
def hints(request: HttpRequest) -> HttpResponse:
    form = HintForm(request.POST)
    form.is_valid()  # what cannot be read is left out; a hint corrects nobody
    data = form.cleaned_data
    words, point = data.get("narrative", ""), data.get("point")
    shown: dict[str, object] = {"place": _beside(point)}
    if len(words) >= LEAST:
        heard = overhear(words, data.get("place_words", ""), point, now())
        if heard is not None:
            shown |= _of(words, heard)
    return render(request, "incidents/parts/hints.html", shown)


def _of(words: str, heard: Overheard) -> dict[str, object]:
    same = same_nearby(words, heard, now())
    return {
        "dangers": " ".join(heard.dangers),
        "guess": heard.guess,
        "same": same,
        "link": api.seal_same(same.incident_id) if same else "",
        "at": minute(same.at) if same else "",
    }


def _beside(point: Point | None) -> str:
    """The place of a pin in words a person knows: the building beside it, else the grid."""
    if point is None:
        return ""
    here = places.place_at(point)
    return str(here["beside"] or here["cell"] or here["community"])
