"""Where words and markers stand: never on each other, always in the same place."""

from __future__ import annotations

import math
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from maplebridge.live import placing
from maplebridge.live.placing import Box, Wanted

PAGE = Box(0, 0, 1192, 844)
POINTS = st.tuples(st.integers(60, 1100), st.integers(60, 780))


def wanted(points: list[tuple[int, int]]) -> list[Wanted]:
    return [
        Wanted(f"p{n}", "m-name", "鹤渚湾", 24, 0.3, placing.around(x, y, 24, 15))
        for n, (x, y) in enumerate(points)
    ]


@given(st.lists(POINTS, max_size=25), st.lists(POINTS, max_size=25))
def test_no_label_covers_a_marker_or_another_label(
    stations: list[tuple[int, int]], markers: list[tuple[int, int]]
) -> None:
    taken = [Box(x - 24, y - 25, x + 24, y + 22) for x, y in markers]
    asked = {label.key: label for label in wanted(stations)}
    found = placing.place(asked.values(), PAGE, taken)
    boxes = [placing.words_box(one.x, one.y, asked[one.key], one.anchor) for one in found]
    assert all(box.within(PAGE) for box in boxes)
    assert not any(a.shared(b) for a, b in combinations(boxes, 2))
    assert not any(a.shared(b) for a in boxes for b in taken)


@given(st.lists(POINTS, max_size=25))
def test_the_same_city_gives_the_same_picture(points: list[tuple[int, int]]) -> None:
    assert placing.place(wanted(points), PAGE, []) == placing.place(wanted(points), PAGE, [])
    centres = {f"G{n}": point for n, point in enumerate(points)}
    backwards = dict(reversed(centres.items()))
    assert placing.spots(centres, []) == placing.spots(backwards, [])


def test_a_label_stays_where_it_is_when_a_marker_appears_at_a_likely_spot() -> None:
    """Its place was chosen as if every cell had matters already."""
    likely = [Box(516, 376, 564, 423)]
    calm = placing.place(wanted([(500, 400)]), PAGE, [], likely)
    assert placing.place(wanted([(500, 400)]), PAGE, likely, likely) == calm


def test_markers_of_close_cells_stand_apart_and_near_their_cells() -> None:
    centres = {"G1": (500, 400), "G2": (510, 400), "G3": (500, 400)}
    spots = placing.spots(centres, [(480, 400)])
    for one, other in combinations(spots.values(), 2):
        assert math.dist(one, other) > 32  # two discs of sixteen
    assert all(math.dist(spots[c], centres[c]) <= placing.FARTHEST + 1 for c in centres)


def test_what_finds_no_place_is_left_out() -> None:
    everywhere = [Box(0, 0, 1192, 844)]
    assert placing.place(wanted([(500, 400)]), PAGE, everywhere) == []
