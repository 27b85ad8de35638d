"""Facts as a desk would hear them. Every time is counted from Saturday 2026-11-28, 16:30."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maplebridge.brain.facts import Fact, FactKind, extract

TOWN = timezone(timedelta(hours=8))
SAID_AT = datetime(2026, 11, 28, 16, 30, tzinfo=TOWN)


def heard(text: str, kind: FactKind, said_at: datetime = SAID_AT) -> list[Fact]:
    return [fact for fact in extract(text, said_at) if fact.kind is kind]


# text, moment (month-day hour:minute), margin in minutes at most
TIMES = [
    ("昨天下午三点有人撬门", "11-27 15:00", 15),
    ("刚才十分钟前转的账", "11-28 16:20", 5),
    ("上周三晚上丢的", "11-18 21:00", 180),
    ("昨晚两点听到动静", "11-28 02:00", 15),
    ("昨晚凌晨两点听到动静", "11-28 02:00", 15),
    ("昨天凌晨两点听到动静", "11-27 02:00", 15),
    ("今天凌晨两点多", "11-28 02:00", 30),
    ("前天半夜一点", "11-27 01:00", 15),
    ("三点半左右听到一声响", "11-28 15:30", 20),
    ("早上八点出的门", "11-28 08:00", 15),
    ("昨天三点", "11-27 15:00", 15),
    ("11月3号上午在菜场", "11-03 10:00", 120),
    ("27号晚上八点在家", "11-27 20:00", 15),
    ("15:40到的，没人", "11-28 15:40", 1),
    ("8点20出的事", "11-28 08:20", 1),
    ("下午2点15分", "11-28 14:15", 1),
    ("下午三点一刻", "11-28 15:15", 5),
    ("半小时前", "11-28 16:00", 10),
    ("半个小时前", "11-28 16:00", 10),
    ("两个半小时前", "11-28 14:00", 30),
    ("一刻钟前", "11-28 16:15", 5),
    ("十几分钟前", "11-28 16:14", 10),
    ("2026年11月20日", "11-20 12:00", 720),
    ("晚上十点半发现的", "11-27 22:30", 10),
    ("晚上12点还在吵", "11-28 00:00", 15),
    ("中午12点吃饭的时候", "11-28 12:00", 15),
    ("上个星期天中午十二点", "11-22 12:00", 15),
    ("周三下午不见的", "11-25 15:00", 180),
    ("刚被骗了", "11-28 16:25", 10),
    ("早上六点到七点之间", "11-28 06:30", 30),
    ("yesterday at 3 pm my bike was stolen", "11-27 15:00", 15),
    ("he took it ten minutes ago", "11-28 16:20", 5),
    ("it was 2 hours ago", "11-28 14:30", 30),
]


@pytest.mark.parametrize(("text", "moment", "margin"), TIMES, ids=[case[0] for case in TIMES])
def test_a_time_is_counted_from_when_it_was_said(text: str, moment: str, margin: int) -> None:
    [fact] = heard(text, FactKind.TIME)
    assert fact.at is not None
    assert fact.at.tzinfo is not None
    assert f"{fact.at:%m-%d %H:%M}" == moment
    assert 0 < fact.margin_min <= margin


@pytest.mark.parametrize(
    "text",
    [
        "一点都不好", "三点水的那个字", "我提三点建议", "十分感谢", "二月河写的书", "3号楼2单元", "三点五公里",
        "点赞任务", "有一点漏气", "现在几点了", "差点撞到", "早点来人", "这一点请说明", "1:1赔偿", "坐3号线",
        "第三点要求", "下午经常这样", "两点意见", "四分之三", "三分钟热度",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_time_is_none(text: str) -> None:
    assert heard(text, FactKind.TIME) == []


@pytest.mark.parametrize(
    ("text", "ahead"),
    [("今晚九点他要来打我", True), ("明天下午三点要来", True), ("昨晚九点他来了", False)],
)
def test_what_is_still_to_come_is_said_so(text: str, ahead: bool) -> None:
    assert [fact.ahead for fact in heard(text, FactKind.TIME)] == [ahead]


def test_tonight_said_after_midnight_is_the_evening_before() -> None:
    at_night = datetime(2026, 11, 28, 1, 10, tzinfo=TOWN)
    [fact] = heard("今晚十点吵到现在", FactKind.TIME, at_night)
    assert fact.at == datetime(2026, 11, 27, 22, 0, tzinfo=TOWN)


def test_the_clock_of_the_town_counts_not_that_of_the_machine() -> None:
    [fact] = heard("昨天下午三点", FactKind.TIME, SAID_AT.astimezone(UTC))
    assert fact.at == datetime(2026, 11, 27, 15, 0, tzinfo=TOWN)


# text, low, high
MONEY = [
    ("一共转出去三万八", 38_000, 38_000),
    ("转了38000", 38_000, 38_000),
    ("被骗一万二", 12_000, 12_000),
    ("充了3.8万", 38_000, 38_000),
    ("一共38000元", 38_000, 38_000),
    ("付了3万8", 38_000, 38_000),
    ("投了三点八万", 38_000, 38_000),
    ("押金¥3,800", 3_800, 3_800),
    ("转过去1.2w", 12_000, 12_000),
    ("两三百块钱", 200, 300),
    ("花了三块五", 3.5, 3.5),
    ("欠我三千多", 3_000, 3_000),
    ("骗走十几万", 110_000, 190_000),
    ("投了好几万", 20_000, 90_000),
    ("几十块", 20, 90),
    ("损失20多万元", 200_000, 200_000),
    ("赔3到5万元", 30_000, 50_000),
    ("打款五万整", 50_000, 50_000),
    ("卡里的一千八百五", 1_850, 1_850),
    ("两万零五十元", 20_050, 20_050),
    ("收了我五百八", 580, 580),
    ("lost 38,000 yuan", 38_000, 38_000),
    ("paid RMB 500", 500, 500),
]


@pytest.mark.parametrize(("text", "low", "high"), MONEY, ids=[case[0] for case in MONEY])
def test_an_amount_is_read_as_it_is_spoken(text: str, low: float, high: float) -> None:
    [fact] = heard(text, FactKind.MONEY)
    assert (fact.low, fact.high) == (low, high)


def test_several_payments_are_several_amounts() -> None:
    said = heard("转了两笔，一笔5000一笔8千", FactKind.MONEY)
    assert [fact.low for fact in said] == [5_000, 8_000]


@pytest.mark.parametrize(
    "text",
    [
        "一块玻璃", "我们一块去", "元旦放假", "三元桥下", "三万人", "打13812345678", "转账6222021234567890123",
        "20元店门口", "一块儿走", "住在三百弄", "修了三年", "3000公里", "交了三份材料", "车牌浙C12345",
    ],
)  # fmt: skip
def test_what_only_looks_like_money_is_none(text: str) -> None:
    assert heard(text, FactKind.MONEY) == []


PEOPLE = [
    ("两个人打架", 2, 2), ("下午三点两个人打架", 2, 2), ("七八个人", 7, 8), ("一家三口", 3, 3), ("二十多号人", 20, None),
    ("十几个男的", 11, 19), ("我们俩", 2, 2), ("3名工人", 3, 3), ("四五个小伙子", 4, 5),
    ("一群人围着", None, None), ("three men with bags", 3, 3),
]  # fmt: skip


@pytest.mark.parametrize(("text", "low", "high"), PEOPLE, ids=[case[0] for case in PEOPLE])
def test_heads_are_counted(text: str, low: float | None, high: float | None) -> None:
    [fact] = heard(text, FactKind.PEOPLE)
    assert (fact.low, fact.high) == (low, high)


@pytest.mark.parametrize(
    "text",
    [
        "第三个人",
        "每个人都说",
        "人民路12号",
        "一个人都没有",
        "一人份的饭",
        "三人民调解",
        "另一个人",
    ],
)
def test_what_only_looks_like_a_count_is_none(text: str) -> None:
    assert heard(text, FactKind.PEOPLE) == []


SIGNS = [
    ("他受伤了", FactKind.INJURY), ("没呼吸了", FactKind.INJURY), ("拿着菜刀", FactKind.WEAPON),
    ("四五个人拿钢管", FactKind.WEAPON), ("6岁的娃", FactKind.CHILD), ("女孩不见了", FactKind.CHILD),
    ("煤气味很大", FactKind.GAS), ("厨房着火了", FactKind.FIRE), ("水管爆了", FactKind.WATER),
    ("he has a knife", FactKind.WEAPON), ("the child is bleeding", FactKind.INJURY),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind"), SIGNS, ids=[case[0] for case in SIGNS])
def test_danger_is_shown_in_the_words_it_was_said_in(text: str, kind: FactKind) -> None:
    [fact] = heard(text, kind)
    assert not fact.denied
    assert text[fact.start : fact.end] == fact.text


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("没人受伤", FactKind.INJURY), ("没有人员受伤", FactKind.INJURY), ("没有煤气味", FactKind.GAS),
        ("没看到拿刀", FactKind.WEAPON), ("No one is hurt", FactKind.INJURY),
    ],
)  # fmt: skip
def test_a_denial_is_heard_as_a_denial(text: str, kind: FactKind) -> None:
    assert [fact.denied for fact in heard(text, kind)] == [True]


@pytest.mark.parametrize(
    "text",
    ["刀削面馆", "他刀子嘴豆腐心", "我的心在滴血", "儿童节活动", "燃气费太贵", "火锅店排队", "急得嗓子冒烟", "薪水没发",
     "口水仗", "三点水旁", "水枪玩具", "老人60岁", "发火了", "信息爆炸的年代"],
)  # fmt: skip
def test_figures_of_speech_show_no_danger(text: str) -> None:
    shown = {FactKind.INJURY, FactKind.WEAPON, FactKind.CHILD, FactKind.GAS, FactKind.FIRE}
    assert [f for f in extract(text, SAID_AT) if f.kind in shown | {FactKind.WATER}] == []


def test_one_report_gives_its_facts_in_order() -> None:
    text = (
        "我刚刚被骗了！前面返了我几十块，一共转出去三万八，最后一笔就十分钟前，能不能把钱拦下来啊！"
    )
    assert [(fact.kind.value, fact.text) for fact in extract(text, SAID_AT)] == [
        ("time", "刚刚"), ("money", "几十块"), ("money", "三万八"), ("time", "十分钟前"),
    ]  # fmt: skip


PIECES = st.sampled_from(
    [
        "昨天",
        "下午",
        "三",
        "点",
        "半",
        "十",
        "分",
        "钟",
        "前",
        "万",
        "八",
        "块",
        "元",
        "个",
        "人",
        "没",
        "受伤",
        "两",
        "几",
        "上周",
        "二",
        "月",
        "号",
        "12",
        "3.8",
        ":",
        "，",
        "转",
        "了",
        "点",
        "99",
        "年",
        "日",
        "2",
        "30",
    ]
)


@given(st.lists(PIECES, max_size=14).map("".join))
def test_any_words_give_facts_that_stand_in_them(text: str) -> None:
    found = extract(text, SAID_AT)
    assert found == extract(text, SAID_AT)
    for fact in found:
        assert fact.text == text[fact.start : fact.end] != ""
        assert fact.low is None or fact.high is None or fact.low <= fact.high


@given(st.text(max_size=60))
def test_no_text_breaks_it(text: str) -> None:
    for fact in extract(text, SAID_AT):
        assert fact.text == text[fact.start : fact.end]


def test_a_long_report_is_read_in_a_moment() -> None:
    text = "昨天下午三点两个人在3号楼打架，一共转了三万八，没人受伤。" * 130
    began = time.perf_counter()
    extract(text, SAID_AT)
    assert time.perf_counter() - began < 1.0
