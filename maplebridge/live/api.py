"""The one door to the live room."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import datetime
from typing import Any

from maplebridge.incidents import api as incidents
from maplebridge.indicators.api import figures
from maplebridge.kernel.actor import Actor
from maplebridge.kernel.clock import now
from maplebridge.kernel.errors import NotFound
from maplebridge.kernel.policy import require
from maplebridge.live import wall
from maplebridge.live.policies import Topic, may_listen, may_see_wall

__all__ = ["may_see_wall", "snapshot"]

Snapshot = dict[str, Any]


def snapshot(face: str, actor: Actor) -> Snapshot:
    """What a face shows now, as plain values: `wall`, or `desk` for those who may hear it.

    A snapshot, then every event of one action, gives the same as a fresh snapshot; tests of
    actions rely on it (`live.testing.assert_replays`).
    """
    made: dict[str, Callable[[Actor], Snapshot]] = {"wall": _wall, "desk": _desk}
    if face not in made:
        raise NotFound("live.face")
    require(may_listen(actor, Topic(face)))
    return made[face](actor)


def _wall(_actor: Actor) -> Snapshot:
    found = dataclasses.asdict(figures(now()))
    return {"figures": _plain(found), "events": wall.events_geojson()["features"]}


def _desk(actor: Actor) -> Snapshot:
    rows = incidents.open_incidents(actor).values_list("code", "state", "urgency")
    return {"open": sorted(map(list, rows))}


def _plain(value: Any) -> Any:
    """JSON values; without the age, which differs between two looks at the same thing."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items() if key not in {"at", "as_of"}}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, datetime) else value
