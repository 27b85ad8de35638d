"""On a matter's page: opening it leaves a trace, and the page says so."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string

from maplebridge.kernel.actor import actor_of
from maplebridge.kernel.faces import Panel, register_panel
from maplebridge.privacy.api import note_opened


def trace(request: HttpRequest, code: str) -> str:
    """Note the opening first: a page whose trace cannot be written is not shown."""
    note_opened(code, actor=actor_of(request))
    return render_to_string("privacy/trace.html")


register_panel(Panel("incident.side", 90, trace))
# Beside another matter its words are read as on a page of its own.
register_panel(Panel("incident.beside", 90, trace))
