"""Pages of figures: the public method, and one figure with the matters behind it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maplebridge.indicators.api import DEFINITIONS, may_see_figures
from maplebridge.indicators.page import opened
from maplebridge.kernel.actor import actor_of
from maplebridge.kernel.clock import now
from maplebridge.kernel.policy import require


@require_safe
def method(request: HttpRequest) -> HttpResponse:
    """How every figure is made; open to everybody."""
    return render(request, "indicators/method.html", {"definitions": DEFINITIONS.values()})


@require_safe
def all_figures(request: HttpRequest) -> HttpResponse:
    require(may_see_figures(actor_of(request)))
    return render(request, "indicators/figures.html", {"definitions": DEFINITIONS.values()})


@require_safe
def figure(request: HttpRequest, metric: str) -> HttpResponse:
    """The definition, the value with its interval, and the matters behind."""
    actor = actor_of(request)
    require(may_see_figures(actor))
    return render(request, "indicators/figure.html", {"figure": opened(metric, now(), actor)})
