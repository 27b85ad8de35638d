"""Checks on what a page shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db import models

SHORT = 3  # characters; shorter values would match by accident


def personal_values(rows: Iterable[models.Model]) -> Iterator[str]:
    """Every personal text value of the given rows, as their models declare them."""
    for row in rows:
        for name in getattr(row, "personal", {}):
            value = getattr(row, name)
            if isinstance(value, str) and len(value) >= SHORT:
                yield value
            elif isinstance(value, float):
                yield repr(value)


def assert_no_personal(shown: str, rows: Iterable[models.Model]) -> None:
    """Fail with the first personal value of `rows` that stands in `shown`."""
    seen = 0
    for value in personal_values(rows):
        seen += 1
        if value in shown:
            raise AssertionError(f"personal value shown: {value!r}")
    if not seen:
        raise AssertionError("the rows held no personal values, so nothing was checked")
