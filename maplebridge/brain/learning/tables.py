"""Read labelled texts from a table: CSV or JSON Lines, plain or .gz."""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

_LONGEST_CELL = 10_000_000  # characters; the csv module's own limit is too low for letters


class BadTable(Exception):
    """The table does not fit; says where and why."""


def read_table(path: Path, text_column: str, label_column: str) -> list[tuple[str, str]]:
    """(text, label) of every row that has both; raises BadTable."""
    name = path.name.removesuffix(".gz")
    rows = _json_rows if name.endswith((".jsonl", ".ndjson")) else _csv_rows
    found: list[tuple[str, str]] = []
    try:
        with _open(path) as file:
            for number, row in enumerate(rows(file, path.name), start=1):
                for column in (text_column, label_column):
                    if column not in row:
                        raise BadTable(
                            f"{path.name}, row {number}: no column “{column}”; "
                            f"there are {', '.join(map(str, row))}"
                        )
                text, label = row[text_column], row[label_column]
                if text not in (None, "") and label not in (None, ""):
                    found.append((str(text), str(label)))
    except (OSError, UnicodeDecodeError, EOFError, csv.Error) as error:
        raise BadTable(f"{path.name}: {error}") from error
    if not found:
        raise BadTable(f"{path.name}: no row with text and label")
    return found


def _open(path: Path) -> TextIO:
    if path.name.endswith(".gz"):
        return gzip.open(path, "rt", encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def _csv_rows(file: TextIO, _name: str) -> Iterator[dict[str, Any]]:
    csv.field_size_limit(_LONGEST_CELL)
    yield from csv.DictReader(file)


def _json_rows(file: TextIO, name: str) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(file, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise BadTable(f"{name}, line {number}: not JSON ({error})") from error
        if not isinstance(row, dict):
            raise BadTable(f"{name}, line {number}: not an object")
        yield row
