"""Chance that does not change its mind: the same question about the same row falls the same way.

So nothing has to be remembered: a restarted worker, or the next one, comes to the same delays.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Dice:
    def __init__(self, seed: int) -> None:
        self.seed = seed

    def of(self, question: str, row: object) -> Random:
        return Random(f"{self.seed}:{question}:{row}")

    def yes(self, chance: float, question: str, row: object) -> bool:
        return self.of(question, row).random() < chance

    def delay(self, median: float, question: str, row: object, spread: float = 0.35) -> float:
        """City seconds, skewed as waiting is: seldom much less than the median, often more."""
        drawn = self.of(question, row).gauss(0.0, spread)
        return median * math.exp(max(-1.0, min(1.2, drawn)))

    def pick(self, among: Sequence[T], question: str, row: object) -> T:
        return self.of(question, row).choice(among)
