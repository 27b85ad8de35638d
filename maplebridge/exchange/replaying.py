"""Replay a file of real messages as reports, through the same intake as everybody else."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.db import transaction

from maplebridge.exchange.events import FileReplayed
from maplebridge.exchange.rows import Columns, intake_of, read_rows
from maplebridge.incidents import api as incidents
from maplebridge.incidents.api import Intake
from maplebridge.kernel.actor import SYSTEM, Channel
from maplebridge.kernel.errors import MapleError
from maplebridge.kernel.journal import record

CHUNK = 40  # rows a commit at full speed: short enough that the desk never waits noticeably
LONGEST_PAUSE = 5.0  # seconds; a night without messages is not waited for
REPLAY = SYSTEM("replay", Channel.COMMAND)


@dataclass(slots=True)
class Summary:
    rows: int = 0
    stored: int = 0
    already_there: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    merge_suggestions: int = 0
    seconds: float = 0.0

    def as_dict(self) -> dict[str, object]:
        return {
            "rows": self.rows,
            "stored": self.stored,
            "already_there": self.already_there,
            "refused": dict(self.refused),
            "merge_suggestions": self.merge_suggestions,
            "seconds": round(self.seconds, 2),
        }


def count_rows(path: Path) -> int:
    return sum(1 for _row in read_rows(path))


def replay_file(
    path: Path,
    *,
    columns: Columns | None = None,
    source: str = "",
    speed: float | None = None,
    suggest: bool = True,
    progress: Callable[[int], None] = lambda _n: None,
) -> Summary:
    """Every row is stored, already there, or refused with its reason; a second run adds nothing.

    `speed` is a multiple of the file's own pace; None is as fast as it goes.
    """
    started, summary = time.monotonic(), Summary()
    rows = read_rows(path)
    source = source or path.name.split(".")[0]
    for chunk in _chunks(_intakes(rows, columns or Columns(), source, summary), speed):
        fresh = _store(chunk, summary)
        if suggest:
            # As each report would have met the events before it: in the order of the file.
            for incident_id in fresh:
                summary.merge_suggestions += incidents.suggest_incident(incident_id) or 0
        progress(summary.rows)
    summary.seconds = time.monotonic() - started
    if summary.stored:
        record(
            FileReplayed(
                summary.rows, summary.stored, summary.already_there, summary.refused.total()
            ),
            actor=REPLAY,
        )
    return summary


def _intakes(
    rows: Iterator[dict[str, str]], columns: Columns, source: str, summary: Summary
) -> Iterator[Intake]:
    mapping: Columns | None = None
    for row in rows:
        mapping = mapping or columns.completed(row)
        summary.rows += 1
        try:
            yield intake_of(row, mapping, source)
        except MapleError as error:
            summary.refused[error.code] += 1


def _chunks(intakes: Iterator[Intake], speed: float | None) -> Iterator[list[Intake]]:
    if speed is None:
        chunk: list[Intake] = []
        for intake in intakes:
            chunk.append(intake)
            if len(chunk) == CHUNK:
                yield chunk
                chunk = []
        if chunk:
            yield chunk
        return
    before: datetime | None = None
    for intake in intakes:
        if before and intake.reported_at:
            gap = (intake.reported_at - before).total_seconds() / speed
            time.sleep(min(max(gap, 0.0), LONGEST_PAUSE))
        before = intake.reported_at or before
        yield [intake]


def _store(chunk: list[Intake], summary: Summary) -> list[int]:
    """The ids of the incidents that are new."""
    fresh = []
    with transaction.atomic():
        for intake in chunk:
            try:
                received = incidents.receive_report(intake, actor=REPLAY)
            except (MapleError, ValueError) as error:
                code = error.code if isinstance(error, MapleError) else "intake.value"
                summary.refused[code] += 1
                continue
            if received.repeated:
                summary.already_there += 1
            else:
                summary.stored += 1
                fresh.append(received.incident_id)
    return fresh
