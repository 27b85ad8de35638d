"""Numbers as people say and type them: 三万八, 3.8万, 38,000, 两三百, 十几, 几千.

A number is a span between a low and a high end; "rough" when the words say so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {
    "〇": 0, "两": 2, "俩": 2, "仨": 3, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5,
    "陆": 6, "柒": 7, "捌": 8, "玖": 9,
}  # fmt: skip
UNITS = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
BIG = {"万": 10_000, "萬": 10_000, "亿": 100_000_000}
SCALE = UNITS | BIG | {"w": 10_000, "W": 10_000, "k": 1000, "K": 1000}
_ONE = "一二三四五六七八九两壹贰叁肆伍陆柒捌玖"
_CN = f"[零〇{_ONE}十百千万亿拾佰仟萬]"
# Longest first. Every form ends before "多", "来", "余", which stand between number and unit.
NUMBER = (
    r"(?:"
    r"(?:好)?几(?:十|百|千)?[万亿]|(?:好)?几[十百千]|几"  # 几十万, 好几万, 几百, 几
    rf"|[{_ONE}]?十几[万亿]?|[{_ONE}]{{2}}[十百千]?万|[{_ONE}]{{2}}[十百千]"  # 十几万, 三四万, 两三百
    rf"|上[百千万]万?|百[把来](?=[块元个号])"
    r"|\d{1,3}(?:,\d{3})+(?:\.\d+)?(?:[万亿千百wWkK])?"
    r"|\d+(?:\.\d+)?(?:[万亿千百wWkK]\d?)?(?:[多余]?[万])?"
    rf"|{_CN}+(?:点[零{_ONE}]+(?=[万亿块元])[万亿]?)?"  # 三点八万; not 三点两个人
    r")"
)
_PAIR = re.compile(rf"([{_ONE}])([{_ONE}])([十百千]?万|[十百千]?)$")
_SOME = re.compile(r"好?几(十|百|千)?([万亿]?)$")
_TEEN = re.compile(rf"([{_ONE}]?)十几([万亿]?)$")
_OVER = re.compile(r"上([百千万])(万?)$")
_ARABIC = re.compile(r"([\d,]+(?:\.\d+)?)([万亿千百wWkK]?)(\d?)(?:[多余]?(万))?$")


@dataclass(frozen=True, slots=True)
class Number:
    low: float
    high: float
    rough: bool = False


def parse(words: str) -> Number | None:
    """The number the words stand for; None when they are no number."""
    return _vague(words) or _arabic(words) or _chinese(words)


def _vague(words: str) -> Number | None:
    if found := _SOME.match(words):
        unit = UNITS.get(found[1] or "", 1) * BIG.get(found[2], 1)
        return Number(2 * unit, 9 * unit, rough=True)
    if found := _TEEN.match(words):
        tens = DIGITS.get(found[1], 1) * 10
        unit = BIG.get(found[2], 1)
        return Number((tens + 1) * unit, (tens + 9) * unit, rough=True)
    if found := _OVER.match(words):
        least = SCALE[found[1]] * BIG.get(found[2], 1)
        return Number(least, least, rough=True)
    if words in ("百把", "百来"):
        return Number(100, 100, rough=True)
    found = _PAIR.match(words)
    if found and DIGITS[found[2]] == DIGITS[found[1]] + 1:  # 两三百; 三五 is handled as a span too
        return _between(found)
    if found and (found[1], found[2]) == ("三", "五"):
        return _between(found)
    return None


def _between(found: re.Match[str]) -> Number:
    unit = 1
    for sign in found[3]:
        unit *= SCALE[sign]
    return Number(DIGITS[found[1]] * unit, DIGITS[found[2]] * unit, rough=True)


def _arabic(words: str) -> Number | None:
    found = _ARABIC.match(words)
    if not found or not any(c.isdigit() for c in found[1]):
        return None
    value = float(found[1].replace(",", "")) * SCALE.get(found[2], 1)
    if found[3]:  # 3万8
        value += int(found[3]) * SCALE[found[2]] / 10
    if found[4]:
        value *= 10_000
    return Number(value, value)


def _chinese(words: str) -> Number | None:
    """一万二 is 12,000: a last bare digit counts in the next smaller unit."""
    whole, _, fraction = words.partition("点")
    value = _whole(whole)
    if value is None:
        return None
    if fraction:
        big = BIG.get(fraction[-1], 1)
        digits = [DIGITS.get(c) for c in fraction.rstrip("万亿")]
        if not digits or None in digits:
            return None
        value = (value + float("0." + "".join(str(d) for d in digits))) * big
    return Number(value, value)


def _whole(words: str) -> float | None:
    if not words:
        return None
    total = section = digit = 0
    last_unit, zero, seen = 1, False, False
    for sign in words:
        if sign in DIGITS:
            if seen and not zero and digit and last_unit == 1:
                return _spelled(words)  # 一三八: read digit by digit, like a telephone number
            digit, zero, seen = DIGITS[sign], sign in "零〇", True
        elif sign in UNITS:
            section += (digit or 1) * UNITS[sign]
            digit, last_unit, zero, seen = 0, UNITS[sign], False, True
        else:
            total = (total + section + digit) * BIG[sign]
            section = digit = 0
            last_unit, zero, seen = BIG[sign], False, True
    if digit and last_unit >= 100 and not _has_zero_before_end(words):
        digit *= last_unit // 10
    return float(total + section + digit) if seen else None


def _has_zero_before_end(words: str) -> bool:
    return len(words) > 1 and words[-2] in "零〇"


def _spelled(words: str) -> float | None:
    """二零二六: digits one by one."""
    if any(c not in DIGITS for c in words) or len(words) > 4:
        return None
    return float("".join(str(DIGITS[c]) for c in words))
