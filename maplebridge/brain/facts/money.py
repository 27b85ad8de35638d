"""Amounts of money. A number with a unit of money, or a bare one beside a word of paying."""

from __future__ import annotations

import re
from collections.abc import Iterator

from maplebridge.brain.facts.numerals import DIGITS, NUMBER, parse
from maplebridge.brain.facts.records import Fact, FactKind

_ABOUT = r"(?:大概|大约|差不多|约|近|将近|至少|一共|总共)"
_MORE = r"(?:多|来|余|好几)?"
_NOT_YUAN = r"(?![旦宵素里桥巷路坊店楼区村山谷宝器件首始老凶气])"
_PIECES = "玻璃 木板 砖 石 地 布 铁 板 瓷砖 牌 表 手表 肉 蛋糕 电池 区域 空地 钢 塑料 积木 儿 去 走 来 吃 住 玩 聊 出 坐 过 上 到 回 淤 疤"
_NOT_PIECE = "(?!" + "|".join(_PIECES.split()) + ")"
_UNIT = rf"(?:万?元整?{_NOT_YUAN}|块钱|块{_NOT_PIECE}|圆整|人民币|RMB|rmb|CNY|大洋|yuan|kuai|dollars?|euros?)"
_LEAD_UNIT = r"(?:[¥￥]|RMB ?|CNY ?|rmb ?)"
_PAYING = re.compile(
    r"(转|汇|付|打(?:了|过|款|给)|骗|充|垫|赔|借|欠|交|花|存|取|扣|刷|输|损失|价值|定金|押金|订金|工资|货款|彩礼|保证金|贷|"
    r"现金|存款|钱|收了?|要价|罚|报价|还|投|卡里|余额|笔|paid|pay|sent|transfer|lost|owe|worth)[^，。！？；,.!?;]{0,10}$"
)
_NOT_MONEY = r"(?![\d.人名户字步平公里米辆度次个件张台吨斤瓦伏年月日号楼点分秒时小岁天周位条层栋单室路只头粒份种家届期班线届%％])"
_NUM = re.compile(
    rf"(?P<lead>{_LEAD_UNIT})?(?P<a>{NUMBER})(?P<more>{_MORE})"
    rf"(?:(?:到|至|-|~|—|–)(?P<b>{NUMBER}))?(?P<unit>{_UNIT})?(?P<tail>(?<=块)[一二三四五六七八九](?![百千万块个]))?"
)
_TRAILING = re.compile(r"\s?(?:yuan|kuai|RMB|rmb|CNY|dollars?|euros?)\b")
_BIG_ENOUGH = 100.0
# 一万二, 五百八: a bare last digit is how money is counted aloud, and hardly anything else.
_ALOUD = re.compile(r"[一二三四五六七八九两十百千万]*[万千百][一二三四五六七八九]$")
_ENDS = re.compile(r"[了啊吧的]?(?:[，。！？；,.!?;\s]|$)")


def amounts(text: str) -> Iterator[Fact]:
    for found in _NUM.finditer(text):
        if _inside_longer(text, found):
            continue
        end, unit = found.end(), bool(found["unit"] or found["lead"])
        if not unit and (tail := _TRAILING.match(text, end)):
            end, unit = tail.end(), True
        if not unit and not _is_paid(text, found):
            continue
        if found["unit"] == "块" and not _is_price(text, found):
            continue
        fact = _fact(text, found, end)
        if fact is not None:
            yield fact


def _inside_longer(text: str, found: re.Match[str]) -> bool:
    """A piece of a card number, of a decimal, of a word with a latin letter before it."""
    before = text[found.start() - 1 : found.start()]
    if before.isdigit() or before == "." or found["a"] in ("几", "k", "w"):
        return True
    return before in ("第", "星", "礼", "周") or (before.isascii() and before.isalpha())


def _is_paid(text: str, found: re.Match[str]) -> bool:
    """Without a unit it is money only just after a word of paying, and when it is worth a word."""
    number = parse(found["a"])
    if number is None or number.high < _BIG_ENOUGH or len(re.sub(r"\D", "", found["a"])) > 8:
        return False
    if not re.match(_NOT_MONEY, text[found.end() :]):
        return False
    if re.fullmatch(r"\d+", found["a"]) and text[found.end() : found.end() + 1].isalpha():
        after = text[found.end()]
        if after.isascii():
            return False
    if _ALOUD.match(found["a"]) and number.low > _BIG_ENOUGH and _ENDS.match(text, found.end()):
        return True
    return bool(_PAYING.search(text[max(0, found.start() - 14) : found.start()]))


def _is_price(text: str, found: re.Match[str]) -> bool:
    """块 is also a piece: small counts need 钱, an end, or a word of paying before them."""
    number = parse(found["a"])
    if number is None or number.high >= 10:
        return number is not None
    after = text[found.end() : found.end() + 1]
    paid = _PAYING.search(text[max(0, found.start() - 14) : found.start()])
    return bool(paid) and (not after or not after.isalpha() or after in "多钱了的给吧五")


def _fact(text: str, found: re.Match[str], end: int) -> Fact | None:
    first = parse(found["a"])
    last = parse(found["b"]) if found["b"] else first
    if first is None or last is None:
        return None
    low, high = first.low, last.high
    if found["unit"] and found["unit"].startswith("万"):
        low, high = low * 10_000, high * 10_000
    if found["b"] and low < 10 <= high and found["b"][-1] in "万千百":  # 三到五万
        low *= {"万": 10_000, "千": 1000, "百": 100}[found["b"][-1]]
    if found["tail"]:  # 三块五
        low, high = low + DIGITS[found["tail"]] / 10, high + DIGITS[found["tail"]] / 10
    if low <= 0 or high < low:
        return None
    start = found.start()
    about = re.search(rf"{_ABOUT}$", text[max(0, start - 3) : start])
    rough = first.rough or bool(found["b"] or found["more"]) or bool(about)
    return Fact(FactKind.MONEY, start, end, text[start:end], low=low, high=high, rough=rough)
