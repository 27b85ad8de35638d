"""Hot issues [热点诉求]: messages of many people about one matter in one place.

See docs/algorithms/matching.md, "Hot issues". Pure: the same messages give the same groups, in
whatever order they come.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import numpy as np

from maplebridge.brain.matching.issue_text import FIRST_WORDS, title_of, weighted_pieces
from maplebridge.brain.matching.linkage import join_alike
from maplebridge.brain.matching.text import PRIOR_EVENTS

if TYPE_CHECKING:
    from numpy.typing import NDArray

_CHUNK = 512  # rows of the table of likeness held at once


@dataclass(frozen=True, slots=True)
class Message:
    """One message, as it was written."""

    message_id: str
    text: str
    title: str = ""  # in the writer's own words; "" = none
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class IssueSettings:
    """What makes messages one issue; no value is fitted to a town or a topic."""

    title_share: float = 0.5  # of the likeness; a title is the writer's own summary
    stop_at: float = 0.25  # likeness below which two groups stay apart
    neighbours: int = 64  # most alike messages each message is compared by
    floor: float = 0.04  # likeness that is as good as none
    common: float = 0.2  # a piece in more of the messages than this tells nothing apart
    least: int = 3  # members from which a group is an issue


def group_messages(
    messages: Sequence[Message], settings: IssueSettings | None = None
) -> list[tuple[Message, ...]]:
    """The issues, biggest first, each in order of time; who is in none is left out."""
    chosen = settings or IssueSettings()
    ordered = sorted(messages, key=lambda m: (m.title, m.text, m.message_id))
    if len(ordered) < chosen.least:
        return []
    owner = join_alike(_likeness(ordered, chosen), chosen.stop_at)
    groups: defaultdict[int, list[Message]] = defaultdict(list)
    for message, group in zip(ordered, owner, strict=True):
        groups[group].append(message)
    issues = [
        tuple(sorted(members, key=_when))
        for members in groups.values()
        if len(members) >= chosen.least
    ]
    return sorted(issues, key=lambda issue: (-len(issue), _when(issue[0])))


def _when(message: Message) -> tuple[float, str]:
    return (message.at.timestamp() if message.at else math.inf), message.message_id


def _likeness(messages: Sequence[Message], settings: IssueSettings) -> list[dict[int, float]]:
    """For each message its most alike ones; symmetric."""
    table = _vectors(messages, settings)
    turned = table.T.tocsr()
    rows: list[dict[int, float]] = [{} for _ in messages]
    for start in range(0, len(messages), _CHUNK):
        product = (table[start : start + _CHUNK] @ turned).tocsr()
        for offset in range(product.shape[0]):
            line = slice(product.indptr[offset], product.indptr[offset + 1])
            item = start + offset
            for other, value in _nearest(product.indices[line], product.data[line], item, settings):
                rows[item][other] = rows[other][item] = value
    return rows


def _nearest(
    others: NDArray[Any], values: NDArray[Any], item: int, settings: IssueSettings
) -> list[tuple[int, float]]:
    kept = (values >= settings.floor) & (others != item)
    others, values = others[kept], values[kept]
    order = np.lexsort((others, -np.round(values, 9)))[: settings.neighbours]
    return [(int(others[i]), round(float(values[i]), 9)) for i in order]


def _vectors(messages: Sequence[Message], settings: IssueSettings) -> Any:
    """One row of length 1 for each message: its title beside its title and first words."""
    from scipy import sparse  # slow to load, and a duty desk that only triages never needs it

    titles = [title_of(m.title, m.text) for m in messages]
    bodies = [f"{t}。{m.text[:FIRST_WORDS]}" for t, m in zip(titles, messages, strict=True)]
    parts = [
        _weighted([weighted_pieces(text) for text in texts], share, settings.common)
        for texts, share in ((titles, settings.title_share), (bodies, 1.0 - settings.title_share))
    ]
    return sparse.hstack(parts).tocsr()


def _weighted(bags: Sequence[dict[str, float]], share: float, common: float) -> Any:
    """A row for each bag, of the length of its share: what it says, by how rare that is."""
    from scipy import sparse

    holders = Counter(piece for bag in bags for piece in bag)
    seen = len(bags) + PRIOR_EVENTS
    rare = {p: math.log(seen / (h + 1.0)) for p, h in holders.items()}
    most = common * seen
    # A column for each piece that somebody else says, too; sorted, so that sums never differ.
    column = {p: n for n, p in enumerate(sorted(p for p, h in holders.items() if 1 < h <= most))}
    starts, columns, values = [0], [], []
    for bag in bags:
        # What nobody else says still makes a message less like the others.
        length = math.sqrt(sum((weight * rare[p]) ** 2 for p, weight in bag.items()))
        for piece, weight in bag.items():
            if piece in column:
                columns.append(column[piece])
                values.append(math.sqrt(share) * weight * rare[piece] / length)
        starts.append(len(columns))
    return sparse.csr_matrix((values, columns, starts), shape=(len(bags), max(1, len(column))))
