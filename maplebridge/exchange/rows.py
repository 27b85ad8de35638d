"""Rows of a file of messages → intakes. CSV or JSON lines, plain or gzipped."""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, cast

from django.utils.translation import gettext_lazy as _

from maplebridge.incidents.api import Intake
from maplebridge.kernel.clock import ZONE
from maplebridge.kernel.errors import BadInput
from maplebridge.kernel.geo import Point

FIELDS = ("text", "title", "time", "id", "lon", "lat", "place", "channel", "language")
# Column names met in public files; the first that is there is taken.
USUAL = {
    "text": ("text", "detail", "narrative", "content", "desc", "description", "message"),
    "title": ("title", "subject", "topic"),
    "time": ("time", "timestamp", "created_at", "date", "reported_at"),
    "id": ("id", "no", "number", "uid"),
    "lon": ("lon", "lng", "longitude", "x"),
    "lat": ("lat", "latitude", "y"),
    "place": ("place", "addr", "address", "location"),
    "channel": ("channel", "source"),
    "language": ("language", "lang"),
}
TIME_FORMATS = (
    "%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M", "%Y/%m/%d", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M",
    "%Y年%m月%d日 %H:%M", "%Y.%m.%d %H:%M",
)  # fmt: skip
csv.field_size_limit(10_000_000)


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column answers which question; a question without a column stays open."""

    columns: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def parse(cls, text: str) -> Columns:
        """From "text=detail,title=title"; `BadInput` names an unknown question."""
        pairs = dict(part.split("=", 1) for part in text.split(",") if "=" in part)
        if unknown := set(pairs) - set(FIELDS):
            raise BadInput(
                "replay.map",
                _("--map knows {known}, not {unknown}."),
                known=", ".join(FIELDS),
                unknown=", ".join(sorted(unknown)),
            )
        return cls({key.strip(): value.strip() for key, value in pairs.items()})

    def completed(self, header: Mapping[str, object]) -> Columns:
        """With the usual names for what was not said, as far as the file has them."""
        by_lower = {name.lower().strip(): name for name in header}
        found = dict(self.columns)
        for question, names in USUAL.items():
            if question not in found:
                column = next((by_lower[n] for n in names if n in by_lower), None)
                if column is not None and column not in found.values():
                    found[question] = column
        missing = [c for c in found.values() if c not in header]
        if missing or not {"text", "title"} & set(found):
            raise BadInput(
                "replay.columns",
                _("The file has the columns {columns}; say with --map which one holds the text."),
                columns=", ".join(str(name) for name in header),
            )
        return Columns(found)


def read_rows(path: Path) -> Iterator[dict[str, str]]:
    """Rows as dictionaries of text; the kind of file is told by its name."""
    suffixes = [s.lower() for s in path.suffixes]
    zipped = suffixes[-1:] == [".gz"]
    kind = suffixes[-2:-1] if zipped else suffixes[-1:]
    with _opened(path, zipped) as text:
        if kind in ([".jsonl"], [".ndjson"], [".json"]):
            for line in text:
                if line.strip():
                    yield {str(k): "" if v is None else str(v) for k, v in json.loads(line).items()}
        else:
            for row in csv.DictReader(text):
                yield {str(k): v or "" for k, v in row.items() if k is not None}


def _opened(path: Path, zipped: bool) -> IO[str]:
    """A mark at the start and broken bytes must not stop a replay of thousands of rows."""
    opener = gzip.open if zipped else open
    return cast(IO[str], opener(path, "rt", encoding="utf-8-sig", errors="replace", newline=""))


def intake_of(row: Mapping[str, str], mapping: Columns, source: str) -> Intake:
    """One row as an intake; `BadInput` says what is wrong with it."""
    pick = {q: row.get(column, "").strip() for q, column in mapping.columns.items()}
    words = _words(pick.get("title", ""), pick.get("text", ""))
    point = _point(pick.get("lon", ""), pick.get("lat", ""))
    return Intake(
        key=f"replay:{_key(row, pick.get('id', ''), source)}",
        narrative=words,
        channel=pick.get("channel") or "transfer_in",
        place_words=pick.get("place", ""),
        point=point,
        precision_m=100.0 if point else None,
        point_source="file" if point else "",
        reported_at=_time(pick.get("time", "")),
        source_ref=pick.get("id", "")[:120],
        language=pick.get("language", "")[:8],
    )


def _words(title: str, detail: str) -> str:
    if title and title not in detail:
        return f"{title}\n{detail}".strip()
    return detail


def _key(row: Mapping[str, str], number: str, source: str) -> str:
    """By the sender's number, else by everything the row says."""
    said = [source, number] if number else [source, *(f"{k}={row[k]}" for k in sorted(row))]
    return hashlib.sha256("\x1f".join(said).encode()).hexdigest()[:40]


def _point(lon: str, lat: str) -> Point | None:
    if not lon or not lat:
        return None
    try:
        return Point(float(lon), float(lat))
    except ValueError as error:
        raise BadInput("replay.point", _("The coordinates are not numbers.")) from error


def _time(text: str) -> datetime | None:
    """Naive times are local; None for an empty cell."""
    if not text:
        return None
    if text.isdigit() and len(text) in (10, 13):
        return datetime.fromtimestamp(int(text) / (1000 if len(text) == 13 else 1), UTC)
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        for shape in TIME_FORMATS:
            try:
                at = datetime.strptime(text, shape)  # noqa: DTZ007  the zone is added below
                break
            except ValueError:
                continue
        else:
            raise BadInput("replay.time", _("The time could not be read.")) from None
    return at if at.tzinfo else at.replace(tzinfo=ZONE)
