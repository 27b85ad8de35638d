"""How many people. Heads only: never who they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from maplebridge.brain.facts.numerals import DIGITS, NUMBER, parse
from maplebridge.brain.facts.records import Fact, FactKind

_WHO = (
    "人(?![民家工物类员行生间事次均份格群体力才品]|都没|也没)|男的|女的|男人|女人|男子|女子|老人|大人|小孩|孩子|学生|伤员|工人|乘客|"
    "年轻人|小伙子?|姑娘|保安|同事|邻居|娃|老太太?|老头|大爷|大妈|顾客|村民|业主|家长|小朋友|壮汉|大汉"
)
_COUNTED = re.compile(
    rf"(?P<n>{NUMBER})(?P<more>[多余来]?)(?:个|名|位|号)?(?P<more2>[多来]?)(?:{_WHO})"
)
_FAMILY = re.compile(r"一家([一二两三四五六七八])口")
_BOTH = re.compile(
    r"(?:母[子女]|父[子女]|夫妻|姐妹|兄弟|爷孙|奶孙|我们|他们|她们|你们)(?:俩|两个?)|两口子"
)
_THREE = re.compile(r"(?:我们|他们|她们|哥|姐妹)仨")
_CROWD = re.compile(r"(?:一[大]?[群帮伙堆]|好多|很多|许多|好些|大批)(?:个)?人(?![民家工物类员生])")
_ENGLISH = re.compile(
    r"\b(?P<n>\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten)\s+"
    r"(?:people|persons?|men|man|women|woman|kids|children|guys|teenagers|passengers)\b",
    re.IGNORECASE,
)
_WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
MOST = 100_000


def heads(text: str) -> Iterator[Fact]:
    for found in _COUNTED.finditer(text):
        fact = _counted(text, found)
        if fact is not None:
            yield fact
    for found in _FAMILY.finditer(text):
        yield _exact(found, DIGITS[found[1]])
    for found in _BOTH.finditer(text):
        yield _exact(found, 2)
    for found in _THREE.finditer(text):
        yield _exact(found, 3)
    for found in _CROWD.finditer(text):
        yield Fact(FactKind.PEOPLE, found.start(), found.end(), found[0], rough=True)
    for found in _ENGLISH.finditer(text):
        said = found["n"].lower()
        yield _exact(found, int(said) if said.isdecimal() else _WORDS.index(said))


def _counted(text: str, found: re.Match[str]) -> Fact | None:
    start = found.start()
    before = text[start - 1 : start]
    number = parse(found["n"])
    if number is None or number.high < 1 or number.high > MOST or number.low != int(number.low):
        return None
    if before.isdigit() or before in ("第", ".", "每", "某", "另", "哪", "周", "期"):
        return None  # 第三个人, 每个人, 另一个人 count nobody
    rough = number.rough or bool(found["more"] or found["more2"])
    high = None if found["more"] or found["more2"] else number.high
    return Fact(
        FactKind.PEOPLE, start, found.end(), found[0], low=number.low, high=high, rough=rough
    )


def _exact(found: re.Match[str], heads: int) -> Fact:
    return Fact(
        FactKind.PEOPLE, found.start(), found.end(), found[0], low=float(heads), high=float(heads)
    )
