"""The bar's controls and the page of the city itself; in the demonstration only."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from maplebridge.kernel.actor import actor_of
from maplebridge.kernel.errors import BadInput, NotFound
from maplebridge.kernel.numbers import small_int
from maplebridge.twin import api


def _demo() -> None:
    if not settings.MAPLEBRIDGE.demo:
        raise NotFound("twin.no_demo")


@require_POST
def pace(request: HttpRequest) -> HttpResponse:
    """Another pace, or a pause; back to the page one was on."""
    _demo()
    said = request.POST.get("pause", "")
    api.set_pace(
        pace=small_int(request.POST.get("pace", "")),
        paused={"yes": True, "no": False}.get(said),
        actor=actor_of(request),
    )
    return HttpResponseRedirect(_next(request))


@never_cache
@require_safe
def now(request: HttpRequest) -> HttpResponse:
    """The line of the bar that tells how the city goes."""
    _demo()
    return render(request, "twin/now.html", {"city": api.city_now()})


@never_cache
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """What the living city is, how it goes, and the two ways to begin anew."""
    _demo()
    actor = actor_of(request)
    shown = {
        "city": api.city_now(),
        "may_begin": bool(api.may_begin_anew(actor)),
        "progress": api.progress(),
    }
    return render(request, "twin/city.html", shown)


@require_POST
def anew(request: HttpRequest) -> HttpResponse:
    """Ask for a beginning; the worker does it in one piece or not at all."""
    _demo()
    what = request.POST.get("what", "")
    if what not in (api.Asked.RESET, api.Asked.EMPTY):
        raise BadInput("twin.what")
    if api.ask_anew(api.Asked(what), actor=actor_of(request)):
        messages.info(request, _("It has begun. Until it is whole, everything stays as it is."))
    return redirect("twin:city")


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        wanted, {request.get_host()}, require_https=request.is_secure()
    )
    return wanted if ours else "/"
