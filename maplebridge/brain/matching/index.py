"""Open events, findable by rare words, by place and by contact.

See docs/algorithms/matching.md, steps 1 and 2. One index per process; the caller adds what it
opens and removes what it closes. Not safe for several threads writing at once.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable
from typing import TypeVar

from maplebridge.brain.matching.records import Match, MatchFacts, MatchSettings
from maplebridge.brain.matching.score import score_pair
from maplebridge.brain.matching.text import pieces, rarity

Key = TypeVar("Key", bound=Hashable)
_RARE_PIECES = 32  # pieces of a report that are looked up, rarest first
_CELL_DEG = 0.005  # about 500 m
_METRES_PER_DEG = 111_320.0  # along a meridian


class MatchIndex:
    """Inverted index over the pieces of open events, with a coarse grid for places."""

    def __init__(self, settings: MatchSettings | None = None) -> None:
        self.settings = settings or MatchSettings()
        self._events: dict[str, MatchFacts] = {}
        self._bags: dict[str, frozenset[str]] = {}
        self._holders: defaultdict[str, set[str]] = defaultdict(set)
        self._cells: defaultdict[tuple[int, int], set[str]] = defaultdict(set)
        self._contacts: defaultdict[str, set[str]] = defaultdict(set)

    def __len__(self) -> int:
        return len(self._events)

    def __contains__(self, event_id: object) -> bool:
        return event_id in self._events

    def add(self, event: MatchFacts) -> None:
        """Add an open event, or replace the one with the same id."""
        self.remove(event.event_id)
        bag = pieces(event.text)
        self._events[event.event_id] = event
        self._bags[event.event_id] = bag
        for piece in bag:
            self._holders[piece].add(event.event_id)
        cell = _cell(event)
        if cell is not None:
            self._cells[cell].add(event.event_id)
        if event.contact_token is not None:
            self._contacts[event.contact_token].add(event.event_id)

    def remove(self, event_id: str) -> None:
        """Forget an event; unknown ids are ignored, a closing may be told twice."""
        event = self._events.pop(event_id, None)
        if event is None:
            return
        for piece in self._bags.pop(event_id):
            _discard(self._holders, piece, event_id)
        cell = _cell(event)
        if cell is not None:
            _discard(self._cells, cell, event_id)
        if event.contact_token is not None:
            _discard(self._contacts, event.contact_token, event_id)

    def remove_before(self, at_timestamp: float) -> int:
        """Forget events last reported before a POSIX time; the number forgotten."""
        old = [e.event_id for e in self._events.values() if e.at.timestamp() < at_timestamp]
        for event_id in old:
            self.remove(event_id)
        return len(old)

    def query(self, report: MatchFacts) -> tuple[Match, ...]:
        """Events that may be the same as this report, best first; the report itself excluded."""
        bag = pieces(report.text)
        found = self._candidates(report, bag)
        found.discard(report.event_id)
        needed = set(bag)
        for event_id in found:
            needed |= self._bags[event_id]
        weights = self._rarities(needed)
        matches = []
        for event_id in found:
            bags = (bag, self._bags[event_id])
            match = score_pair(report, self._events[event_id], bags, weights, self.settings)
            if match is not None:
                matches.append(match)
        matches.sort(key=lambda m: (-m.score, m.event_id))
        return tuple(matches[: self.settings.max_results])

    def _rarity(self, piece: str) -> int:
        return rarity(len(self._events), len(self._holders.get(piece, ())))

    def _rarities(self, needed: set[str]) -> dict[str, int]:
        """The weight of each piece. Thousands of pieces have few different numbers of holders."""
        holders = {piece: len(self._holders.get(piece, ())) for piece in needed}
        by_number = {n: rarity(len(self._events), n) for n in set(holders.values())}
        return {piece: by_number[n] for piece, n in holders.items()}

    def _candidates(self, report: MatchFacts, bag: frozenset[str]) -> set[str]:
        known = sorted(
            (piece for piece in bag if piece in self._holders),
            key=lambda piece: (len(self._holders[piece]), piece),
        )[:_RARE_PIECES]
        votes: Counter[str] = Counter()
        floor = report.at.timestamp() - self.settings.window_s
        for piece in known:
            weight = self._rarity(piece)
            for event_id in self._holders[piece]:
                votes[event_id] += weight
        fresh = [
            (-vote, event_id)
            for event_id, vote in votes.items()
            if self._events[event_id].at.timestamp() >= floor
        ]
        fresh.sort()
        found = {event_id for _, event_id in fresh[: self.settings.max_scored]}
        found |= self._nearby(report)
        if report.contact_token is not None:
            found |= self._contacts.get(report.contact_token, set())
        return found

    def _nearby(self, report: MatchFacts) -> set[str]:
        """Recent events in the cells around, for reports that tell one event in other words."""
        cell = _cell(report)
        if cell is None or report.lat is None:
            return set()
        reach_m = 2.0 * self.settings.half_distance_m
        rows = math.ceil(reach_m / (_CELL_DEG * _METRES_PER_DEG))
        shrink = max(0.1, math.cos(math.radians(report.lat)))  # a degree of longitude is shorter
        columns = math.ceil(reach_m / (_CELL_DEG * _METRES_PER_DEG * shrink))
        found: set[str] = set()
        for column in range(cell[0] - columns, cell[0] + columns + 1):
            for row in range(cell[1] - rows, cell[1] + rows + 1):
                found |= self._cells.get((column, row), set())
        recent = sorted(found, key=lambda i: (-self._events[i].at.timestamp(), i))
        return set(recent[: self.settings.max_scored])


def _cell(event: MatchFacts) -> tuple[int, int] | None:
    if event.lon is None or event.lat is None:
        return None
    return math.floor(event.lon / _CELL_DEG), math.floor(event.lat / _CELL_DEG)


def _discard(table: dict[Key, set[str]], key: Key, event_id: str) -> None:
    holders = table.get(key)
    if holders is not None:
        holders.discard(event_id)
        if not holders:
            del table[key]


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
