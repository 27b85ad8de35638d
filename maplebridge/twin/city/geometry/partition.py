"""Cutting sets of blocks along streets into pieces of about equal weight."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from maplebridge.twin.city.geometry.frame import Floats
from maplebridge.twin.city.geometry.lattice import Ints, Lattice

ROW_M, COL_M = 160.0, 183.0  # mean spacing of rows and columns, metres
RANK_COST = (0.0, 0.05, 0.11)  # how much a border prefers a bigger street


def cut(
    lattice: Lattice, blocks: Ints, weight: Floats, pieces: int, across: bool = False
) -> list[Ints]:
    """Cut (n, 2) blocks into pieces by lattice lines; `across` prefers the other way."""
    if pieces <= 1 or len(blocks) <= 1:
        return [blocks]
    low, first = _best_side(lattice, blocks, weight, pieces, across)
    return cut(lattice, blocks[low], weight[low], first, across) + cut(
        lattice, blocks[~low], weight[~low], pieces - first, across
    )


def _best_side(
    lattice: Lattice, blocks: Ints, weight: Floats, pieces: int, across: bool
) -> tuple[npt.NDArray[np.bool_], int]:
    """Find the line with the least cost: blocks on its low side, and how many pieces."""
    size = ((np.ptp(blocks[:, 0]) + 1) * ROW_M, (np.ptp(blocks[:, 1]) + 1) * COL_M)
    firsts = {pieces // 2, pieces - pieces // 2}
    best: tuple[float, int, int, int] | None = None
    for axis, levels in ((0, lattice.row_level), (1, lattice.col_level)):
        at = blocks[:, axis]
        low, high = int(at.min()), int(at.max())
        below = np.bincount(at - low, weights=weight, minlength=high - low + 1).cumsum()
        total = max(float(below[-1]), 1e-9)
        for line in range(low + 1, high + 1):
            done, part = float(below[line - low - 1]) / total, (line - low) / (high - low + 1)
            if not 0.0 < done < 1.0:
                continue
            for first in sorted(firsts):
                cost = abs(done - first / pieces) * 2 + RANK_COST[int(levels[line])]
                cost += _strip(size, axis, part, first) + _strip(
                    size, axis, 1 - part, pieces - first
                )
                # Other borders than those of the first tiling are what beats are for.
                cost += 0.10 if across and size[axis] >= size[1 - axis] else 0.0
                if best is None or cost < best[0]:
                    best = (cost, axis, line, first)
    if best is None:
        return np.arange(len(blocks)) < len(blocks) // 2, pieces // 2
    return np.asarray(blocks[:, best[1]] < best[2]), best[3]


def _strip(size: tuple[float, float], axis: int, part: float, pieces: int) -> float:
    """Cost of a long strip, the more so when it will not be cut again."""
    one, other = size[axis] * part, size[1 - axis]
    ratio = max(one, other) / max(min(one, other), 1.0)
    return 0.22 * max(0.0, float(np.log(ratio / (1.35 * pieces**0.5))))


def shares(total: int, weights: Floats, least: int) -> list[int]:
    """Share `total` whole pieces by weight, each at least `least`."""
    spare = total - least * len(weights)
    exact = weights / weights.sum() * spare
    counts = np.floor(exact).astype(int)
    left = spare - int(counts.sum())
    for i in np.argsort(-(exact - counts), kind="stable")[:left]:
        counts[i] += 1
    return [least + int(n) for n in counts]
