"""Find every known word of a text in one pass."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

# Spoken reports reach us through speech recognition; these same-length repairs keep every offset.
HEARD_AS = {
    "房冬": "房东",
    "设保": "社保",
    "医宝": "医保",
    "公电": "供电",
    "成管": "城管",
    "电平车": "电瓶车",
    "电频车": "电瓶车",
    "电评车": "电瓶车",
    "煤气贯": "煤气罐",
    "没气罐": "煤气罐",
    "没气味": "煤气味",
    "阴井盖": "窨井盖",
    "音井盖": "窨井盖",
    "犯最": "犯罪",
    "身分证": "身份证",
    "身份正": "身份证",
    "派出锁": "派出所",
    "报井": "报警",
    "劳动中裁": "劳动仲裁",
    "仲才": "仲裁",
    "拖欠公资": "拖欠工资",
    "公资": "工资",
    "户口薄": "户口簿",
    "居住正": "居住证",
    "驾使证": "驾驶证",
    "调节员": "调解员",
    "物叶": "物业",
    "消访": "消防",
    "灭火七": "灭火器",
    "救护东": "救护车",
}


class Span(NamedTuple):
    """A half-open range of characters in the report."""

    start: int
    end: int


class WordIndex:
    """Words bucketed by their first two characters; finds all occurrences, overlaps included.

    A plain dict of pairs is as fast in Python as an automaton for texts of a few hundred
    characters, and can be read.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._pairs: defaultdict[str, list[str]] = defaultdict(list)
        self._singles: set[str] = set()
        for word in sorted(set(words)):
            if len(word) == 1:
                self._singles.add(word)
            elif word:
                self._pairs[word[:2]].append(word)

    def find(self, text: str) -> dict[str, list[Span]]:
        """Every known word with its places, in text order. ``text`` must be folded."""
        hits: dict[str, list[Span]] = {}
        pairs, singles = self._pairs, self._singles
        for i, char in enumerate(text):
            if char in singles:
                hits.setdefault(char, []).append(Span(i, i + 1))
            bucket = pairs.get(text[i : i + 2])
            if bucket is None:
                continue
            for word in bucket:
                if text.startswith(word, i) and _whole_word(text, i, word):
                    hits.setdefault(word, []).append(Span(i, i + len(word)))
        return hits


_WIDE = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a％]")  # full-width, to be narrowed


def fold(text: str) -> str:
    """Lower case, full-width letters narrowed, heard-as repairs; offsets never move."""
    folded = text.lower()
    if len(folded) != len(text) or _WIDE.search(folded):
        folded = "".join(_fold_char(char) for char in text)
    for heard, meant in HEARD_AS.items():
        if heard in folded:
            folded = folded.replace(heard, meant)
    return folded


def _fold_char(char: str) -> str:
    code = ord(char)
    if 0xFF01 <= code <= 0xFF5E and (char.isalnum() or char == "％"):
        char = chr(code - 0xFEE0)
    lowered = char.lower()
    return lowered if len(lowered) == 1 else char  # "İ" grows when lowered; offsets must not


def _whole_word(text: str, start: int, word: str) -> bool:
    """Latin words match whole, optionally with a plural or verb ending; Chinese words anywhere."""
    if _latin(word[0]) and start > 0 and _latin(text[start - 1]):
        return False
    if not _latin(word[-1]):
        return True
    end = start + len(word)
    tail = end
    while tail < len(text) and _latin(text[tail]):
        tail += 1
    return text[end:tail] in {"", "s", "es", "d", "ed", "ing"}


def _latin(char: str) -> bool:
    return "a" <= char <= "z"
