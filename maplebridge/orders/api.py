"""The one door to the orders room."""

from __future__ import annotations

from maplebridge.orders.actions import (
    accept_order,
    answer_order,
    cancel_orders,
    reissue_order,
    return_order,
    settle,
    split_incident,
    urge_order,
)
from maplebridge.orders.queries import clocks, open_count, open_orders, orders_of, promise
from maplebridge.orders.states import FLOW, OPEN, Part, State, Verb

__all__ = [
    "FLOW",
    "OPEN",
    "Part",
    "State",
    "Verb",
    "accept_order",
    "answer_order",
    "cancel_orders",
    "clocks",
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
