"""What every benchmark shares: interleaved rounds, a table for people, JSON for machines."""

from __future__ import annotations

import json
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Table:
    """A titled table; numbers stay numbers in the JSON."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]

    def text(self) -> str:
        shown = [[_shown(cell) for cell in row] for row in self.rows]
        widths = [
            max(len(column), *(len(row[n]) for row in shown)) if shown else len(column)
            for n, column in enumerate(self.columns)
        ]
        lines = [self.title, _line(self.columns, widths), _line(["-" * w for w in widths], widths)]
        lines += [_line(row, widths) for row in shown]
        return "\n".join(lines)

    def records(self) -> list[dict[str, Cell]]:
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


@dataclass(slots=True)
class Rounds:
    """Seconds, rates or other samples of several contenders, taken in turns.

    Taken one after the other, a slow minute of the machine would look like a slow contender.
    """

    samples: dict[str, list[float]] = field(default_factory=dict)

    def run(
        self,
        contenders: Mapping[str, Callable[[], float]],
        *,
        rounds: int,
        budget_seconds: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> Rounds:
        """`rounds` turns of every contender, fewer when the budget is used up (at least one)."""
        end = clock() + budget_seconds
        names = list(contenders)
        for turn in range(rounds):
            # The order alternates, so that no contender always runs on a warm machine.
            for name in names if turn % 2 == 0 else reversed(names):
                self.samples.setdefault(name, []).append(contenders[name]())
            if clock() >= end:
                break
        return self

    def median(self, name: str) -> float:
        return statistics.median(self.samples[name])

    def spread(self, name: str) -> tuple[float, float]:
        return min(self.samples[name]), max(self.samples[name])


def machine() -> dict[str, Any]:
    return {
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "cores": os.cpu_count(),
    }


def report(name: str, tables: Sequence[Table], facts: Mapping[str, Any], out: Path | None) -> None:
    """Print the tables; write everything as JSON to `out`, or after the tables."""
    for table in tables:
        print(table.text(), end="\n\n")
    for key, value in facts.items():
        print(f"{key}: {value}")
    said = {
        "benchmark": name,
        "machine": machine(),
        "facts": dict(facts),
        "tables": {table.title: table.records() for table in tables},
    }
    text = json.dumps(said, indent=1, ensure_ascii=False, default=str)
    if out is None:
        print(text)
        return
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(text + "\n", encoding="utf-8")
    print(f"written: {out}", file=sys.stderr)


def use_django() -> None:
    """Settings for a benchmark that needs the rooms: test mode, nobody's own database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maplebridge.config.settings")
    os.environ.setdefault("MAPLEBRIDGE_MODE", "test")
    import django

    django.setup()


def percentile(values: Sequence[float], percent: float) -> float:
    """Nearest rank; `values` in any order."""
    ordered = sorted(values)
    rank = max(1, -(-int(percent * len(ordered)) // 100))
    return ordered[min(rank, len(ordered)) - 1]


def _shown(cell: Cell) -> str:
    if isinstance(cell, float):
        return f"{cell:,.1f}" if abs(cell) < 1000 else f"{cell:,.0f}"
    return f"{cell:,}" if isinstance(cell, int) else str(cell if cell is not None else "–")


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *rest = (cell.ljust(w) if n == 0 else cell.rjust(w)
                    for n, (cell, w) in enumerate(zip(cells, widths, strict=True)))  # fmt: skip
    return "  ".join([first, *rest])
