"""The living city as pages show it."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from maplebridge.kernel.clock import now
from maplebridge.twin.models import LivingCity
from maplebridge.twin.states import PACES, USUAL

SLOW = 12  # acts behind: from here on the city says that it is slower than its pace


@dataclass(frozen=True, slots=True)
class CityNow:
    pace: int
    paused: bool
    alive: bool  # a worker plays the people at this moment
    allowed: bool  # by the settings
    slow: bool  # more is due than fits
    asked: str  # "" | reset | empty: under way
    acts: int
    matters: int
    behind: int
    refused: tuple[tuple[str, int], ...]
    paces: tuple[int, ...] = PACES


def city_now() -> CityNow:
    """One query; the usual pace where nothing was ever said."""
    row = LivingCity.objects.filter(pk=1).first()
    if row is None:
        return CityNow(USUAL, False, False, settings.MAPLEBRIDGE.lives, False, "", 0, 0, 0, ())
    refused = sorted(row.refused.items(), key=lambda pair: -pair[1])
    return CityNow(
        row.pace, row.paused, row.held_until is not None and row.held_until > now(),
        settings.MAPLEBRIDGE.lives, row.behind >= SLOW and not row.paused, row.asked, row.acts,
        row.matters, row.behind, tuple(refused),
    )  # fmt: skip
