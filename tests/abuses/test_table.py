"""Every abuse of the domain book has a row: its rule, where it holds, and the tests that see it."""

from __future__ import annotations

import ast
import re
from functools import cache

import pytest

from tests.abuses.walks import ROOT
from tests.docs.pages import table

PAGE = "docs/operators/privacy.md"
NOT_BUILT = "room not built"
ROWS = [f"A{n}" for n in range(1, 22)]


@cache
def functions() -> dict[str, str]:
    """Every test function of the repository and its file."""
    found: dict[str, str] = {}
    for path in [*ROOT.glob("tests/**/test_*.py"), *ROOT.glob("maplebridge/*/tests/test_*.py")]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                found[node.name] = str(path.relative_to(ROOT))
    return found


@cache
def rows() -> dict[str, tuple[str, ...]]:
    return {row[0]: row for row in table(PAGE, "abuses")}


def named(row: str) -> list[str]:
    return re.findall(r"`(test_\w+)`", rows()[row][4])


def test_every_abuse_has_its_row_in_order() -> None:
    assert list(rows()) == ROWS
    assert not [row for row, cells in rows().items() if len(cells) != 5 or not all(cells)]


@pytest.mark.parametrize("row", ROWS)
def test_its_rule_is_tested_or_its_room_is_not_built(row: str) -> None:
    cell = rows()[row][4]
    assert named(row) or NOT_BUILT in cell, f"{row} is neither tested nor said to be open"
    lost = [name for name in named(row) if name not in functions()]
    assert not lost, f"{row} names tests that are not there: {lost}"


def test_every_test_of_an_abuse_stands_in_its_row() -> None:
    missing = [
        (f"A{int(number)}", name)
        for name, file in functions().items()
        if file.startswith("tests/abuses/")
        for number in re.findall(r"(?:test|)_a(\d\d)(?=_)", name)
        if name not in named(f"A{int(number)}")
    ]
    assert not missing, f"add to {PAGE}: {missing}"
