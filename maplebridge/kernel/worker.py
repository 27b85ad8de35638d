"""The worker loop: deliver events, run jobs, seal the journal."""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path

import structlog
from django.conf import settings
from django.db import OperationalError, close_old_connections

from maplebridge.kernel.errors import trace_of
from maplebridge.kernel.jobs import job
from maplebridge.kernel.jobs.queue import enqueue_due_slots, sweep, work_once
from maplebridge.kernel.journal.anchors import keep_anchor, newest_anchor
from maplebridge.kernel.journal.sealing import seal_next
from maplebridge.kernel.journal.subscribers import deliver_all

log = structlog.get_logger(__name__)
IDLE_SECONDS = 0.15
SLOT_SECONDS = 1.0
SEAL_SECONDS = 5.0
JOBS_PER_ROUND = 50


@job("kernel.sweep_jobs", every=timedelta(hours=6))
def sweep_jobs(_payload: object) -> None:
    sweep()


@job("kernel.write_anchor", every=timedelta(days=1))
def write_anchor(_payload: object) -> None:
    """The chain value of today, where whoever can rewrite the database can not reach."""
    path, anchor = settings.MAPLEBRIDGE.anchor_file, newest_anchor()
    if path and anchor:
        keep_anchor(Path(path), anchor)


class Worker:
    """One worker; any number may run beside each other on PostgreSQL."""

    def __init__(self) -> None:
        self.stopping = False
        self._next_slots = 0.0
        self._next_seal = 0.0

    def stop(self, *_signal: object) -> None:
        self.stopping = True

    def run(self) -> None:
        while not self.stopping:
            try:
                busy = self.round()
            except OperationalError:
                # The database is away: keep the process, it comes back by itself.
                log.warning("database_away")
                close_old_connections()
                busy = False
                time.sleep(1.0)
            except Exception as error:
                # Whatever it was, a worker that ends stops every order and every offer.
                log.error("round_failed", error=trace_of(error))
                busy = False
                time.sleep(1.0)
            if not busy:
                time.sleep(IDLE_SECONDS)

    def round(self) -> bool:
        """One turn; whether there was anything to do."""
        at = time.monotonic()
        if at >= self._next_slots:
            enqueue_due_slots()
            self._next_slots = at + SLOT_SECONDS
        busy = deliver_all() > 0
        for _ in range(JOBS_PER_ROUND):
            if self.stopping or not work_once():
                break
            busy = True
        if at >= self._next_seal:
            while seal_next():
                busy = True
            self._next_seal = at + SEAL_SECONDS
        return busy
