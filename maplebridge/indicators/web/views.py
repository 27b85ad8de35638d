"""Pages of figures: the public method, and one figure with the matters behind it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maplebridge.indicators.api import DEFINITIONS, PENDING, may_see_figures
from maplebridge.indicators.page import opened, readings
from maplebridge.kernel.actor import actor_of
from maplebridge.kernel.clock import now
from maplebridge.kernel.numbers import small_int
from maplebridge.kernel.policy import require


@require_safe
def method(request: HttpRequest) -> HttpResponse:
    """How every figure is made, and which cannot be made yet; open to everybody."""
    shown = {"definitions": DEFINITIONS.values(), "pending": PENDING}
    return render(request, "indicators/method.html", shown)


@require_safe
def all_figures(request: HttpRequest) -> HttpResponse:
    """Every figure with its value, what it rests on, its comparison and its age."""
    require(may_see_figures(actor_of(request)))
    shown = {"readings": readings(now()), "pending": PENDING}
    return render(request, "indicators/figures.html", shown)


@require_safe
def figure(request: HttpRequest, metric: str) -> HttpResponse:
    """The definition, the value with its interval, and the matters behind."""
    actor = actor_of(request)
    require(may_see_figures(actor))
    page = small_int(request.GET.get("page", "")) or 1
    found = opened(metric, now(), actor, request.GET.get("key"), page)
    return render(request, "indicators/figure.html", {"opened": found, "reading": found.reading})
