"""A computer without a Chinese face shows every name and label: the served font draws them all."""

from __future__ import annotations

import dataclasses
import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import maplebridge
from maplebridge.shell import assets
from maplebridge.twin.city import generate_city

ROOMS = Path(maplebridge.__file__).parent
# Marks that are drawn by the page, or that every system's own face has.
NOT_TEXT = {"Cc", "Cf", "Zs", "Zl", "Zp"}
KEYS = "↵"  # the sign of a key, on the desk only; every system's Latin face has it


@pytest.fixture(scope="module")
def served() -> set[int]:
    """Code points that the built font files draw and their style sheets promise."""
    path = assets.DIST / "glyphs.json"
    if not path.exists():
        pytest.skip("the front end is not built; run `make setup`")
    runs: list[tuple[int, int]] = json.loads(path.read_text("utf-8"))
    return {code for start, end in runs for code in range(start, end + 1)}


def texts(value: object) -> Iterator[str]:
    """Every string in a tree of frozen records."""
    if isinstance(value, str):
        yield value
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from texts(getattr(value, field.name))
    elif isinstance(value, dict):
        yield from texts([*value.keys(), *value.values()])
    elif isinstance(value, list | tuple | set | frozenset):
        for item in value:
            yield from texts(item)


def unserved(text: str, served: set[int]) -> list[str]:
    return sorted(
        char
        for char in set(text)
        if ord(char) > 0x7E
        and unicodedata.category(char) not in NOT_TEXT
        and ord(char) not in served
        and char not in KEYS
    )


def test_the_rare_characters_of_place_names_are_among_them(served: set[int]) -> None:
    """舥渡 is a quarter of the demonstration; the others stand on real signs along the coast."""
    assert unserved("舥矴垟岙塸汆埭浃磜峃溇㙟䃅", served) == []


def test_every_name_of_the_generated_city_is_served(served: set[int]) -> None:
    found = "".join(texts(generate_city()))
    assert "舥" in found
    assert unserved(found, served) == []


def test_every_label_is_served(served: set[int]) -> None:
    missing = {}
    for path in sorted(ROOMS.glob("**/locale/*/LC_MESSAGES/*.po")):
        with path.open("rb") as source:
            catalogue = read_po(source, locale=path.parts[-3])
        said = "".join(
            part for message in catalogue for part in texts([message.id, message.string])
        )
        if lost := unserved(said, served):
            missing[str(path.relative_to(ROOMS))] = lost
    assert missing == {}


def test_what_residents_say_and_what_pages_draw_is_served(served: set[int]) -> None:
    missing = {}
    for path in sorted([*ROOMS.glob("**/*.html"), *(ROOMS / "twin").glob("**/*.py")]):
        if lost := unserved(path.read_text("utf-8"), served):
            missing[str(path.relative_to(ROOMS))] = lost
    assert missing == {}
