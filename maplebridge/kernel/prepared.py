"""A statement that the server parses once and plans once, for the one command that must be cheap.

Django writes parameters into the SQL text, and the server parses and plans it each time. For a
statement of five inserts that costs both sides more than carrying it out. The hot path sends its
parameters apart and keeps the statement prepared on the connection. A pooler between must know
prepared statements (PgBouncer 1.21 or newer with max_prepared_statements, or session pooling).
"""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper

NEVER_BY_ITSELF = 1_000_000_000


def prepared_cursor() -> CursorWrapper:
    """Through Django's connection, so that its checks, errors and counting of queries hold.

    The places of parameters are `$1`, `$2`, …: with `%s` the driver would take a statement of that
    many apart in each call, which costs more than sending it. PostgreSQL only; the caller has asked
    `capabilities()`.
    """
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    driver: Any = connection.connection
    # Django switches preparing off for a connection; without a threshold even an express wish is
    # not heard. This one is never reached, so nothing else is prepared by itself.
    driver.prepare_threshold = NEVER_BY_ITSELF
    with connection.wrap_database_errors:
        # The wrapping of `cursor()`, around another driver's cursor: no public name does that.
        return connection._prepare_cursor(_cursor_class()(connection.connection))  # type: ignore[attr-defined,no-any-return]


@cache
def _cursor_class() -> Any:
    """Made on first use: an installation on SQLite needs no driver of PostgreSQL."""
    from psycopg import RawCursor
    from psycopg.types.numeric import Int8

    class Prepared(RawCursor[Any]):
        def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
            if params is not None:
                # Small and large numbers have types of their own, and each mix of types would be
                # a statement of its own.
                params = [Int8(value) if type(value) is int else value for value in params]
            return super().execute(query, params, **{"prepare": True, **options})

    return Prepared
