"""Who may see and answer an order."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from maplebridge.incidents import api as incidents
from maplebridge.kernel.actor import Actor, ActorKind
from maplebridge.kernel.errors import NotAllowed, NotFound, Refused
from maplebridge.kernel.policy import require
from maplebridge.orders.models import Order
from maplebridge.orders.states import FLOW, Verb
from maplebridge.people import api as people

DESK_VERBS = frozenset({Verb.REISSUE, Verb.URGE, Verb.CANCEL})


def visible(actor: Actor) -> Q:
    """Own agency's orders; those who triage see the orders of the incidents they see."""
    if actor.kind is ActorKind.SYSTEM:
        return Q()
    if people.role_may(actor, "incident.triage").allowed:
        return Q(incident__in=incidents.visible_incidents(actor))
    if actor.agency_code and people.role_may(actor, "order.answer").allowed:
        return Q(agency_code=actor.agency_code)
    return Q(pk__in=[])


def access_order(actor: Actor, order_id: int, to: Verb) -> Order:
    """The only door to an order; hidden and absent look the same."""
    order = Order.objects.select_related("incident").filter(visible(actor), pk=order_id).first()
    if order is None:
        raise NotFound("order.not_found")
    if actor.kind is not ActorKind.SYSTEM:
        needed = "incident.triage" if to in DESK_VERBS else "order.answer"
        require(people.role_may(actor, needed))
        # Taking in a matter is everybody's; answering for an agency is that agency's alone.
        if to not in DESK_VERBS and actor.agency_code != order.agency_code:
            raise NotAllowed("order.other_agency")
    if order.incident.state == incidents.State.MERGED:
        raise Refused("order.follows", _("This matter follows another one now."))
    FLOW.after(order.state, to)
    return order
