"""The wall in the menu of those who may see it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from maplebridge.kernel.actor import Actor, ActorKind
from maplebridge.kernel.faces import MenuEntry, register_menu
from maplebridge.live.api import may_see_wall


def _may(actor: Actor) -> bool:
    # Residents find the way by its address: their menu is for reporting.
    return actor.kind is ActorKind.PERSON and bool(may_see_wall(actor))


register_menu(MenuEntry("wall", _("Wall"), "live:wall", 10, _may))
