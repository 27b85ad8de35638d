"""Who may open a figure; definitions are open to everybody."""

from __future__ import annotations

from maplebridge.kernel.actor import Actor, ActorKind
from maplebridge.kernel.policy import Verdict, deny
from maplebridge.people import api as people


def may_see_figures(actor: Actor) -> Verdict:
    """Sums are for everybody who works here; matters behind only as far as they see them."""
    if actor.kind is ActorKind.RESIDENT:
        return deny("figures.resident")
    return people.role_may(actor, "figures.read")
