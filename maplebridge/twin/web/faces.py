"""What the demonstration adds to every page: the bar below, and the tour above."""

from __future__ import annotations

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest
from django.template.loader import render_to_string

from maplebridge.kernel.faces import Panel, register_panel
from maplebridge.twin.queries.city import city_now
from maplebridge.twin.web.touring import card

DOORS = ("/", "/signin/")  # where a newcomer arrives; the bar is below the fold there


def register() -> None:
    register_panel(Panel("frame.top", 10, tour_card))
    register_panel(Panel("frame.foot", 10, city_bar))


def city_bar(request: HttpRequest, path: str) -> str:
    """Pace, pause, roles and tour; nothing outside the demonstration."""
    if not settings.MAPLEBRIDGE.demo:
        return ""
    try:
        shown = {"city": city_now(), "path": path}
    except (OperationalError, InterfaceError):  # the page says so itself
        return ""
    return render_to_string("twin/bar.html", shown, request=request)


def tour_card(request: HttpRequest, path: str) -> str:
    if not settings.MAPLEBRIDGE.demo:
        return ""
    found = card(request, path)
    if found is not None:
        return render_to_string("twin/tour.html", {"tour": found}, request)
    return render_to_string("twin/invite.html", {}, request) if path in DOORS else ""
