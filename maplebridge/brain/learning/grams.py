"""A text as overlapping pieces of one to four characters, each with its place.

A Chinese character, a Latin word and a run of figures are one unit each; a piece is up to four
units in a row. Figures count by their length alone, so no telephone or card number is learned.
"""

from __future__ import annotations

import re
from operator import add

LONGEST = 4  # units in one piece
_UNIT = re.compile(r"[a-z]+|[0-9]+|[?!？！]|[^\W\d_a-z]|[\U0001F300-\U0001FAFF\u2600-\u27BF]")
_SAME = {"？": "?", "！": "!"}


def units(folded: str) -> list[str]:
    """The units of a folded text; Latin words get a blank in front, figures become ``#length``."""
    return [_name(unit) for unit in _UNIT.findall(folded)]


def grams(folded: str) -> list[str]:
    """All pieces of a folded text, with repetitions."""
    ones = units(folded)
    found = list(ones)
    longer = ones
    for length in range(1, LONGEST):
        longer = list(map(add, longer, ones[length:]))
        found += longer
    return found


def grams_with_places(folded: str) -> list[tuple[str, int, int]]:
    """All pieces with their half-open places in the text."""
    matches = list(_UNIT.finditer(folded))
    names = [_name(match.group()) for match in matches]
    return [
        ("".join(names[i : i + length]), matches[i].start(), matches[i + length - 1].end())
        for length in range(1, LONGEST + 1)
        for i in range(len(names) - length + 1)
    ]


def _name(unit: str) -> str:
    first = unit[0]
    if "a" <= first <= "z":
        return " " + unit
    if "0" <= first <= "9":
        return f"#{min(len(unit), 6)}"
    return _SAME.get(unit, unit)
