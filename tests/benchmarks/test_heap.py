"""What a heap snapshot is summed to, and what of two of them is called growth."""

from __future__ import annotations

from benchmarks.heap import grown, summed, watched


def taken(*objects: tuple[int, str, int]) -> dict[str, object]:
    """A snapshot as a browser sends it, of (kind, name, bytes)."""
    strings = [name for _kind, name, _size in objects]
    return {
        "snapshot": {
            "meta": {
                "node_fields": ["type", "name", "id", "self_size"],
                "node_types": [["native", "string", "object"], "string", "number", "number"],
            }
        },
        "strings": strings,
        "nodes": [
            number
            for n, (kind, _name, size) in enumerate(objects)
            for number in (kind, n, 1000 + n, size)
        ],
    }


def test_objects_of_one_kind_are_one_line_and_all_strings_another() -> None:
    sums = summed(taken((0, "Text", 40), (0, "Text", 60), (1, "one", 5), (1, "two", 6)))
    assert dict(sums.size) == {"native Text": 100, "string": 11}
    assert sums.count["native Text"] == 2


def test_what_grew_most_stands_first_and_the_watcher_apart() -> None:
    held = "blink::XHRReplayData"
    before = summed(taken((0, "Text", 40), (2, "Map", 10), (0, held, 7)))
    after = summed(taken((0, "Text", 40), (2, "Map", 30), (1, "x", 90), (0, held, 9), (0, held, 9)))
    assert grown(before, after) == [("string", 90, 1), ("object Map", 20, 0)]
    assert watched(before, after) == [(f"native {held}", 11, 1)]
