"""What production refuses to start with, whoever starts it.

A command, a WSGI server and a worker all come by here: a proxy that starts the application by its
name would otherwise serve what `maplebridge serve` refuses.
"""

from __future__ import annotations

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from maplebridge.exchange.api import client_of
from maplebridge.kernel.errors import Refused
from maplebridge.people import api as people

DEMO_TOKEN = "demo-token-for-trying-the-api"  # noqa: S105  production refuses it


def refuse_unsafe_start() -> None:
    """Raise `Refused` with what to do about it."""
    try:
        _refuse()
    finally:
        connection.close()  # the thread that starts a server serves nobody, and would hold it


def _refuse() -> None:
    if waiting := pending_migrations():
        raise Refused(
            "start.migrations",
            "{count} migrations are not applied. Run “maplebridge migrate” first.",
            count=len(waiting),
        )
    if not settings.MAPLEBRIDGE.production:
        return
    people.refuse_demo_accounts()
    if client_of(DEMO_TOKEN) is not None:
        raise Refused(
            "start.demo_token",
            "Production does not start with the demonstration's API token. "
            "Run “maplebridge client revoke demo”.",
        )


def pending_migrations() -> list[str]:
    """Names of migrations that are not applied."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [str(migration) for migration, _backwards in plan]
