"""Jobs of the people room."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from maplebridge.kernel.clock import local_day, now
from maplebridge.kernel.jobs import job
from maplebridge.people.actions.rostering import DAYS_AHEAD, plan_duty


@job("people.plan_duty", every=timedelta(hours=6))
def plan_next_days(_payload: Mapping[str, object]) -> None:
    """Keep rosters a week ahead; a day that has one keeps it."""
    today = local_day(now())
    plan_duty(today, today + timedelta(days=DAYS_AHEAD))
