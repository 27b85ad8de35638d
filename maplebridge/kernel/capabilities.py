"""What the database engine in use can do. The only place that knows an engine by its name.

Everything else asks for a flag, so a new engine is one more row here and the same tests.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connections
from django.db.models import BigIntegerField, Func


@dataclass(frozen=True, slots=True)
class Capabilities:
    writable_ctes: bool  # several INSERT … RETURNING in one statement
    transaction_id: str  # SQL for the id of the running transaction
    horizon: str  # SQL: every transaction below it has ended
    skip_locked: str  # appended to a claim so that workers do not queue behind each other


_BY_VENDOR = {
    "postgresql": Capabilities(
        writable_ctes=True,
        transaction_id="(pg_current_xact_id()::text::bigint)",
        horizon="(pg_snapshot_xmin(pg_current_snapshot())::text::bigint)",
        skip_locked="FOR UPDATE SKIP LOCKED",
    ),
    # Immediate transactions write one after the other, so ids already come in commit order.
    "sqlite": Capabilities(writable_ctes=False, transaction_id="0", horizon="1", skip_locked=""),
}


def capabilities(alias: str = "default") -> Capabilities:
    return _BY_VENDOR[connections[alias].vendor]


class CurrentTransaction(Func):
    """The running transaction's id as a column default."""

    output_field = BigIntegerField()
    allowed_default = True

    def as_sql(
        self,
        compiler: Any,
        connection: Any,
        function: str | None = None,
        template: str | None = None,
        arg_joiner: str | None = None,
        **extra_context: Any,
    ) -> tuple[str, tuple[str | int, ...]]:
        return _BY_VENDOR[connection.vendor].transaction_id, ()
