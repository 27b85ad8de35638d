"""Words of a report as a bag of pieces: Chinese characters in pairs, Latin words whole.

See docs/algorithms/matching.md, step 1.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping

from maplebridge.brain.wordlist import words

_RUN = re.compile(r"[a-z]+|[0-9]+|[\u3400-\u9fff]+")
_COMMON = words(
    """
    我们 你们 他们 这个 那个 一个 没有 不是 就是 什么 怎么 现在 已经 可以 希望 反映 问题
    相关 部门 处理 解决 请问 您好 你好 领导 尊敬 谢谢 情况 投诉 要求 有人 这里 那里 时候
    因为 所以 但是 而且 还有 知道 不知 是不 请你 来电 市民 群众 居民 严重 the and for that
    this with there have has was were are from they you please
    """
)
PRIOR_EVENTS = 50  # so that a young index does not think every piece is common or rare


def pieces(text: str) -> frozenset[str]:
    """The set of pieces of a text. Punctuation breaks pairs, so that clauses stay apart."""
    found: set[str] = set()
    for run in _RUN.findall(text.lower()):
        if run.isascii():
            if len(run) > 1:
                found.add(run)
        else:
            found.update(run[i : i + 2] for i in range(len(run) - 1))
    return frozenset(found - _COMMON)


def rarity(events: int, holders: int) -> int:
    """Squared weight of a piece that ``holders`` of ``events`` open events contain, in thousandths.

    Whole numbers, so that a sum does not depend on the order of a set.
    """
    return round(1000.0 * math.log((events + PRIOR_EVENTS) / (holders + 1.0)) ** 2)


def similarity(a: frozenset[str], b: frozenset[str], weights: Mapping[str, int]) -> float:
    """0..1, symmetric: mean of cosine and overlap, so a short repeat of a long letter counts."""
    shared = sum(weights[piece] for piece in a & b)
    if shared == 0:
        return 0.0
    norm_a, norm_b = sum(weights[piece] for piece in a), sum(weights[piece] for piece in b)
    cosine = shared / math.sqrt(norm_a * norm_b)
    overlap = shared / min(norm_a, norm_b)
    return min(1.0, (cosine + overlap) / 2.0)


def shared_phrases(text: str, shared: Collection[str], most: int = 3) -> tuple[str, ...]:
    """The longest stretches of ``text`` made of shared pieces, for people to read."""
    lowered = text.lower()
    marks = [False] * len(lowered)
    for i in range(len(lowered) - 1):
        if lowered[i : i + 2] in shared:
            marks[i] = marks[i + 1] = True
    for match in re.finditer(r"[a-z]+|[0-9]+", lowered):
        if match.group() in shared:
            marks[match.start() : match.end()] = [True] * (match.end() - match.start())
    runs: list[str] = []
    start = 0
    for i, marked in enumerate([*marks, False]):
        if not marked:
            if i > start:
                runs.append(text[start:i])
            start = i + 1
    unique = sorted(set(runs), key=lambda run: (-len(run), run))
    return tuple(unique[:most])
