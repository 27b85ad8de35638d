"""Open events, findable by rare words, by place and by contact.

See docs/algorithms/matching.md, steps 1 and 2. One index per process; the caller adds what it
opens and removes what it closes. Not safe for several threads writing at once.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from maplebridge.brain.matching.postings import Postings, Slots
from maplebridge.brain.matching.records import Match, MatchFacts, MatchSettings
from maplebridge.brain.matching.score import score_pair
from maplebridge.brain.matching.text import pieces, rarity

if TYPE_CHECKING:
    from numpy.typing import NDArray

_RARE_PIECES = 32  # pieces of a report that are looked up, rarest first
# Slots read for one piece, the newest; a piece with more holders tells little. Bounds the time of
# a question however many events are open.
_MOST_HOLDERS = 4_096
_MOST_READ = 40_000  # slots read for one report
_CELL_DEG = 0.005  # about 500 m
_METRES_PER_DEG = 111_320.0  # along a meridian
_REBUILD_FROM = 1_000  # dead slots from which it is worth while

Cell = tuple[int, int]


class MatchIndex:
    """Inverted index over the pieces of open events, with a coarse grid for places."""

    def __init__(self, settings: MatchSettings | None = None) -> None:
        self.settings = settings or MatchSettings()
        self._start()

    def _start(self) -> None:
        self._slots = Slots()
        self._slot_of: dict[str, int] = {}
        self._events: list[MatchFacts | None] = []  # by slot
        self._words: Postings[str] = Postings(self._slots)
        self._cells: Postings[Cell] = Postings(self._slots)
        self._contacts: Postings[str] = Postings(self._slots)

    def __len__(self) -> int:
        return len(self._slot_of)

    def __contains__(self, event_id: object) -> bool:
        return event_id in self._slot_of

    def add(self, event: MatchFacts) -> None:
        """Add an open event, or replace the one with the same id."""
        self.remove(event.event_id)
        slot = self._slots.take(event.at.timestamp())
        self._slot_of[event.event_id] = slot
        self._events.append(event)
        self._words.add(pieces(event.text), slot)
        self._cells.add(_cell(event), slot)
        self._contacts.add(_contact(event), slot)

    def remove(self, event_id: str) -> None:
        """Forget an event; unknown ids are ignored, a closing may be told twice."""
        slot = self._slot_of.pop(event_id, None)
        if slot is None:
            return
        event = self._event(slot)
        self._words.discard(pieces(event.text))
        self._cells.discard(_cell(event))
        self._contacts.discard(_contact(event))
        self._events[slot] = None
        self._slots.free(slot)
        if self._slots.dead > max(_REBUILD_FROM, len(self)):
            self._rebuild()

    def remove_before(self, at_timestamp: float) -> int:
        """Forget events last reported before a POSIX time; the number forgotten."""
        old = [e.event_id for e in self._events if e and e.at.timestamp() < at_timestamp]
        for event_id in old:
            self.remove(event_id)
        return len(old)

    def query(self, report: MatchFacts) -> tuple[Match, ...]:
        """Events that may be the same as this report, best first; the report itself excluded."""
        bag = pieces(report.text)
        events = [self._event(slot) for slot in self._candidates(report, bag)]
        found = [(event, _bag(event.text)) for event in events]
        needed = set(bag).union(*(theirs for _, theirs in found))
        weights = self._rarities(needed)
        matches = []
        for event, theirs in found:
            match = score_pair(report, event, (bag, theirs), weights, self.settings)
            if match is not None:
                matches.append(match)
        matches.sort(key=lambda m: (-m.score, m.event_id))
        return tuple(matches[: self.settings.max_results])

    def _event(self, slot: int) -> MatchFacts:
        event = self._events[slot]
        if event is None:
            raise LookupError(f"slot {slot} was freed")
        return event

    def _rebuild(self) -> None:
        """Without the freed slots; costs as much as the additions since the last time."""
        events = [event for event in self._events if event is not None]
        self._start()
        for event in events:
            self.add(event)

    def _rarities(self, needed: set[str]) -> dict[str, int]:
        """The weight of each piece. Thousands of pieces have few different numbers of holders."""
        holders = {piece: self._words.holders(piece) for piece in needed}
        by_number = {n: rarity(len(self), n) for n in set(holders.values())}
        return {piece: by_number[n] for piece, n in holders.items()}

    def _candidates(self, report: MatchFacts, bag: frozenset[str]) -> set[int]:
        found = self._by_words(report, bag) | self._nearby(report)
        for token in _contact(report):
            newest = self._contacts.newest(token, self.settings.max_scored)
            found.update(int(slot) for slot in newest)
        found.discard(self._slot_of.get(report.event_id, -1))
        return found

    def _by_words(self, report: MatchFacts, bag: frozenset[str]) -> set[int]:
        """Slots with most shared weight among the rarest pieces; ties by id."""
        held = ((self._words.holders(piece), piece) for piece in bag)
        slots, weights, read = [], [], 0
        for holders, piece in sorted(pair for pair in held if pair[0])[:_RARE_PIECES]:
            newest = self._words.newest(piece, _MOST_HOLDERS)
            slots.append(newest)
            weights.append(np.full(len(newest), float(rarity(len(self), holders))))
            read += len(newest)
            if read >= _MOST_READ:
                break
        if not slots:
            return set()
        fresh, where = np.unique(np.concatenate(slots), return_inverse=True)
        votes: NDArray[np.float64] = np.bincount(where, np.concatenate(weights)).astype(np.float64)
        floor = report.at.timestamp() - self.settings.window_s
        kept = self._slots.times(fresh) >= floor
        return self._best(fresh[kept], votes[kept])

    def _best(self, slots: NDArray[np.uint32], votes: NDArray[np.float64]) -> set[int]:
        most = self.settings.max_scored
        if len(slots) <= most:
            return {int(slot) for slot in slots}
        least = np.partition(votes, -most)[-most]
        ranked = [
            (-float(vote), self._event(int(slot)).event_id, int(slot))
            for slot, vote in zip(slots[votes >= least], votes[votes >= least], strict=True)
        ]
        return {slot for _, _, slot in sorted(ranked)[:most]}

    def _nearby(self, report: MatchFacts) -> set[int]:
        """Recent events in the cells around, for reports that tell one event in other words."""
        cells = _cells_around(report, 2.0 * self.settings.half_distance_m)
        if not cells:
            return set()
        slots = np.concatenate([self._cells.newest(cell, _MOST_HOLDERS) for cell in cells])
        return self._best(slots, self._slots.times(slots))


@lru_cache(maxsize=2_048)
def _bag(text: str) -> frozenset[str]:
    """Kept for the texts that were judged last; kept for all, they would be most of the memory."""
    return pieces(text)


def _cell(event: MatchFacts) -> tuple[Cell, ...]:
    if event.lon is None or event.lat is None:
        return ()
    return ((math.floor(event.lon / _CELL_DEG), math.floor(event.lat / _CELL_DEG)),)


def _contact(event: MatchFacts) -> tuple[str, ...]:
    return () if event.contact_token is None else (event.contact_token,)


def _cells_around(report: MatchFacts, reach_m: float) -> list[Cell]:
    if not (centre := _cell(report)) or report.lat is None:
        return []
    ((column, row),) = centre
    rows = math.ceil(reach_m / (_CELL_DEG * _METRES_PER_DEG))
    shrink = max(0.1, math.cos(math.radians(report.lat)))  # a degree of longitude is shorter
    columns = math.ceil(reach_m / (_CELL_DEG * _METRES_PER_DEG * shrink))
    return [
        (near, beside)
        for near in range(column - columns, column + columns + 1)
        for beside in range(row - rows, row + rows + 1)
    ]


def candidates(
    report: MatchFacts,
    open_events: Iterable[MatchFacts],
    *,
    settings: MatchSettings | None = None,
) -> tuple[Match, ...]:
    """Matches of one report against a handful of open events; for many, keep a MatchIndex."""
    index = MatchIndex(settings)
    for event in open_events:
        index.add(event)
    return index.query(report)
