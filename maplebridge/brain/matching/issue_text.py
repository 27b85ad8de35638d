"""Words of a message as weighted pieces, where words that name a place weigh more.

See docs/algorithms/matching.md, "Hot issues", step 1. No gazetteer is needed: a place is known by
the word it ends with.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator

from maplebridge.brain.wordlist import words

_RUN = re.compile(r"[a-z]*[0-9]+[a-z0-9]*|[a-z]+|[\u3400-\u9fff]+")
_CLAUSE = re.compile(r"[。！？!?；;，,\n]")
_LONG_ENDINGS = words(
    """
    小区 社区 街道 大道 大厦 广场 公园 市场 学校 小学 中学 大学 学院 医院 幼儿园 公司 集团 项目
    工地 楼盘 花园 家园 国际 中心 公馆 工业区 开发区 地铁站 火车站
    """
)
_SHORT_ENDINGS = "城苑园湾府郡庭院村镇乡路街桥站湖山洲岛寺巷里"  # zh: what names of places end with
_ENDING = re.compile("|".join(sorted(_LONG_ENDINGS)) + f"|[{_SHORT_ENDINGS}]")
_NAME_BEFORE = 4  # characters of a name before its ending: 丽发新城 has three
_LONGEST_NAME = 7  # the same where a whole name is looked for
_UNITS = "省市区县镇"  # zh: what a name does not begin with; the unit's own name stood before it
PLACE_WEIGHT = 1.5  # two matters of one kind in two places must not look alike
FIRST_WORDS = 400  # characters of a letter that count; what follows is law and complaint in general
TITLE_MAX = 30  # characters of the first clause that stand in for a title


def title_of(title: str, text: str) -> str:
    """The title, or the first clause where nobody wrote one."""
    if title.strip():
        return title.strip()
    return next(filter(None, (c.strip() for c in _CLAUSE.split(text))), "")[:TITLE_MAX]


def weighted_pieces(text: str) -> dict[str, float]:
    """Piece → weight: the damped number of times it is said, more where it names a place."""
    counts: Counter[str] = Counter()
    named: set[str] = set()
    for run in _RUN.findall(text.lower()):
        if run.isascii():
            counts[run] += 1
            continue
        counts.update(run[i : i + 2] for i in range(len(run) - 1))
        for start, end in _names(run):
            named.update(run[i : i + 2] for i in range(start, end - 1))
    return {
        piece: (1.0 + math.log(times)) * (PLACE_WEIGHT if piece in named else 1.0)
        for piece, times in counts.items()
    }


def names_in(text: str) -> list[str]:
    """Stretches of three characters and more, with their ending, that may name a place.

    Where a name begins is not known without a gazetteer: each beginning is given, and what
    several people write alike is the name.
    """
    found = [
        run[begin:end].lstrip(_UNITS)
        for run in _RUN.findall(text.lower())
        if not run.isascii()
        for start, end in _names(run, _LONGEST_NAME)
        for begin in range(start, end - 2)
    ]
    return [name for name in found if len(name) > 2]


def _names(run: str, before: int = _NAME_BEFORE) -> Iterator[tuple[int, int]]:
    for match in _ENDING.finditer(run):
        if match.start():
            yield max(0, match.start() - before), match.end()
