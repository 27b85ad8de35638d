"""Injuries, weapons, children, gas, fire, water: the words themselves, or their denial.

Narrow on purpose: a chip shows what was said. Raising urgency is triage's, which hears far more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from maplebridge.brain.facts.records import Fact, FactKind
from maplebridge.brain.wordlist import words

_TABLE: dict[FactKind, str] = {
    FactKind.INJURY: (
        "受伤 受了伤 负伤 流血 出血 流了好多血 一身血 满脸是血 满头是血 骨折 昏迷 昏过去 晕倒 晕过去 不省人事 没有呼吸 没呼吸 没反应 "
        "没意识 没了意识 烫伤 烧伤 摔伤 撞伤 划伤 咬伤 砍伤 打伤 刺伤 割伤 砸伤 头破了 头破血流 抽搐 吐血 呼吸困难 喘不上气 "
        "喘不过气 站不起来 动不了了 断了腿 腿断 手断 缝针 缝了 injured hurt bleeding unconscious not_breathing"
    ),
    FactKind.WEAPON: (
        "菜刀 水果刀 匕首 砍刀 西瓜刀 折叠刀 弹簧刀 尖刀 长刀 拿刀 拿着刀 持刀 动刀 动刀子 带刀 亮刀 掏刀 刀子 铁棍 木棍 棍子 棍棒 钢管 "
        "铁管 铁锤 锤子 斧头 斧子 板砖 砖头 酒瓶 电棍 甩棍 气枪 弹弓 手枪 猎枪 土枪 持枪 拿枪 汽油 铁锹 锄头 knife gun axe hammer"
    ),
    FactKind.CHILD: (
        "小孩 小孩子 孩子 宝宝 婴儿 女童 男童 儿童 幼儿 小朋友 小娃 娃娃 男孩 女孩 小学生 初中生 中学生 未成年人 未成年 "
        "baby child children kid kids toddler"
    ),
    FactKind.GAS: "煤气 燃气 天然气 液化气 煤气罐 煤气味 燃气味 一氧化碳 gas_leak smell_gas smell_of_gas",
    FactKind.FIRE: (
        "着火 着了火 起火 失火 走火 冒烟 冒黑烟 火苗 明火 浓烟 烧起来 烧着了 烧着 爆炸 火灾 on_fire smoke flames explosion"
    ),
    FactKind.WATER: (
        "漏水 淹了 被淹 积水 爆管 水管爆 溺水 落水 掉水里 掉河里 掉进河 掉到河 掉进水 跳河 涨水 进水 水漫 水浸 漫水 drowning flooded "
        "flooding"
    ),
}
# Longer words that hold one of the above and mean something else.
_OTHERS = words(
    "刀子嘴 孩子气 孩子脾气 儿童节 儿童医院 儿童公园 儿童乐园 儿童房 儿童座椅 布娃娃 洋娃娃 娃娃机 娃娃菜 抓娃娃 燃气费 燃气表 燃气卡 "
    "燃气公司 天然气公司 煤气公司 燃气灶 天然气费 煤气费 嗓子冒烟 眼里冒火 火灾保险 火灾演练 消防演练 失火演练 熊孩子气 水枪 玩具枪 走火入魔 "
    "口腔出血 出血本 大出血促销 大出血甩卖 心在流血 心在滴血 汽油费 汽油价 汽油涨价 加汽油 加油站的汽油 用户名爆炸 信息爆炸 爆炸头 爆炸性 "
    "人口爆炸 气得冒烟 忙得冒烟 gas_station no_smoke_without"
)
_AGE = re.compile(
    r"(?<![\d.])(?P<n>1[0-7]|\d|[一二两三四五六七八九]|十[一二三四五六七]?)(?:周岁|岁半?|个月大)(?![的]?大人)"
    r"(?:的?(?:小?[男女]孩|孩子|小孩|小朋友|娃|儿子|女儿|孙子|孙女|外孙女?))?"
)
_NO = re.compile(
    r"(?:(?<![有淹])没有?|未|无|没人|没有人|无人|不是|并未|并没有?|也没有?|未见|没见|没看[到见]|没闻到|没有闻到|没发现|不存在)"
    r"(?:人员?|什么|任何|再|明显|看到|看见|造成|发生|发现|闻到|见|出现|带|拿|用)?$"
)
_NO_ENGLISH = re.compile(r"\b(?:no|not|no one|nobody|without|isn't|aren't)(?:\s\w+)?\s*$", re.I)
_CLAUSE = re.compile(r"[，。！？；、,.!?;:：…\s]")


def _matcher(table: str) -> re.Pattern[str]:
    found = sorted(words(table), key=len, reverse=True)
    parts = (rf"\b{re.escape(w)}\b" if w.isascii() else re.escape(w) for w in found)
    return re.compile("|".join(parts), re.IGNORECASE)


_MATCHERS = {kind: _matcher(table) for kind, table in _TABLE.items()}
_OTHER = re.compile("|".join(re.escape(w) for w in sorted(_OTHERS, key=len, reverse=True)))


def signs(text: str) -> Iterator[Fact]:
    others = [(m.start(), m.end()) for m in _OTHER.finditer(text)]
    for kind, matcher in _MATCHERS.items():
        for found in matcher.finditer(text):
            if any(a <= found.start() and found.end() <= b for a, b in others):
                continue
            denied = _denied(text, found)
            yield Fact(kind, found.start(), found.end(), found[0], denied=denied)
    for found in _AGE.finditer(text):
        yield Fact(FactKind.CHILD, found.start(), found.end(), found[0])


def _denied(text: str, found: re.Match[str]) -> bool:
    """没人受伤, 没有煤气味: the words say that it is not so. 没呼吸 is itself the injury."""
    before = text[max(0, found.start() - 14) : found.start()]
    clause = _CLAUSE.split(before)[-1]
    return bool(_NO.search(clause[-8:]) or _NO_ENGLISH.search(before[-14:]))
