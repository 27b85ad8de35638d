"""Reference data of the matching benchmarks, in order of time. No text of it is printed."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

SHARED = Path(__file__).resolve().parent.parent.parent / "shared" / "data"
LETTERS = SHARED / "messages" / "hot_issues_dev.csv.gz"
CALLS = SHARED / "calls" / "montgomery_911_dev.csv.gz"
_CHINA = timedelta(hours=8)
_SHAPES = ("%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y/%m/%d")


@dataclass(frozen=True, slots=True)
class Letter:
    number: str
    title: str
    text: str
    at: datetime
    event: str  # label, "" = none


@dataclass(frozen=True, slots=True)
class Call:
    number: str
    kind: str  # EMS, Fire, Traffic
    title: str
    place: str
    town: str
    at: datetime
    lon: float
    lat: float

    @property
    def same(self) -> tuple[str, ...]:
        """Rows that agree in this are one event told twice; a row without a place is by itself."""
        where = self.place or f"row {self.number}"
        return where, f"{self.kind}: {self.title}", self.at.isoformat()


def read_letters(path: Path) -> list[Letter]:
    rows = [
        Letter(row["id"], row["title"], row["detail"], _parse(row["time"]), row["event"])
        for row in _rows(path)
    ]
    return sorted(rows, key=lambda row: (row.at, row.number))


def read_calls(path: Path) -> list[Call]:
    calls = []
    for number, row in enumerate(_rows(path)):
        kind, _, title = row["title"].partition(":")
        at = datetime.strptime(row["timeStamp"], "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)
        calls.append(
            Call(
                f"{number:06}", kind, title.strip(" -"), row["addr"], row["twp"], at,
                float(row["lng"]), float(row["lat"]),
            )
        )  # fmt: skip
    return sorted(calls, key=lambda call: (call.at, call.number))


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _parse(text: str) -> datetime:
    for shape in _SHAPES:
        try:
            return datetime.strptime(text.strip(), shape).replace(tzinfo=UTC) - _CHINA
        except ValueError:
            continue
    raise ValueError(f"unknown time {text!r}")
