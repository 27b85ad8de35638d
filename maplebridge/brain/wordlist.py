"""Tables of words written as prose, so that a table of a hundred words stays a few lines."""

from __future__ import annotations


def words(table: str) -> frozenset[str]:
    """The blank-separated words of a table; "_" stands for a blank inside a phrase."""
    return frozenset(word.replace("_", " ") for word in table.split())


def codes(table: str) -> frozenset[str]:
    """The blank-separated codes of a table, as they are."""
    return frozenset(table.split())
