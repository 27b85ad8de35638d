"""What every act needs at hand: the people, and chance."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from maplebridge.twin.living.dice import Dice
from maplebridge.twin.queries.cast import Cast


@dataclass(slots=True)
class Scene:
    cast: Cast
    dice: Dice
    rng: Random  # for words, where nothing hangs on it
