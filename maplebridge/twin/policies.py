"""Who may change the pace, and who may begin anew: in the demonstration only."""

from __future__ import annotations

from django.conf import settings

from maplebridge.kernel.actor import Actor, ActorKind
from maplebridge.kernel.policy import Verdict, allow, deny
from maplebridge.people import api as people


def may_change_pace(_actor: Actor) -> Verdict:
    """Anybody who looks at the demonstration: nothing real hangs on it."""
    return allow("the demonstration") if settings.MAPLEBRIDGE.demo else deny("twin.no_demo")


def may_begin_anew(actor: Actor) -> Verdict:
    """Who runs the installation; everything that happened is thrown away."""
    if not settings.MAPLEBRIDGE.demo:
        return deny("twin.no_demo")
    if actor.kind is ActorKind.SYSTEM:
        return allow("the command line")
    return people.role_may(actor, "import.run")
