"""A long and odd text costs about as much as its length, not the square of it."""

from __future__ import annotations

import re

import pytest

from maplebridge.brain.triage import signs


@pytest.mark.parametrize("filling", ["7", "九", " ", "7 ", "7多 "])
def test_no_pattern_walks_a_long_run_again_and_again(filling: str) -> None:
    """Counted in tries, not in time: a pattern may start once a run, so it matches at most once."""
    text = "花了" + filling * 5_000 + "块"
    for name in ("_AGE", "_MONEY", "_CROWD", "_JUST_NOW", "_LONG"):
        pattern: re.Pattern[str] = getattr(signs, name)
        longest = max((len(m.group()) for m in pattern.finditer(text)), default=0)
        assert longest <= 60, name
