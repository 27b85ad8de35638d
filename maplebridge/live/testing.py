"""For tests of actions: the journal alone keeps a board right."""

from __future__ import annotations

from collections.abc import Callable

from maplebridge.indicators import api as indicators
from maplebridge.kernel.actor import Actor
from maplebridge.kernel.testing import LIN, deliver
from maplebridge.live.api import Snapshot, snapshot


def assert_replays(act: Callable[[], object], *, face: str = "wall", actor: Actor = LIN) -> None:
    """Snapshot + the events of one action = fresh snapshot, and the action showed at all."""
    deliver()
    before = snapshot(face, actor)
    act()
    deliver()
    after = snapshot(face, actor)
    indicators.rebuild()
    fresh: Snapshot = snapshot(face, actor)
    assert after == fresh, "what the events made of the board differs from a fresh look"
    assert after != before, "the action left no trace on the board"
