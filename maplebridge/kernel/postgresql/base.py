"""The engine named in the settings: Django's own, with a check of its lasting connections that
costs nothing on a busy page process.

Django asks with a query of its own before a request's first one, so that a restarted database
costs nobody an error. Where requests come in hundreds a second that is every second round trip.
A connection that answered within the last second is trusted here: if the database goes away in
that second, a request may get the page that keeps what was typed, and its retry finds a new
connection.
"""

from __future__ import annotations

import time

from django.db.backends.postgresql import base

TRUST = 1.0  # seconds


class DatabaseWrapper(base.DatabaseWrapper):
    """One connection of one thread."""

    answered_at = float("-inf")  # monotonic seconds: when it was asked last, and answered

    def connect(self) -> None:
        super().connect()
        self.answered_at = time.monotonic()

    def close_if_health_check_failed(self) -> None:
        if time.monotonic() - self.answered_at < TRUST and not self.errors_occurred:
            self.health_check_done = True
            return
        asks = self.health_check_enabled and not self.health_check_done  # type: ignore[attr-defined]
        super().close_if_health_check_failed()
        if asks and self.connection is not None:
            self.answered_at = time.monotonic()
