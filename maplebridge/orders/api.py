"""The one door to the orders room."""

from __future__ import annotations

from maplebridge.orders.actions.history import import_history
from maplebridge.orders.actions.working import (
    accept_order,
    answer_order,
    cancel_orders,
    reissue_order,
    return_order,
    settle,
    split_incident,
    urge_order,
)
from maplebridge.orders.clocks import answer_due
from maplebridge.orders.queries import clocks, open_count, open_orders, orders_of, promise
from maplebridge.orders.records import PastOrder, PastOrderStep
from maplebridge.orders.states import FLOW, OPEN, Part, State, Verb

__all__ = [
    "FLOW",
    "OPEN",
    "Part",
    "PastOrder",
    "PastOrderStep",
    "State",
    "Verb",
    "accept_order",
    "answer_due",
    "answer_order",
    "cancel_orders",
    "clocks",
    "import_history",
    "open_count",
    "open_orders",
    "orders_of",
    "promise",
    "reissue_order",
    "return_order",
    "settle",
    "split_incident",
    "urge_order",
]
