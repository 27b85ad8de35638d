"""Clerks of agencies."""

from __future__ import annotations

from maplebridge.orders import api as orders
from maplebridge.people import api as people
from maplebridge.twin.city.history.answers import answer_of, return_reason
from maplebridge.twin.living.doing.scene import Scene
from maplebridge.twin.living.records import Act
from maplebridge.twin.living.words import after
from maplebridge.twin.queries.matters import order_case


def accept(act: Act, scene: Scene) -> None:
    orders.accept_order(act.on, actor=scene.cast.clerk(order_case(act.on).agency))


def send_back(act: Act, scene: Scene) -> None:
    """Once only, with the rule and the agency that is competent instead."""
    held = order_case(act.on)
    to = "COMM" if held.agency != "COMM" else "UMLE"
    reason = return_reason(people.agency(to).name)
    orders.return_order(act.on, reason, to, actor=scene.cast.clerk(held.agency))


def answer(act: Act, scene: Scene) -> None:
    held = order_case(act.on)
    words = answer_of(held.agency) + scene.dice.pick(after.CLERK, "clerk", act.on)
    orders.answer_order(act.on, words, actor=scene.cast.clerk(held.agency))
