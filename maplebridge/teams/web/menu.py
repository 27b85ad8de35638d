"""Where the teams appear in the menus."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from maplebridge.kernel.actor import Actor
from maplebridge.kernel.faces import MenuEntry, register_menu

TEAM_ROLES = frozenset({"team_captain", "dispatcher", "duty_chief", "station_chief"})


def is_volunteer(actor: Actor) -> bool:
    return actor.volunteer_id is not None


def may_open_teams(actor: Actor) -> bool:
    """By role only: a menu is drawn on every page and may not ask the database."""
    return actor.role in TEAM_ROLES


register_menu(MenuEntry("field", _("About me"), "teams:me", 40, is_volunteer))
register_menu(MenuEntry("field", _("My team"), "teams:list", 50, may_open_teams))
