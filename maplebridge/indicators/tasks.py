"""Counting old matters for new figures, piece by piece, while everything else goes on."""

from __future__ import annotations

from collections.abc import Mapping

from maplebridge.indicators import api
from maplebridge.kernel.jobs import enqueue, job


@job("indicators.recount")
def recount(payload: Mapping[str, object]) -> None:
    """One piece, then a job for the next; begun by a migration that brings a new figure."""
    run, before = payload["run"], payload.get("before")
    ended = api.recount_before(None if before is None else int(str(before)))
    if ended is not None:
        key = f"indicators.recount:{run}@{ended}"  # a job may run twice; the next one only once
        enqueue("indicators.recount", {"run": run, "before": ended}, key=key)
