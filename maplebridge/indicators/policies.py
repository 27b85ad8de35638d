"""Who may open a figure; definitions are open to everybody."""

from __future__ import annotations

from django.db.models import Q

from maplebridge.incidents import api as incidents
from maplebridge.kernel.actor import Actor, ActorKind
from maplebridge.kernel.policy import Verdict, deny
from maplebridge.people import api as people


def may_see_figures(actor: Actor) -> Verdict:
    """Sums are for everybody who works here; matters behind only as far as they see them."""
    if actor.kind is ActorKind.RESIDENT:
        return deny("figures.resident")
    return people.role_may(actor, "figures.read")


# Who answers for figures and handles no matter: for them a number has to be made of something.
OUTLINE_ROLES = frozenset({"leader", "evaluator"})


def in_outline(actor: Actor) -> Q:
    """Which matters the actor may see by kind, urgency, grid and hour, without opening any."""
    if actor.kind is ActorKind.PERSON and actor.role in OUTLINE_ROLES:
        return incidents.in_outline()
    return Q(pk__in=[])
