"""Time of a question and memory, from a thousand open texts to a million."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.common import Table, percentile
from benchmarks.matching_data import Letter
from maplebridge.brain.matching import REQUESTS, MatchIndex
from maplebridge.brain.matching.records import MatchFacts

QUESTIONS = 200
_START = datetime(2026, 1, 1, tzinfo=UTC)


class _Mixed:
    """Texts of four clauses taken from letters by chance: words as rare as people's words are."""

    def __init__(self, letters: Sequence[Letter], seed: int = 3) -> None:
        self._chance = random.Random(seed)
        whole = (clause for row in letters for clause in re.split("[。！？；，,]", row.text))
        self._clauses = [clause for clause in whole if 4 <= len(clause) <= 30]

    def event(self, number: int) -> MatchFacts:
        words = "，".join(self._chance.choice(self._clauses) for _ in range(4))
        lon, lat = 120.4 + self._chance.random() * 0.3, 27.4 + self._chance.random() * 0.2
        at = _START + timedelta(seconds=20 * number)
        return MatchFacts(str(number), words, at, lon=lon, lat=lat)


def growth_table(letters: Sequence[Letter], sizes: Sequence[int]) -> Table:
    mixed, index, rows = _Mixed(letters), MatchIndex(REQUESTS), []
    empty_mb, number = _memory_mb(), 0
    for size in sorted(sizes):
        start = time.thread_time()
        added = size - number
        while number < size:
            index.add(mixed.event(number))
            number += 1
        each_us = 1e6 * (time.thread_time() - start) / max(1, added)
        rows.append([size, *_asked(index, mixed, size), round(each_us), _memory_mb() - empty_mb])
    columns = ["open texts", "median ms", "99 % ms", "median ms of processor",
               "99 % ms of processor", "µs to add one", "memory MB"]  # fmt: skip
    return Table("Growth of the search", columns, rows)


def _asked(index: MatchIndex, mixed: _Mixed, size: int) -> list[Any]:
    """By the clock, and by the processor: others may be at work on the machine."""
    clock, processor = [], []
    for _ in range(QUESTIONS):
        report = mixed.event(size)
        start, worked = time.perf_counter(), time.thread_time()
        index.query(report)
        processor.append(1000.0 * (time.thread_time() - worked))
        clock.append(1000.0 * (time.perf_counter() - start))
    return [round(percentile(took, p), 1) for took in (clock, processor) for p in (50, 99)]


def _memory_mb() -> int:
    for line in Path("/proc/self/status").read_text("ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) // 1024
    return 0
