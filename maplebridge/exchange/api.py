"""The one door to the exchange room."""

from __future__ import annotations

from maplebridge.exchange.advisor import Grouped, group_file
from maplebridge.exchange.clients import (
    Client,
    client_of,
    forget_clients,
    issue_client,
    revoke_client,
)
from maplebridge.exchange.replaying import Summary, count_rows, replay_file
from maplebridge.exchange.rows import Columns

__all__ = [
    "Client",
    "Columns",
    "Grouped",
    "Summary",
    "client_of",
    "count_rows",
    "forget_clients",
    "group_file",
    "issue_client",
    "replay_file",
    "revoke_client",
]
