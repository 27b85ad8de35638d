"""Where the teams appear in the menus."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from maplebridge.kernel.actor import Actor
from maplebridge.kernel.faces import MenuEntry, register_menu

OVERSEERS = frozenset({"dispatcher", "duty_chief", "station_chief"})  # of all teams


def is_volunteer(actor: Actor) -> bool:
    return actor.volunteer_id is not None


# By role only: a menu is drawn on every page and may not ask the database.
def is_captain(actor: Actor) -> bool:
    return actor.role == "team_captain"


def sees_all_teams(actor: Actor) -> bool:
    return actor.role in OVERSEERS


register_menu(MenuEntry("field", _("About me"), "teams:me", 40, is_volunteer))
register_menu(MenuEntry("field", _("My team"), "teams:list", 50, is_captain))
register_menu(MenuEntry("field", _("Teams"), "teams:list", 51, sees_all_teams))
