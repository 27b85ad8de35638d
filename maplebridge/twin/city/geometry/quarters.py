"""Where people live: centres of the quarters and the built-up density they make."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from maplebridge.twin.city.geometry.frame import Floats
from maplebridge.twin.city.geometry.shape import CENTRE, SCALE


@dataclass(frozen=True, slots=True)
class Quarter:
    """Named part of the city around a station, as on the design board."""

    name_zh: str
    name_en: str
    board: tuple[float, float]  # board units
    reach_m: float  # metres; how far its streets spread
    weight: float  # 0..1 built-up density at its centre

    @property
    def x(self) -> float:
        """Metres east of the origin."""
        return (self.board[0] - CENTRE[0]) * SCALE

    @property
    def y(self) -> float:
        """Metres north of the origin."""
        return (CENTRE[1] - self.board[1]) * SCALE


QUARTERS: tuple[Quarter, ...] = (
    Quarter("北岭", "Beiling", (356, 160), 950, 0.62),
    Quarter("东塘", "Dongtang", (476, 244), 1150, 0.80),
    Quarter("鹤渚", "Hezhu", (616, 284), 1050, 0.72),
    Quarter("迎潮", "Yingchao", (372, 292), 1100, 0.88),
    Quarter("老城", "Laocheng", (318, 350), 1150, 1.0),
    Quarter("潮埠", "Chaobu", (566, 366), 1350, 0.98),
    Quarter("象山", "Xiangshan", (170, 372), 900, 0.66),
    Quarter("舥渡", "Padu", (100, 512), 850, 0.66),
    Quarter("南汊", "Nancha", (226, 522), 1000, 0.78),
    Quarter("石埠", "Shibu", (340, 610), 950, 0.68),
    Quarter("望潮", "Wangchao", (590, 584), 1300, 0.90),
    Quarter("沙头", "Shatou", (494, 700), 900, 0.60),
)
CORRIDORS = ((430, 400, 900, 0.66), (400, 505, 900, 0.70), (480, 530, 900, 0.72))


def density_at(x: Floats, y: Floats) -> Floats:
    """Built-up density 0..1 at points in metres."""
    empty = np.ones(np.shape(x))
    for quarter in QUARTERS:
        far2 = (x - quarter.x) ** 2 + (y - quarter.y) ** 2
        empty = empty * (1.0 - quarter.weight * np.exp(-far2 / (2 * quarter.reach_m**2)))
    for bx, by, reach, weight in CORRIDORS:
        cx, cy = (bx - CENTRE[0]) * SCALE, (CENTRE[1] - by) * SCALE
        far2 = (x - cx) ** 2 + (y - cy) ** 2
        empty = empty * (1.0 - weight * np.exp(-far2 / (2.0 * reach**2)))
    return np.asarray(1.0 - empty)


def quarter_named(name_zh: str) -> Quarter:
    """Find a quarter by its Chinese name."""
    return next(q for q in QUARTERS if q.name_zh == name_zh)
