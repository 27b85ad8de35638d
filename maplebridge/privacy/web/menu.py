"""The journal in the menu of those who may read it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from maplebridge.kernel.actor import Actor
from maplebridge.kernel.faces import MenuEntry, register_menu
from maplebridge.privacy.api import may_read_journal, may_read_readings


def _journal(actor: Actor) -> bool:
    return bool(may_read_journal(actor))


def _readings(actor: Actor) -> bool:
    return bool(may_read_readings(actor))


register_menu(MenuEntry("desk", _("Journal"), "privacy:journal", 4, _journal))
register_menu(MenuEntry("desk", _("Who read what"), "privacy:readings", 6, _readings))
