"""Rows of a file of messages → intakes: which column answers which question."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

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


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column answers which question; a question without a column stays open."""

    columns: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def parse(cls, text: str) -> Columns:
        """From "text=detail,title=title"; `BadInput` says which part cannot be used."""
        found: dict[str, str] = {}
        for part in filter(None, (part.strip() for part in text.split(","))):
            question, _equals, column = (word.strip() for word in part.partition("="))
            if not question or not column:
                raise BadInput(
                    "replay.map",
                    _("“{part}” is not understood: --map takes pairs such as text=detail."),
                    part=part,
                )
            if question not in FIELDS:
                raise BadInput(
                    "replay.map",
                    _("--map knows {known}, not {unknown}."),
                    known=", ".join(FIELDS),
                    unknown=question,
                )
            if question in found:
                raise BadInput("replay.map", _("--map names {question} twice."), question=question)
            found[question] = column
        return cls(found)

    def check(self, header: Collection[str]) -> None:
        """`BadInput` for a column that was asked for and is nowhere in the file."""
        if missing := [column for column in self.columns.values() if column not in header]:
            raise BadInput(
                "replay.map",
                _("The file has no column {missing}; it has {columns}."),
                missing=_listed(missing),
                columns=_listed(header),
            )

    def completed(self, header: Collection[str]) -> Columns:
        """With the usual names for what was not said, as far as these columns hold them."""
        by_lower = {name.lower().strip(): name for name in header}
        found = {q: column for q, column in self.columns.items() if column in header}
        for question, names in USUAL.items():
            if question not in self.columns:
                column = next((by_lower[n] for n in names if n in by_lower), None)
                if column is not None and column not in found.values():
                    found[question] = column
        if not {"text", "title"} & set(found):
            raise BadInput(
                "replay.columns",
                _("The file has the columns {columns}; say with --map which one holds the text."),
                columns=_listed(header),
            )
        return Columns(found)


def _listed(names: Collection[str]) -> str:
    """Names from a file may hold bytes that no terminal prints."""
    return ", ".join(names).encode("utf-8", "replace").decode()


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
        reported_at=time_of(pick.get("time", "")),
        source_ref=pick.get("id", "")[:120],
        language=pick.get("language", "")[:8],
    )


def _words(title: str, detail: str) -> str:
    if title and title not in detail:
        return f"{title}\n{detail}".strip()
    return detail


def _key(row: Mapping[str, str], number: str, source: str) -> str:
    """By the sender's number, else by everything the row says.

    Never by the name of the file: a copy under another name would bring everything a second time.
    """
    said = [source, number] if number else [f"{k}={row[k]}" for k in sorted(row)]
    return hashlib.sha256("\x1f".join(said).encode("utf-8", "surrogatepass")).hexdigest()[:40]


def _point(lon: str, lat: str) -> Point | None:
    if not lon or not lat:
        return None
    try:
        return Point(float(lon), float(lat))
    except ValueError as error:
        raise BadInput("replay.point", _("The coordinates are not numbers.")) from error


def time_of(text: str) -> datetime | None:
    """Naive times are local; None for an empty cell."""
    if not text:
        return None
    # isdigit alone would let through raised and circled figures, which int() refuses.
    if text.isascii() and text.isdigit() and len(text) in (10, 13):
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
