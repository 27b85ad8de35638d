"""Figures in the menu of those who may open them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from maplebridge.indicators.api import may_see_figures
from maplebridge.kernel.actor import Actor
from maplebridge.kernel.faces import MenuEntry, register_menu


def _may(actor: Actor) -> bool:
    return bool(may_see_figures(actor))


register_menu(MenuEntry("desk", _("Figures"), "indicators:figures", 80, _may))
