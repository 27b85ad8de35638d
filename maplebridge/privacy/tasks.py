"""Named jobs of the room."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from maplebridge.kernel.jobs import job
from maplebridge.privacy.actions import PROVE, prove_step
from maplebridge.privacy.retention import apply_retention


@job("privacy.retention", every=timedelta(hours=1))
def retention(_payload: Mapping[str, object]) -> None:
    apply_retention()


@job(PROVE)
def prove_journal(payload: Mapping[str, object]) -> None:
    prove_step(int(str(payload["proof"])))
