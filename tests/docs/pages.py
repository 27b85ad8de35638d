"""Reading the documentation: pages, their links, and tables that are held to the program.

A table under `<!-- checked: name -->` lists what a registry of the program holds. The first cells
of its rows are compared; cells behind them are written by hand and must not be empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
ENTRANCES = ("README.md", "CHANGELOG.md", "CONTRIBUTING.md")
CELLS = re.compile(r"(?<!\\)\|")
Row = tuple[str, ...]


def pages() -> list[Path]:
    """Every page a reader may open."""
    return [*(ROOT / name for name in ENTRANCES), *sorted(DOCS.rglob("*.md"))]


def name_of(page: Path) -> str:
    return str(page.relative_to(ROOT))


def without_code(text: str) -> str:
    """The text with its code blocks and code spans left out."""
    blocks = re.sub(r"^(```|~~~).*?^\1\s*$", "", text, flags=re.S | re.M)
    return re.sub(r"`[^`\n]*`", "", blocks)


def cell(value: object) -> str:
    """A value as it stands in a cell."""
    return " ".join(str(value).split()).replace("|", r"\|")


def code(value: object) -> str:
    return f"`{cell(value)}`"


def codes(values: Sequence[object]) -> str:
    return ", ".join(code(value) for value in values) or "–"


def table(page: str, name: str) -> Iterator[Row]:
    """The rows of a checked table, without its head."""
    lines = (ROOT / page).read_text("utf-8").splitlines()
    mark = f"<!-- checked: {name} -->"
    assert mark in lines, f"{page} has no table {name}; begin it with {mark}"
    start = lines.index(mark) + 1
    rows = [line for line in lines[start:] if line.strip()] if start < len(lines) else []
    length = next((n for n, line in enumerate(rows) if not line.startswith("|")), len(rows))
    for line in rows[2:length]:
        yield tuple(part.strip() for part in CELLS.split(line.strip())[1:-1])


def hold(page: str, name: str, wanted: Sequence[Row]) -> None:
    """Fail with the rows to add and to remove unless the table says what `wanted` says."""
    width = len(wanted[0])
    found = list(table(page, name))
    said = [row[:width] for row in found]
    missing = [row for row in wanted if row not in said]
    stale = [row for row in said if row not in set(wanted)]
    assert not missing and not stale, (
        f"{page}, table {name}\nadd:\n{as_lines(missing)}\nremove:\n{as_lines(stale)}"
    )
    assert said == list(wanted), f"{page}, table {name}: the order is\n{as_lines(wanted)}"
    empty = [row[0] for row in found if not all(row[width:])]
    assert not empty, f"{page}, table {name}: nothing is said about {empty}"


def as_lines(rows: Sequence[Row]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)
