"""What dispatch adds to menus, to pages of other rooms, and to the demonstration."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from maplebridge.dispatch.queries.facts import newest_crew_account
from maplebridge.dispatch.queries.orders import newest_asked_account
from maplebridge.dispatch.web import desk, panels
from maplebridge.kernel.actor import Actor
from maplebridge.kernel.clock import now
from maplebridge.kernel.faces import (
    MenuEntry,
    Panel,
    register_follow_up,
    register_menu,
    register_panel,
)
from maplebridge.people import api as people
from maplebridge.teams import api as teams

ON_THE_STREET = frozenset({
    "police_officer", "auxiliary_officer", "police_assistant", "grid_worker",
    "urban_enforcement", "market_supervisor", "social_org_member",
    "volunteer", "team_captain", "sentinel", "sentinel_leader",
})  # fmt: skip


def has_orders(actor: Actor) -> bool:
    return people.role_may(actor, "dispatch.accept").allowed


def raises_alarms(actor: Actor) -> bool:
    return people.role_may(actor, "alarm.raise").allowed


def only_reports(actor: Actor) -> bool:
    """Who works on the street without being sent: the page is theirs, under another name."""
    return actor.role in ON_THE_STREET and not has_orders(actor)


def reports(actor: Actor) -> bool:
    return actor.role in ON_THE_STREET and people.role_may(actor, "incident.receive").allowed


def register() -> None:
    """Called once when the app is ready."""
    register_menu(MenuEntry("field", _("My orders"), "dispatch:home", 10, has_orders))
    register_menu(MenuEntry("field", _("My duty"), "dispatch:duty", 10, only_reports))
    register_menu(MenuEntry("field", _("Report"), "dispatch:report", 15, reports))
    register_menu(MenuEntry("field", _("Alarm"), "dispatch:alarm", 20, raises_alarms))
    register_panel(Panel("incident.side", 10, panels.who_goes))
    register_panel(Panel("incident.map", 10, panels.numbered))
    register_panel(Panel("incident.act", 10, panels.main_action))
    register_panel(Panel("desk.handover", 10, panels.alarms_left))
    register_follow_up("incident.decided", desk.send_ticked)
    register_panel(Panel("follow.now", 10, panels.who_comes))
    people.register_demo_choice("volunteer", asked_volunteer)
    people.register_demo_choice("police_officer", newest_crew_account)
    for role in ("sentinel_leader", "sentinel"):
        people.register_demo_choice(role, ready_sentinel)


def asked_volunteer() -> int | None:
    """A newcomer who plays the volunteer becomes the one who was asked last, so there is an order.

    Else the first volunteer.
    """
    return newest_asked_account() or teams.default_account()


def ready_sentinel() -> int | None:
    """One whose training holds: the others may not raise an alarm."""
    return teams.default_sentinel_account(now())
