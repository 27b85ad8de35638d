"""This room's entries in the menus."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from maplebridge.kernel.actor import Actor
from maplebridge.kernel.faces import MenuEntry, register_menu


def _staff(actor: Actor) -> bool:
    return actor.is_staff


def _public(actor: Actor) -> bool:
    return not actor.is_staff


register_menu(MenuEntry("portal", _("Stations"), "people:stations", 60, _public))
register_menu(MenuEntry("desk", _("Stations"), "people:stations_desk", 60, _staff))
