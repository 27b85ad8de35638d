"""Timers of dispatch: silence is an answer too."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from maplebridge.dispatch import api
from maplebridge.kernel.clock import now
from maplebridge.kernel.jobs import enqueue, job

EVERY = timedelta(seconds=5)


@job("dispatch.expire_offers", every=EVERY)
def expire_offers(_payload: Mapping[str, object]) -> None:
    """One job for each call that is due, so that one which fails does not hold up the others."""
    slot = int(now().timestamp() // EVERY.total_seconds())
    for call_id in api.due_calls(now()):
        enqueue("dispatch.advance_call", {"call": call_id}, key=f"dispatch.call:{call_id}@{slot}")
    for alarm_id in api.unanswered_alarms(now()):
        enqueue("dispatch.link_police", {"alarm": alarm_id}, key=f"dispatch.alarm:{alarm_id}")


@job("dispatch.advance_call")
def advance_call(payload: Mapping[str, object]) -> None:
    api.advance_call(int(str(payload["call"])))


@job("dispatch.link_police")
def link_police(payload: Mapping[str, object]) -> None:
    api.link_police(int(str(payload["alarm"])))
