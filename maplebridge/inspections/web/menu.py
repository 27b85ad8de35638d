"""Where the room shows itself in the menus, and whom a newcomer plays in it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from maplebridge.inspections.queries import busiest_grid_worker
from maplebridge.kernel.actor import Actor
from maplebridge.kernel.faces import MenuEntry, register_menu
from maplebridge.people import api as people


def may_visit(actor: Actor) -> bool:
    return actor.is_staff and people.role_may(actor, "visit.make").allowed


def reads_hazards(actor: Actor) -> bool:
    return actor.is_staff and people.role_may(actor, "hazard.read").allowed


def reads_at_desk(actor: Actor) -> bool:
    """Who visits has the list in the field; the same list stands at the desk for the others."""
    return reads_hazards(actor) and not may_visit(actor)


register_menu(MenuEntry("field", _("Visit"), "inspections:choose", 15, may_visit))
register_menu(MenuEntry("field", _("Hazards"), "inspections:field_hazards", 16, may_visit))
register_menu(MenuEntry("desk", _("Hazards"), "inspections:hazards", 40, reads_at_desk))
people.register_demo_choice("grid_worker", busiest_grid_worker)
