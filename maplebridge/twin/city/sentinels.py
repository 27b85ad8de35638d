"""Guards of the industrial parks who are trained as sentinels."""

from __future__ import annotations

import numpy as np

from maplebridge.twin.city.aliases import Aliases
from maplebridge.twin.city.records import (
    GovernanceCell,
    Premises,
    Sentinel,
    SentinelTeam,
    ShiftCode,
)

SIZES = (6, 7, 8, 6, 7, 8)  # guards of the six parks
THREE: tuple[ShiftCode, ...] = ("day", "evening", "night")
TWO: tuple[ShiftCode, ...] = ("day", "night")
LAPSED = {(1, 3), (3, 5), (4, 2)}  # park, guard: training ran out
UNLICENSED = {(5, 6)}


def sentinel_teams(
    premises: tuple[Premises, ...],
    cells: tuple[GovernanceCell, ...],
    aliases: Aliases,
    rng: np.random.Generator,
) -> tuple[tuple[SentinelTeam, ...], tuple[Sentinel, ...]]:
    """One patrol team per park, in two or three shifts."""
    station = {cell.code: cell.station_code for cell in cells}
    parks = [p for p in premises if p.kind == "park"]
    teams: list[SentinelTeam] = []
    guards: list[Sentinel] = []
    for i, park in enumerate(parks):
        code = f"W{i + 1:02d}"
        teams.append(
            SentinelTeam(
                code=code,
                name_zh=f"{park.name_zh}警企巡防队",
                name_en=f"{park.name_en} patrol team",
                premises_code=park.code,
                station_code=station[park.cell_code],
                post=park.point,
            )
        )
        shifts = THREE if SIZES[i] >= 6 and i % 2 else TWO
        for k in range(SIZES[i]):
            days = int(rng.integers(15, 330))
            guards.append(
                Sentinel(
                    code=f"G{len(guards) + 1:03d}",
                    alias=aliases.take("岗"),
                    team_code=code,
                    premises_code=park.code,
                    shift=shifts[k % len(shifts)],
                    training_valid_days=-int(rng.integers(5, 60)) if (i, k) in LAPSED else days,
                    licensed=(i, k) not in UNLICENSED,
                    leader=k == 0,
                )
            )
    return tuple(teams), tuple(guards)
