"""Signs: what numbers and clock words in a report say (ages, sums, crowds, how long ago).

Each sign is a pseudo-word such as ``<child_age>`` that cues may use like any other word.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from maplebridge.brain.triage.scan import Span

_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6}
_DIGITS |= {"七": 7, "八": 8, "九": 9}
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "w": 10_000}
# Whole runs only, and short ones: a search that may start at every digit of a long run, or share
# a long blank between two places, takes time that grows with the square of the text.
_HAN = "零〇一二两三四五六七八九十百千"
_NUMBER = rf"((?<!\d)\d{{1,12}}(?:\.\d{{1,4}})?|(?<![{_HAN}])[{_HAN}]{{1,12}})"

_AGE = re.compile(_NUMBER + r"\s{0,3}(?:多|来)?\s{0,3}(?:周)?岁|(\d{1,3})[- ]years?[- ]old")
_MONTHS_OLD = re.compile(_NUMBER + r"\s{0,3}个(?:多)?月(?:大|的?(?:宝宝|婴儿|孩子|娃))")
_MONEY = re.compile(
    _NUMBER
    + r"\s{0,3}(?:多|来|余)?\s{0,3}(万|w|千|百)?\s{0,3}(?:多|余)?\s{0,3}(?:块|元|钱|美金|刀)|"
    + _NUMBER
    + r"\s{0,3}(?:多|来|余)?\s{0,3}(万|w)"
)
_CROWD = re.compile(
    _NUMBER + r"\s{0,3}(?:多|来|几|余)?\s{0,3}(?:个|名|位|号|户|人)(?:人|业主|家长|工人|村民|群众)?"
)
_JUST_NOW = re.compile(
    r"刚刚|刚才|刚发|刚转|方才|"
    + _NUMBER
    + r"\s{0,3}(?:来|多)?\s{0,3}分钟(?:之|以)?前|半(?:个)?(?:小时|钟头)前|"
    r"just now|minutes? ago|right now"
)
_DATE = re.compile(
    r"\d{1,2}月\d{1,2}[日号]|[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}[日号]"
)
_LONG = re.compile(
    _NUMBER
    + r"\s{0,3}(?:多|来)?\s{0,3}(?:年|个(?:多)?月)(?!级|前|底|初|度|后)|半年|常年|长期|一直以来|每天|天天|每晚"
)


def chinese_number(text: str) -> float:
    """Value of "12", "3.5", "三十八", "一百二"; 0 when it is no number."""
    try:
        return float(text)
    except ValueError:
        pass
    total, digit = 0, 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _UNITS:
            total += (digit or 1) * _UNITS[char]
            digit = 0
        else:
            return 0.0
    return float(total + digit)


def read_signs(text: str) -> dict[str, list[Span]]:
    """All signs of a folded text with their places."""
    signs: dict[str, list[Span]] = {}
    for read in _READERS:
        read(text, signs)
    return signs


def _add(signs: dict[str, list[Span]], name: str, match: re.Match[str]) -> None:
    signs.setdefault(name, []).append(Span(match.start(), match.end()))


def _ages(text: str, signs: dict[str, list[Span]]) -> None:
    if "岁" in text or "old" in text:
        for match in _AGE.finditer(text):
            years = chinese_number(match.group(1) or match.group(2))
            if years < 14:
                _add(signs, "<child_age>", match)
            elif years < 18:
                _add(signs, "<minor_age>", match)
            elif years >= 60:
                _add(signs, "<elder_age>", match)
    if "月" in text:
        for match in _MONTHS_OLD.finditer(text):
            _add(signs, "<child_age>", match)


def _sums(text: str, signs: dict[str, list[Span]]) -> None:
    for match in _MONEY.finditer(text):
        number, unit = match.group(1) or match.group(3), match.group(2) or match.group(4)
        value = chinese_number(number) * (_UNITS.get(unit or "", 1))
        _add(signs, "<money>", match)
        if value >= 3_000:
            _add(signs, "<large_sum>", match)


def _crowds(text: str, signs: dict[str, list[Span]]) -> None:
    for match in _CROWD.finditer(text):
        people = chinese_number(match.group(1))
        if people >= 10 and "岁" not in text[match.start() : match.end() + 1]:
            _add(signs, "<crowd>", match)
        elif people >= 3:
            _add(signs, "<several>", match)


def _times(text: str, signs: dict[str, list[Span]]) -> None:
    for name, pattern in (("<just_now>", _JUST_NOW), ("<long>", _LONG), ("<date>", _DATE)):
        for match in pattern.finditer(text):
            _add(signs, name, match)


_READERS: tuple[Callable[[str, dict[str, list[Span]]], None], ...] = (_ages, _sums, _crowds, _times)
