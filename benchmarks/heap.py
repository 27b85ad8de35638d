"""What a page's heap is made of, so that growth has a name: snapshots over CDP, summed by kind.

A number says that a page grows; only a snapshot says what. Two of them are compared, one after the
page has warmed up and one at the end: what grew with every renewal stands at the top.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import CDPSession

# The browser keeps these for whoever watches its network (the driver does); no wall has them.
OF_THE_WATCHER = frozenset({
    "native blink::NetworkResourcesData::ResourceData", "native blink::XHRReplayData",
})  # fmt: skip
STRINGS = frozenset({"string", "concatenated string", "sliced string"})


@dataclass(frozen=True, slots=True)
class Sums:
    """By kind of object, such as "native Text" or "string": bytes, and how many."""

    size: Counter[str]
    count: Counter[str]


def settled_kib(cdp: CDPSession, tries: int = 3) -> float:
    """JavaScript objects alive, in KiB: the least of a few looks.

    One collection often leaves a generation behind, or compiled code that is thrown away soon;
    a single look differs by some 300 KiB from the next.
    """
    return min(_used(cdp) for _ in range(tries)) / 1024


def _used(cdp: CDPSession) -> float:
    cdp.send("HeapProfiler.collectGarbage")
    return float(cdp.send("Runtime.getHeapUsage")["usedSize"])


def snapshot(cdp: CDPSession) -> Sums:
    """Collect, take a snapshot, and sum it."""
    chunks: list[str] = []

    def take(event: dict[str, str]) -> None:
        chunks.append(event["chunk"])

    cdp.on("HeapProfiler.addHeapSnapshotChunk", take)
    for _ in range(2):
        cdp.send("HeapProfiler.collectGarbage")
    cdp.send("HeapProfiler.takeHeapSnapshot", {"reportProgress": False})
    cdp.remove_listener("HeapProfiler.addHeapSnapshotChunk", take)
    return summed(json.loads("".join(chunks)))


def summed(taken: dict[str, Any]) -> Sums:
    """A snapshot is one list of numbers; its header says how many of them describe an object."""
    meta = taken["snapshot"]["meta"]
    fields, kinds = meta["node_fields"], meta["node_types"][0]
    at, strings, nodes = {f: n for n, f in enumerate(fields)}, taken["strings"], taken["nodes"]
    size, count = Counter[str](), Counter[str]()
    for begin in range(0, len(nodes), len(fields)):
        kind = kinds[nodes[begin + at["type"]]]
        name = "string" if kind in STRINGS else f"{kind} {strings[nodes[begin + at['name']]][:48]}"
        size[name] += nodes[begin + at["self_size"]]
        count[name] += 1
    return Sums(size, count)


def grown(before: Sums, after: Sums, most: int = 12) -> list[tuple[str, int, int]]:
    """(kind, bytes more, objects more), the most bytes first, without what the watcher holds."""
    more = _more(before, after, set(after.size) - OF_THE_WATCHER)
    return sorted(more, key=lambda row: -row[1])[:most]


def watched(before: Sums, after: Sums) -> list[tuple[str, int, int]]:
    """The same for what only the watcher holds."""
    return _more(before, after, OF_THE_WATCHER)


def _more(before: Sums, after: Sums, names: Iterable[str]) -> list[tuple[str, int, int]]:
    return [
        (name, after.size[name] - before.size[name], after.count[name] - before.count[name])
        for name in sorted(names)
        if after.size[name] > before.size[name]
    ]
