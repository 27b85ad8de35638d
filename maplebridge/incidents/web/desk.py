"""`/desk/`: the queue in its parts, its map, and place names for the call form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from maplebridge.incidents import queries, shifts
from maplebridge.incidents.web.access import staff
from maplebridge.kernel.actor import Actor
from maplebridge.kernel.errors import Sentence
from maplebridge.kernel.numbers import small_int
from maplebridge.people import api as people
from maplebridge.places import api as places

if TYPE_CHECKING:
    from maplebridge.incidents.models import Incident, ShiftHandOver

NAMES: dict[str, tuple[Sentence, Sentence]] = {
    "waiting": (_("To be judged"), _("Nothing is waiting. New reports appear here by themselves.")),
    "to_send": (_("To be sent"), _("Everybody who is needed has been sent.")),
    "running": (_("Under way"), _("Nothing is under way.")),
    "to_close": (_("To call back and close"), _("Nothing waits to be closed.")),
}
MOST_NAMES = 8
LAST_PAGE = 10_000  # an offset beyond this is nobody's wish


@dataclass(frozen=True, slots=True)
class Part:
    name: str
    title: Sentence
    empty: Sentence
    rows: Sequence[queries.QueueRow]
    total: int
    before: int  # the page before, 0 when this is the first
    after: int  # the page after, 0 when this is the last


@never_cache
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    actor = staff(request)
    if request.GET.get("open"):  # the list beside an open matter asks for itself again
        beside = {"beside": queue_beside(actor, request.GET["open"])}
        return render(request, "incidents/queue.html", beside)
    part = request.GET.get("part", "")
    part = part if part in NAMES else ""
    page = page_number(request.GET.get("page", "")) if part else 1
    newest = request.GET.get("order") == "new"
    found = queries.queue(actor, part=part, page=page, newest_first=newest)
    shown = {
        "parts": [_part(p, page) for p in found],
        "part": part,
        "newest": newest,
        "order": "&order=new" if newest else "",
        "total": sum(p.total for p in found),
        "handed": _handed_over(actor),
    }
    return render(request, "incidents/queue.html", shown)


def _handed_over(actor: Actor) -> ShiftHandOver | None:
    """What whoever comes has to sign; asked only of those who may."""
    may = people.role_may(actor, "incident.triage").allowed
    return shifts.sheet_to_take(actor.account_id) if may else None


def queue_beside(actor: Actor, code: str) -> dict[str, object]:
    """The first rows of each part, for the column beside the open matter."""
    found = queries.queue(actor, beside=True)
    return {"parts": [_part(p, 1, queries.BESIDE[p.name]) for p in found], "here": code}


def queue_parts(actor: Actor) -> list[Part]:
    """The first page of every part: what a shift leaves to the next."""
    return [_part(part, 1) for part in queries.queue(actor)]


def _part(part: queries.QueuePart, page: int, size: int = 0) -> Part:
    title, empty = NAMES[part.name]
    more = part.total > page * (size or queries.PAGE)
    after = (1 if size else page + 1) if more else 0
    return Part(part.name, title, empty, part.rows, part.total, page - 1, after)


def page_number(given: str) -> int:
    """1 for anything that is not a page."""
    return min(small_int(given) or 1, LAST_PAGE)


@never_cache
@require_safe
def points(request: HttpRequest) -> HttpResponse:
    """Open incidents of the actor's scope as GeoJSON, CGCS2000 degrees."""
    actor = staff(request)
    features = [feature(incident) for incident in queries.open_points(actor)]
    return JsonResponse({"type": "FeatureCollection", "features": features})


def feature(incident: Incident) -> dict[str, object]:
    urgency = incident.queue_urgency
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [incident.lon, incident.lat]},
        "properties": {
            "label": incident.title,
            "urgency": urgency,
            "rank": int(urgency[1:]),
            "precision_m": incident.precision_m,
            "url": reverse("incidents:case", args=[incident.code]),
        },
    }


@require_safe
def places_named(request: HttpRequest) -> HttpResponse:
    """Place names that hold the words in ?q=; for a fragment request as options of a list."""
    staff(request, "incident.receive")
    words = (request.GET.get("q") or request.GET.get("place_words") or "").strip().lower()[:40]
    names = names_with(words) if words else []
    if "HX-Request" in request.headers:
        html = format_html_join("", '<option value="{}"></option>', ((n,) for n in names))
        answer: HttpResponse = HttpResponse(html)
    else:
        answer = JsonResponse({"names": names}, json_dumps_params={"ensure_ascii": False})
    answer["Vary"] = "HX-Request"
    answer["Cache-Control"] = "private, max-age=60"
    return answer


def names_with(words: str) -> list[str]:
    """Names with these words in them: those that begin so first, then the shorter ones."""
    found = (name for name in places.gazetteer().names() if words in name)
    return sorted(found, key=lambda n: (not n.startswith(words), len(n), n))[:MOST_NAMES]
