"""Where the orders room shows itself: a menu entry and a part of the incident's page."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from maplebridge.incidents import api as incidents
from maplebridge.kernel.actor import Actor, actor_of
from maplebridge.kernel.faces import MenuEntry, Panel, register_menu, register_panel
from maplebridge.orders import queries
from maplebridge.people import api as people


def _may(actor: Actor) -> bool:
    return people.role_may(actor, "order.answer").allowed or (
        people.role_may(actor, "incident.triage").allowed
    )


def _orders_panel(request: HttpRequest, code: str) -> str:
    actor = actor_of(request)
    incident = incidents.access_incident(actor, code)
    names = {agency.code: agency.title for agency in people.agencies()}
    return render_to_string(
        "orders/panel.html",
        {
            "orders": [(o, names.get(o.agency_code, "")) for o in queries.orders_of(incident.pk)],
            "may_triage": people.role_may(actor, "incident.triage").allowed,
            "own_agency": actor.agency_code,
            "back": request.path,
        },
        request=request,
    )


def _promise_panel(request: HttpRequest, code: str) -> str:
    """The resident's view: by when there is an answer, and no organisation chart."""
    incident = incidents.brief_by_code(code)
    promised = queries.promise(incident.id)
    if promised is None:
        return ""
    return render_to_string("orders/promise.html", {"promised": promised}, request=request)


register_menu(MenuEntry("desk", _("Orders"), "orders:list", 30, _may))
register_panel(Panel("incident.side", 20, _orders_panel))
register_panel(Panel("follow.now", 20, _promise_panel))
