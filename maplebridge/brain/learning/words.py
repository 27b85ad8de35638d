"""Words of a text, so that plain and already segmented texts meet in one space.

A segmented text is cut at its blanks, a plain one by a dictionary. Segmented texts usually have
lost their stop words; which ones, the two kinds of training texts tell together: words that plain
texts are full of and segmented ones hardly have.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

SEGMENTED_BLANKS = 0.15  # share of blanks from which a Chinese text counts as segmented
CHINESE_SHARE = 0.3  # of the characters, from which a text counts as Chinese
STOP_RATIO = 0.1  # a word this much rarer in segmented texts was dropped from them
STOP_COUNT = 5  # times it must stand in plain texts to be judged
_LATIN = re.compile(r"\w+")
_HAN = re.compile(r"[\u3400-\u9fff]")


def is_chinese(text: str) -> bool:
    """Whether Chinese characters make up a good part of the text."""
    return len(_HAN.findall(text)) >= CHINESE_SHARE * len(re.sub(r"\s", "", text))


def is_segmented(text: str) -> bool:
    """Whether the words of a Chinese text stand apart."""
    return is_chinese(text) and text.count(" ") >= SEGMENTED_BLANKS * len(text)


def cut(text: str) -> list[str]:
    """The words of a text, folded, without punctuation."""
    folded = unicodedata.normalize("NFKC", text).lower()
    if is_segmented(folded):
        words = folded.split()
    elif is_chinese(folded):
        import rjieba

        words = rjieba.cut(folded)
    else:
        words = _LATIN.findall(folded)
    return [word for word in words if any(char.isalnum() for char in word)]


def stop_words(texts: Sequence[str], cut_texts: Iterable[list[str]]) -> frozenset[str]:
    """Words that segmented texts have lost; none when only one kind of text is there."""
    plain: Counter[str] = Counter()
    segmented: Counter[str] = Counter()
    for text, words in zip(texts, cut_texts, strict=True):
        (segmented if is_segmented(text) else plain).update(words)
    if not plain or not segmented:
        return frozenset()
    scale = segmented.total() / plain.total()
    return frozenset(
        word
        for word, count in plain.items()
        if count >= STOP_COUNT and segmented[word] + 0.5 < STOP_RATIO * count * scale
    )


def joined(words: Sequence[str]) -> str:
    """Words as one string again: Chinese without blanks, others with."""
    return "".join(f" {word}" if word.isascii() else word for word in words)
