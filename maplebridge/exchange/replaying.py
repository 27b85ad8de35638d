"""Replay a file of real messages as reports, through the same intake as everybody else."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from maplebridge.exchange.events import FileReplayed
from maplebridge.exchange.files import GB18030, MessageFile, Row, open_messages
from maplebridge.exchange.rows import Columns, intake_of
from maplebridge.incidents import api as incidents
from maplebridge.incidents.api import Intake
from maplebridge.kernel.actor import SYSTEM, Channel
from maplebridge.kernel.errors import BadInput, MapleError, Unavailable
from maplebridge.kernel.journal import record

CHUNK = 40  # rows a commit at full speed: short enough that the desk never waits noticeably
LONGEST_PAUSE = 5.0  # seconds; a night without messages is not waited for
MOST_NAMED = 5  # refused rows named for each reason, so that they can be looked up
ID_REUSED = "replay.id_reused"
REPLAY = SYSTEM("replay", Channel.COMMAND)


@dataclass(slots=True)
class Summary:
    rows: int = 0
    stored: int = 0
    already_there: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    merge_suggestions: int = 0
    seconds: float = 0.0
    encoding: str = ""
    broken_off: str = ""  # why the file could not be read to its end
    named: dict[str, list[int]] = field(default_factory=dict)  # reason → its first rows, from 1

    def refuse(self, reason: str, row: int) -> None:
        self.refused[reason] += 1
        named = self.named.setdefault(reason, [])
        if len(named) < MOST_NAMED:
            named.append(row)

    def notes(self) -> list[str]:
        """What the numbers alone would not tell; empty as a rule."""
        said = []
        if self.encoding == GB18030:
            said.append(_("The file was read as GB18030."))
        if count := self.refused[ID_REUSED]:
            said.append(
                _(
                    "{count} rows have an id that is stored with other words. If they come from "
                    "elsewhere, give that origin a name with --source."
                ).format(count=count)
            )
        if self.broken_off:
            said.append(
                _("{why} The {rows} rows before are counted here.").format(
                    why=self.broken_off, rows=self.rows
                )
            )
        return said

    def as_dict(self) -> dict[str, object]:
        notes = self.notes()
        return {
            "rows": self.rows,
            "stored": self.stored,
            "already_there": self.already_there,
            "refused": dict(self.refused),
            "merge_suggestions": self.merge_suggestions,
            "seconds": round(self.seconds, 2),
            **({"notes": notes} if notes else {}),
        }


@dataclass(frozen=True, slots=True)
class Numbered:
    """An intake and the number of its row in the file, from 1."""

    row: int
    intake: Intake


def count_rows(path: Path) -> int:
    """How many rows can be read."""
    return sum(1 for _row in _readable(open_messages(path), Summary()))


def replay_file(
    path: Path,
    *,
    columns: Columns | None = None,
    source: str = "",
    speed: float | None = None,
    suggest: bool = True,
    progress: Callable[[int], None] = lambda _n: None,
    pause: Callable[[float], None] = time.sleep,
) -> Summary:
    """Every row is stored, already there, or refused with its reason; a second run adds nothing.

    `speed` is a multiple of the file's own pace; None is as fast as it goes. Columns that do not
    fit the file are refused before anything is stored.
    """
    started, file, columns = time.monotonic(), open_messages(path), columns or Columns()
    if file.columns:
        columns.check(file.columns)
        columns.completed(file.columns)
    summary = Summary(encoding=file.encoding)
    intakes = _intakes(_readable(file, summary), columns, source, summary)
    for chunk in _chunks(intakes) if speed is None else _paced(intakes, speed, pause):
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


def _readable(file: MessageFile, summary: Summary) -> Iterator[Row | BadInput]:
    """Rows up to where the file ends or breaks off: what was read by then is still stored."""
    try:
        yield from file.rows()
    except Unavailable as error:
        summary.broken_off = error.sentence()


def _intakes(
    rows: Iterator[Row | BadInput], columns: Columns, source: str, summary: Summary
) -> Iterator[Numbered]:
    # Lines of JSON need not all have the same columns; those of a table do.
    mappings: dict[tuple[str, ...], Columns] = {}
    for row in rows:
        summary.rows += 1
        try:
            if isinstance(row, BadInput):
                raise row
            mapping = mappings.get(names := tuple(row))
            if mapping is None:
                mapping = mappings[names] = columns.completed(names)
            yield Numbered(summary.rows, intake_of(row, mapping, source))
        except MapleError as error:
            summary.refuse(error.code, summary.rows)


def _chunks(intakes: Iterator[Numbered]) -> Iterator[list[Numbered]]:
    chunk: list[Numbered] = []
    for intake in intakes:
        chunk.append(intake)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _paced(
    intakes: Iterator[Numbered], speed: float, pause: Callable[[float], None]
) -> Iterator[list[Numbered]]:
    """One by one, with the pauses between the times of the rows."""
    before: datetime | None = None
    for numbered in intakes:
        at = numbered.intake.reported_at
        if before and at:
            pause(min(max((at - before).total_seconds() / speed, 0.0), LONGEST_PAUSE))
        before = at or before
        yield [numbered]


def _store(chunk: list[Numbered], summary: Summary) -> list[int]:
    """The ids of the incidents that are new."""
    fresh = []
    with transaction.atomic():
        for numbered in chunk:
            intake = numbered.intake
            try:
                received = incidents.receive_report(intake, actor=REPLAY)
            except (MapleError, ValueError) as error:
                code = error.code if isinstance(error, MapleError) else "intake.value"
                summary.refuse(code, numbered.row)
                continue
            if not received.repeated:
                summary.stored += 1
                fresh.append(received.incident_id)
            elif incidents.is_repeat(received.incident_id, intake):
                summary.already_there += 1
            else:
                # An id that was given twice: counted as there, these words would be lost unseen.
                summary.refuse(ID_REUSED, numbered.row)
    return fresh
