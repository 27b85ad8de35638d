"""Which fields of meaning a word belongs to."""

from __future__ import annotations

from collections import defaultdict

from maplebridge.brain.triage.lexicon import fields_civic, fields_danger, fields_more


def _by_word() -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    tables = (fields_danger.FIELDS, fields_civic.FIELDS, fields_more.FIELDS)
    for line in "".join(tables).splitlines():
        if line:
            field, words = line.split(":", 1)
            for word in words.split():
                found[word.lower()].add(field)
    return {word: tuple(sorted(fields)) for word, fields in found.items()}


FIELDS_OF: dict[str, tuple[str, ...]] = _by_word()
"""Word → names of its fields."""
