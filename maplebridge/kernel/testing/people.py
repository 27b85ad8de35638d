"""Lin runs the duty desk, Bao is grid worker of the next grid, Chen is a resident.

They are plain actors without rows; a room that needs rows for them makes them in its factories.
"""

from __future__ import annotations

from maplebridge.kernel.actor import RESIDENT, Actor, ActorKind

LIN = Actor(kind=ActorKind.PERSON, role="dispatcher", label="Lin")
BAO = Actor(kind=ActorKind.PERSON, role="grid_worker", label="Bao")
CHEN = RESIDENT
