"""Who may change places. Reading them is open: they are about places, not people."""

from __future__ import annotations

from maplebridge.kernel.actor import Actor, ActorKind
from maplebridge.kernel.policy import Verdict, allow, deny

GRID_KEEPERS = frozenset({"sys_admin"})


def may_change_grid(actor: Actor) -> Verdict:
    """A new grid decides which figures a cell counts in, so it is an administrator's act."""
    if actor.kind is ActorKind.SYSTEM:
        return allow("system")
    if actor.role in GRID_KEEPERS:
        return allow(f"grid.change as {actor.role}")
    return deny("places.grid_change_not_yours")


def may_change_zones(actor: Actor, station_id: int) -> Verdict:
    """The chief of the station, or an administrator."""
    if actor.kind is ActorKind.SYSTEM or actor.role in GRID_KEEPERS:
        return allow(f"zones.change as {actor.role}")
    if actor.role == "station_chief" and actor.station_id == station_id:
        return allow("chief of this station")
    return deny("places.zones_not_yours")
