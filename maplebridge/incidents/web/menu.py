"""The room's entries in the menus of the portal and the desk."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from maplebridge.kernel.actor import Actor
from maplebridge.kernel.faces import MenuEntry, register_menu
from maplebridge.people import api as people


def _anybody(_actor: Actor) -> bool:
    return True


def _reads(actor: Actor) -> bool:
    return people.role_may(actor, "incident.read").allowed


def _answers_calls(actor: Actor) -> bool:
    """Volunteers and guards may write down what they are told, but no telephone rings there."""
    return _reads(actor) and people.role_may(actor, "incident.receive").allowed


def _measures(actor: Actor) -> bool:
    return people.role_may(actor, "brain.measure").allowed


register_menu(MenuEntry("portal", _("Report"), "incidents:report", 10, _anybody))
register_menu(MenuEntry("portal", _("Order help"), "incidents:order_help", 15, _anybody))
register_menu(MenuEntry("portal", _("Follow"), "incidents:follow", 20, _anybody))
register_menu(MenuEntry("desk", _("Queue"), "incidents:queue", 10, _reads))
register_menu(MenuEntry("desk", _("Take a call"), "incidents:call", 20, _answers_calls))
register_menu(MenuEntry("desk", _("Suggestions"), "incidents:brain", 72, _measures))
