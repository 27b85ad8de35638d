"""What dispatch adds to menus, to pages of other rooms, and to the demonstration."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from maplebridge.kernel.actor import Actor
from maplebridge.kernel.faces import MenuEntry, register_menu
from maplebridge.people import api as people


def has_orders(actor: Actor) -> bool:
    return people.role_may(actor, "dispatch.accept").allowed


def raises_alarms(actor: Actor) -> bool:
    return people.role_may(actor, "alarm.raise").allowed


def register() -> None:
    """Called once when the app is ready."""
    register_menu(MenuEntry("field", _("My orders"), "dispatch:home", 10, has_orders))
    register_menu(MenuEntry("field", _("Alarm"), "dispatch:alarm", 20, raises_alarms))
