"""A file of messages → its rows. CSV or JSON lines, plain or gzipped, UTF-8 or GB18030.

A row that cannot be read is handed on as its refusal, so that the rows after it still count.
Where the file itself breaks off, `Unavailable` is raised after the last whole row.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import zlib
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, cast

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from maplebridge.kernel.errors import BadInput, Unavailable

Row = dict[str, str]
UTF_8, GB18030 = "utf-8-sig", "gb18030"
SAMPLE = 1_000  # lines that are not plain ASCII, enough to tell two encodings apart
LONGEST_ROW = 100_000  # characters; ten times the longest report that is taken
JSON_LINES = frozenset({".jsonl", ".ndjson", ".json"})
NOT_TEXT = (b"PK\x03\x04", b"\xff\xfe", b"\xfe\xff")  # a spreadsheet or archive; UTF-16
csv.field_size_limit(10_000_000)  # rows are measured here; the module's own limit must not be met


@dataclass(frozen=True, slots=True)
class MessageFile:
    """What was found out about a file before its rows are read."""

    path: Path
    is_json: bool
    encoding: str
    columns: tuple[str, ...] = ()  # of all lines; empty when not even the heading can be read

    def rows(self) -> Iterator[Row | BadInput]:
        """Rows as dictionaries of text, each a refusal where it cannot be read."""
        lines = _lines(self.path, self.encoding)
        return _json_rows(lines) if self.is_json else _csv_rows(_Lines(lines))


def open_messages(path: Path) -> MessageFile:
    """Look through a file: how it is written and which columns it has."""
    with _bytes(path) as raw, suppress(OSError, EOFError, zlib.error):
        if raw.read(4).startswith(NOT_TEXT):
            raise BadInput(
                "replay.file", _("This is not a text file. Save it as CSV in UTF-8 or GB18030.")
            )
    suffixes = [s.lower() for s in path.suffixes if s.lower() != ".gz"]
    is_json, encoding = not JSON_LINES.isdisjoint(suffixes[-1:]), _encoding(path)
    columns: dict[str, None] = {}  # in the order in which they are met
    with suppress(Unavailable):
        if is_json:
            for row in _json_rows(_lines(path, encoding)):
                columns.update(dict.fromkeys(row) if isinstance(row, dict) else {})
        else:
            columns = dict.fromkeys(_heading(_Lines(_lines(path, encoding))))
    return MessageFile(path, is_json, encoding, tuple(columns))


def _bytes(path: Path) -> IO[bytes]:
    """Zipped or not is told by the first bytes; a name is easily wrong."""
    with path.open("rb") as file:
        zipped = file.read(2) == b"\x1f\x8b"
    return cast(IO[bytes], gzip.open(path, "rb") if zipped else path.open("rb"))


def _encoding(path: Path) -> str:
    """GB18030 where most lines are that and no UTF-8; a few broken lines decide nothing."""
    seen = utf_8 = gb = 0
    with _bytes(path) as raw, suppress(OSError, EOFError, zlib.error):
        for line in islice((line for line in raw if not line.isascii()), SAMPLE):
            seen += 1
            utf_8 += _reads_as(line, "utf-8")
            gb += _reads_as(line, GB18030)
    return GB18030 if utf_8 * 2 < seen and gb > utf_8 else UTF_8


def _reads_as(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _lines(path: Path, encoding: str) -> Iterator[str]:
    """Broken bytes become lone surrogates, by which the row they stand in is refused."""
    try:
        with (
            _bytes(path) as raw,
            io.TextIOWrapper(raw, encoding, errors="surrogateescape", newline="") as text,
        ):
            for number, line in enumerate(text):
                yield line if number else line.lstrip("\ufeff")
    except (OSError, EOFError, zlib.error) as error:
        raise Unavailable(
            "replay.broken_off", _("The file is damaged or cut off; it could not be read further.")
        ) from error


def _json_rows(lines: Iterator[str]) -> Iterator[Row | BadInput]:
    return (_json_row(line) for line in lines if line.strip())


def _json_row(line: str) -> Row | BadInput:
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):  # also whole numbers of thousands of figures
        return _bad_row(_("The line is not JSON."))
    if not isinstance(said, dict):
        return _bad_row(_("The line is not a JSON object with one value for each column."))
    return _readable({str(k): "" if v is None else str(v) for k, v in said.items()})


def _csv_rows(lines: _Lines) -> Iterator[Row | BadInput]:
    heading = _heading(lines)
    cells = csv.reader(lines)
    while True:
        try:
            lines.row_begins()
            row = next(cells, None)
            lines.check_quotes()
        except csv.Error:
            lines.take_back()
            yield _bad_row(_("A quotation mark is not closed, or a cell is far too long."))
            continue
        if row is None:
            return
        if row:
            yield _csv_row(heading, row)


def _heading(lines: _Lines) -> list[str]:
    try:
        return next((row for row in csv.reader(lines) if row), [])
    except csv.Error as error:
        raise BadInput("replay.file", _("The heading of the file cannot be read.")) from error


def _csv_row(heading: list[str], cells: list[str]) -> Row | BadInput:
    if any(cell.strip() for cell in cells[len(heading) :]):
        # Often a comma inside words that are not quoted: the rest of the words would be lost.
        return _bad_row(_("The row has more cells than the heading."))
    cells += [""] * (len(heading) - len(cells))
    return _readable(dict(zip(heading, cells, strict=False)))


def _readable(row: Row) -> Row | BadInput:
    try:
        "".join(row.values()).encode()
    except UnicodeEncodeError:
        return BadInput("replay.encoding", _("The row holds bytes that are no characters."))
    return row


def _bad_row(why: Promise) -> BadInput:
    return BadInput("replay.row", why)


class _Lines(Iterator[str]):
    """Lines that are handed back when a quotation mark proves never to be closed.

    Otherwise one stray mark would swallow every row up to the next one, or to the end.
    """

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._back: deque[str] = deque()
        self._taken: list[str] = []  # by the row that is being read
        self._length = 0

    def __next__(self) -> str:
        if self._length > LONGEST_ROW:
            raise csv.Error("too long")
        line = self._back.popleft() if self._back else next(self._lines, None)
        if line is None:
            if self._taken:  # the reader wants to go on in the middle of a row
                raise csv.Error("not closed")
            raise StopIteration
        self._taken.append(line)
        self._length += len(line)
        return line

    def row_begins(self) -> None:
        self._taken, self._length = [], 0

    def check_quotes(self) -> None:
        """Over several lines marks must be right to the letter; two rows might be one by mistake.

        On one line sloppy marks do no harm.
        """
        if len(self._taken) > 1:
            for _row in csv.reader(self._taken, strict=True):
                pass

    def take_back(self) -> None:
        self._back.extendleft(reversed(self._taken[1:]))
