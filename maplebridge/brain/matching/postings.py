"""Slots of events, and lists of slots by key, packed so that a million events fit in memory.

A slot is the number of an event in the order of adding. Removing only marks the slot; lists are
read through the mark, so a removed event is as if it had never been there.
"""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Iterable
from typing import TYPE_CHECKING, Generic, TypeVar

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

Key = TypeVar("Key", bound=Hashable)


class Slots:
    """Which slots are in use, and when each event was last reported."""

    def __init__(self) -> None:
        self._alive = bytearray()
        self._at = array("d")  # POSIX seconds
        self.dead = 0

    def __len__(self) -> int:
        return len(self._alive)

    def take(self, at: float) -> int:
        self._alive.append(1)
        self._at.append(at)
        return len(self._alive) - 1

    def free(self, slot: int) -> None:
        self._alive[slot] = 0
        self.dead += 1

    def living(self, slots: NDArray[np.uint32]) -> NDArray[np.uint32]:
        alive: NDArray[np.bool_] = np.frombuffer(self._alive, np.bool_)[slots]
        return slots[alive]

    def times(self, slots: NDArray[np.uint32]) -> NDArray[np.float64]:
        return np.frombuffer(self._at, np.float64)[slots]


class Postings(Generic[Key]):
    """Key → the slots of the events that have it, oldest first."""

    def __init__(self, slots: Slots) -> None:
        self._slots = slots
        self._lists: dict[Key, array[int]] = {}
        self._holders: dict[Key, int] = {}  # living ones

    def add(self, keys: Iterable[Key], slot: int) -> None:
        lists, holders = self._lists, self._holders
        for key in keys:
            known = lists.get(key)
            if known is None:
                lists[key] = array("I", (slot,))
                holders[key] = 1
            else:
                known.append(slot)
                holders[key] += 1

    def discard(self, keys: Iterable[Key]) -> None:
        """One event less for each key; its slot is freed by the caller."""
        for key in keys:
            self._holders[key] -= 1
            if not self._holders[key]:
                del self._holders[key], self._lists[key]

    def holders(self, key: Key) -> int:
        return self._holders.get(key, 0)

    def newest(self, key: Key, most: int) -> NDArray[np.uint32]:
        """At most this many living slots of a key, the newest ones, oldest first."""
        known = self._lists.get(key)
        if known is None:
            return np.empty(0, np.uint32)
        taken = most
        while True:
            # A slice is a copy: a view would forbid the list to grow.
            found = self._slots.living(np.frombuffer(known[-taken:], np.uint32))
            if len(found) >= most or taken >= len(known):
                return found[-most:]
            taken *= 2
