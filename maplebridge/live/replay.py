"""A day on the wall again: what was known minute by minute, at grid level, and nothing of anybody.

A day is compiled once into counts that change: numbers of cells, urgencies and kinds, and minutes.
No matter and no person can be told apart in it. `frame` adds it up to one minute; the page's
script does the same with the same numbers (`frontend/src/lib/replay.ts`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from maplebridge.incidents.api import OPEN, Category
from maplebridge.kernel.clock import day_bounds, local, local_day
from maplebridge.kernel.errors import NotFound
from maplebridge.live.queries import day as read

MINUTES = 24 * 60
NOT = -1  # not open, not counted, no cell
OUT = frozenset({"merged", "invalid"})  # states that count nowhere
KINDS = tuple(str(one.value) for one in Category)  # a kind is 0 (not judged) or its place + 1 here
INSIDE_S = 30.0  # the half-minute circle
STRIP = 10  # minutes of one bar of the density strip

# (minute, cell, urgency it was open with and is, kind it was counted as and is, urgency likewise)
Change = tuple[int, int, int, int, int, int, int, int]
View = tuple[int, int, int]  # urgency on the map, kind and urgency among the day's reports


@dataclass(frozen=True, slots=True)
class Day:
    """A compiled day; minutes are local, and 0 is midnight."""

    day: date
    last: int  # the last minute there is: now, for today
    cells: tuple[str, ...]
    opened: tuple[tuple[int, int, int], ...]  # at midnight: cell, urgency, how many
    changes: tuple[Change, ...]
    ways: tuple[tuple[int, int, int], ...]  # minute, cell, one more or one fewer on the way
    arrivals: tuple[tuple[int, int], ...]  # minute, 1 where volunteers were first
    alarms: tuple[tuple[int, int], ...]  # minute, 1 where a sentinel was there in half a minute


@dataclass(frozen=True, slots=True)
class Frame:
    """One minute of a day."""

    cells: dict[str, dict[int, int]]  # open matters by cell and urgency; 0 is not judged yet
    without_place: int
    going: dict[str, int]  # on the way, by cell
    received: int
    kinds: dict[int, int]
    urgencies: dict[int, int]
    first: tuple[int, int]  # volunteers first, of how many
    half: tuple[int, int]  # alarms reached in half a minute, of how many


def compile_day(day: date, now: datetime) -> Day:
    """Read and compile a day; `NotFound` for one before the first record or after today."""
    first = read.first_day()
    if first is None or not local_day(first) <= day <= local_day(now):
        raise NotFound("live.day")
    start, midnight = day_bounds(day)
    end = min(midnight, now)
    matters = read.matters(start, end)
    ways = read.ways(start, end)
    names = sorted({m.cell for m in matters if m.cell} | {w.cell for w in ways})
    number = {name: n for n, name in enumerate(names)}
    opened: Counter[tuple[int, int]] = Counter()
    changes = list[Change]()
    for matter in matters:
        cell = NOT if matter.cell is None else number[matter.cell]
        for minute, before, after in _views(matter, start):
            if minute is None:
                opened[cell, after[0]] += after[0] != NOT
            elif before != after:
                changes.append((minute, cell, *_pairs(before, after)))
    came = [(at, kind) for kind, at in read.arrivals(start, end) if start <= at < end]
    return Day(
        day=day,
        last=min(MINUTES - 1, _minute(now, start)),
        cells=tuple(names),
        opened=tuple((cell, urgency, n) for (cell, urgency), n in sorted(opened.items()) if n),
        changes=tuple(sorted(changes)),
        ways=tuple(sorted(_turns(ways, number, start, end))),
        arrivals=tuple((_minute(at, start), int(kind == "volunteer")) for at, kind in came),
        alarms=tuple(_alarm(alarm, start) for alarm in read.alarms(start, end)),
    )


def _pairs(before: View, after: View) -> tuple[int, int, int, int, int, int]:
    return (before[0], after[0], before[1], after[1], before[2], after[2])


def _views(matter: read.Matter, start: datetime) -> Iterator[tuple[int | None, View, View]]:
    """How a matter stood at midnight (minute None), then each change of it."""
    counted = start <= matter.reported_at < start + timedelta(days=1)
    before: View = (NOT, NOT, NOT)
    at_midnight = before
    kind, urgency = "", ""
    turned = list[tuple[int | None, View, View]]()
    for step in matter.steps:
        # The first decision counts for the day's figures; what is decided later for the map.
        kind, urgency = kind or step.category, urgency or step.urgency
        in_day = counted and step.state not in OUT
        on_map = step.state in OPEN and not matter.confidential
        after: View = (
            _level(step.urgency) if on_map else NOT,
            _kind(kind) if in_day else NOT,
            _level(urgency) if in_day else NOT,
        )
        if step.at < start:
            at_midnight = (after[0], NOT, NOT)
            before = at_midnight
        else:
            turned.append((_minute(step.at, start), before, after))
            before = after
    yield None, at_midnight, at_midnight
    yield from turned


def _level(urgency: str) -> int:
    return int(urgency[1:]) if urgency else 0


def _kind(category: str) -> int:
    return KINDS.index(category) + 1 if category in KINDS else 0


def _minute(at: datetime, start: datetime) -> int:
    return int((at - start).total_seconds() // 60)


def _turns(
    ways: Iterable[read.Going], number: dict[str, int], start: datetime, end: datetime
) -> Iterator[tuple[int, int, int]]:
    for way in ways:
        if way.until is not None and way.until < start:
            continue
        yield max(0, _minute(way.since, start)), number[way.cell], 1
        if way.until is not None and way.until < end:
            yield max(0, _minute(way.until, start)), number[way.cell], -1


def _alarm(alarm: read.Alarm, start: datetime) -> tuple[int, int]:
    inside = alarm.seconds is not None and alarm.seconds <= INSIDE_S
    return _minute(alarm.at, start), int(inside)


def frame(day: Day, minute: int) -> Frame:
    """What was known at the end of this minute."""
    cells: dict[int, Counter[int]] = {}
    kinds, urgencies, going = Counter[int](), Counter[int](), Counter[int]()
    for cell, urgency, n in day.opened:
        cells.setdefault(cell, Counter())[urgency] += n
    for at, cell, was, now, kind_was, kind, level_was, level in day.changes:
        if at > minute:
            break
        here = cells.setdefault(cell, Counter())
        for counter, key, by in (
            (here, was, -1), (here, now, 1), (kinds, kind_was, -1), (kinds, kind, 1),
            (urgencies, level_was, -1), (urgencies, level, 1),
        ):  # fmt: skip
            if key != NOT:
                counter[key] += by
    for at, cell, by in day.ways:
        going[cell] += by if at <= minute else 0
    first = [who for at, who in day.arrivals if at <= minute]
    half = [inside for at, inside in day.alarms if at <= minute]
    nowhere = cells.pop(NOT, Counter())
    return Frame(
        cells={day.cells[c]: dict(+n) for c, n in sorted(cells.items()) if +n},
        without_place=(+nowhere).total(),
        going={day.cells[c]: n for c, n in sorted(going.items()) if n > 0},
        received=(+kinds).total(),
        kinds=dict(+kinds),
        urgencies=dict(+urgencies),
        first=(sum(first), len(first)),
        half=(sum(half), len(half)),
    )


def strip(day: Day) -> list[int]:
    """How much was reported in each ten minutes: the shape of the day over its slider."""
    bars = [0] * (MINUTES // STRIP)
    for minute, _cell, _was, _now, kind_was, kind, *_rest in day.changes:
        bars[minute // STRIP] += kind_was == NOT and kind != NOT
    return bars


def as_json(day: Day, spots: dict[str, tuple[int, int]]) -> dict[str, Any]:
    """What the page's script gets: numbers only."""
    return {
        "day": day.day.isoformat(),
        "last": day.last,
        "cells": [[name, *spots.get(name, (NOT, NOT))] for name in day.cells],
        "opened": day.opened,
        "changes": day.changes,
        "ways": day.ways,
        "arrivals": day.arrivals,
        "alarms": day.alarms,
    }


def days(now: datetime) -> tuple[date, date] | None:
    """The first and the last day there is."""
    first = read.first_day()
    return None if first is None else (local_day(first), local(now).date())
