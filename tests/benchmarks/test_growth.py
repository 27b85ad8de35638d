"""The growth table: what is marked, and what is not."""

from __future__ import annotations

from pathlib import Path

from benchmarks.growth import Sample, Size, table_of


def size(matters: int, *samples: Sample) -> Size:
    return Size(matters, "sqlite:///nowhere", Path(), samples=list(samples))


def test_a_face_that_grows_and_one_that_asks_more_are_marked() -> None:
    small = size(1_000, {"flat": (0.010, 4), "slow": (0.010, 4), "chatty": (0.010, 4)})
    large = size(300_000, {"flat": (0.014, 4), "slow": (0.016, 4), "chatty": (0.010, 5)})
    marks = {row[0]: row[-1] for row in table_of("an engine", [small, large]).rows}
    assert marks == {"flat": "", "slow": "GROWS", "chatty": "QUERIES"}


def test_the_median_counts_and_the_fewest_queries() -> None:
    small = size(1_000, {"page": (0.010, 4)}, {"page": (0.010, 4)}, {"page": (0.010, 4)})
    large = size(300_000, {"page": (0.010, 4)}, {"page": (0.500, 9)}, {"page": (0.010, 5)})
    (row,) = table_of("an engine", [small, large]).rows
    assert list(row) == ["page", 4, 10.0, 10.0, 1.0, ""]


def test_a_fraction_of_a_millisecond_is_no_growth() -> None:
    small, large = size(1_000, {"head": (0.0001, 1)}), size(300_000, {"head": (0.0003, 1)})
    assert table_of("an engine", [small, large]).rows[0][-1] == ""
