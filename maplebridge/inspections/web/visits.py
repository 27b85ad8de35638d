"""`/field/visit/`: choose a place, answer its points, and the receipt of what was found."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from maplebridge.inspections import queries
from maplebridge.inspections.actions.visiting import check_answers, checked_time, store_visit
from maplebridge.inspections.checklists import grouped, points_for
from maplebridge.inspections.forms import HereForm, PointForm, VisitForm, spread
from maplebridge.inspections.policies import access_visit
from maplebridge.inspections.records import Stored, VisitIn
from maplebridge.kernel.actor import Actor, actor_of
from maplebridge.kernel.clock import local_day, now
from maplebridge.kernel.errors import BadInput, NotFound
from maplebridge.kernel.numbers import normalise, small_int
from maplebridge.kernel.policy import require
from maplebridge.people import api as people

LAST_PAGE = 10_000  # an offset beyond this is nobody's wish
MOST_WORDS = 60


def _visitor(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    require(people.role_may(actor, "visit.make"))
    return actor


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """The places of the own area. Where the device stands is posted, so that no log keeps it."""
    actor = _visitor(request)
    words = request.GET.get("q", "").strip()[:MOST_WORDS].replace("\x00", "")
    page = min(small_int(request.GET.get("page", "")) or 1, LAST_PAGE)
    total = queries.place_count(actor, words)
    here = HereForm(request.POST) if request.method == "POST" else HereForm()
    near = here.is_bound and here.is_valid()
    if here.is_bound and not near:
        messages.error(request, _("Where you are is not known. Look for the place by its name."))
    lines = (
        queries.nearest_places(actor, here.here())
        if near
        else queries.places_to_visit(actor, words, page)
    )
    shown = {
        "here": HereForm(),
        "near": near,
        "words": words,
        "lines": lines,
        "recent": [] if words or near or page > 1 else queries.recent_places(actor),
        "total": total,
        "page": page,
        "last": near or page * queries.PAGE >= total,
        "to_recheck": queries.hazard_count(actor, "recheck"),
    }
    return render(request, "inspections/choose.html", shown)


@never_cache  # a page from the cache would carry the key of the visit before
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def fill(request: HttpRequest, code: str) -> HttpResponse:
    """The one form of the visit; an error comes back with everything that was answered."""
    actor = _visitor(request)
    place = queries.access_premises(actor, code)
    sent = request.method == "POST"
    head = VisitForm(request.POST if sent else None)
    head.is_valid()
    said_at = head.cleaned_data.get("visited_at") if sent else None
    data, files = (request.POST, request.FILES) if sent else (None, None)
    try:
        day = local_day(checked_time(said_at, now()))
    except BadInput:
        day = local_day(now())  # the verb says what is wrong with the time
    asked = points_for(place.kind, gas=place.uses_gas, day=day)
    points = [PointForm(data, files, point=p) for p in asked]
    if sent and (stored := _stored(head, points, place.code, day, actor)):
        known = _("This visit had already been stored.")
        messages.success(request, known if stored.repeated else _("The visit is stored."))
        return redirect("inspections:receipt", code=stored.code)
    by_code = {form.point.code: form for form in points}
    shown = {
        "place": place,
        "address": queries.address_of(place),
        "head": head,
        "groups": [(title, [by_code[p.code] for p in some]) for title, some in grouped(asked)],
        "open": queries.hazards_at(actor, place.pk),
        "wrong": sum(bool(form.errors) for form in points) if sent else 0,
    }
    return render(request, "inspections/visit.html", shown, status=422 if sent else 200)


def _stored(
    head: VisitForm, points: list[PointForm], place: str, day: date, actor: Actor
) -> Stored | None:
    """Store it; None when the forms now say what they lack, everything at once."""
    answers = tuple(form.answer() for form in points)
    said = head.cleaned_data
    visit = VisitIn(f"visit:{said['intake_key']}", place, answers, said["visited_at"])
    try:
        if not any(form.errors for form in points):
            return store_visit(visit, actor=actor)
        check_answers(answers, {form.point.code: form.point for form in points}, day)
    except BadInput as error:
        spread(head, points, error)
    return None


@never_cache
@login_required
@require_safe
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """What was found and by when it has to be right, to read and to print."""
    actor = actor_of(request)
    require(people.role_may(actor, "hazard.read"))
    try:
        visit = access_visit(actor, normalise(code))
    except BadInput as error:
        raise NotFound("visit.not_found") from error
    shown = {
        "receipt": queries.receipt(visit),
        "address": queries.address_of(visit.premises),
        "role": people.role_label(visit.actor_role),
        "agencies": {a.code: a.title for a in people.agencies()},
        "may_visit": people.role_may(actor, "visit.make").allowed,
    }
    return render(request, "inspections/receipt.html", shown)
