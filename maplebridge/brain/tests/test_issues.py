"""Hot issues; guarantees H1 to H4 are those of docs/algorithms/matching.md."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maplebridge.brain.matching.issue_summary import Trend, summarise
from maplebridge.brain.matching.issue_text import names_in, title_of, weighted_pieces
from maplebridge.brain.matching.issues import IssueSettings, Message, group_messages
from maplebridge.brain.matching.linkage import join_alike

# Real letters: who tells of one matter takes other words than who tells of its like elsewhere.
TOLD = {
    "雅居/打桩": (
        "我是翠屏雅居二期的住户，翠屏雅居的建设单位是宏基置业，北边靠着龙翔大道。",
        "翠屏雅居旁边的工地半夜还在打桩", "投诉翠屏雅居二期工地夜里打桩", "翠屏雅居打桩吵得睡不着",
        "请管管翠屏雅居打桩的工地", "翠屏雅居隔壁宏基工地通宵打桩",
    ),
    "雅居/车位": (
        "翠屏雅居的开发商不讲理，不买车位就不给签合同，十二万一个。",
        "翠屏雅居强制捆绑销售车位", "投诉翠屏雅居捆绑卖车位", "买翠屏雅居的房必须买车位",
        "翠屏雅居车位捆绑销售何时有人管", "反对翠屏雅居强买车位",
    ),
    "松涛/施工": (
        "孩子在松涛小学读三年级，松涛小学东门外的地块机器轰鸣，老师讲课要用喇叭。",
        "松涛小学门口施工影响上课", "松涛小学东门机器轰鸣", "上课时间松涛小学旁施工太响",
        "松涛小学外面施工能否避开上课", "松涛小学东门施工灰尘大",
    ),
}  # fmt: skip
OTHER = (
    "社保卡什么时候可以领取", "公交末班车太早能否延长", "路灯坏了三个月没人修",
    "退休教师的补贴何时发放", "河边垃圾没人清运", "身份证换领要带什么材料",
    "图书馆周末能不能多开两小时", "楼道堆放杂物有火灾危险", "自来水早上总是发黄",
)  # fmt: skip


def town() -> list[Message]:
    told = [
        (title, f"{letter}{title}。", event)
        for event, (letter, *titles) in TOLD.items()
        for title in titles
    ]
    told += [(words, words, "") for words in OTHER]
    start = datetime(2026, 5, 1, tzinfo=UTC)
    return [
        Message(f"{event}#{n}", text, title, start + timedelta(hours=n))
        for n, (title, text, event) in enumerate(told)
    ]


def events(issue: Iterable[Message]) -> set[str]:
    return {m.message_id.partition("#")[0] for m in issue}


def test_one_matter_in_one_place_is_one_issue_and_neither_alone() -> None:
    """H1, H2: not the same trouble elsewhere, and not another trouble in the same place."""
    issues = [events(issue) for issue in group_messages(town())]
    assert sorted(issues, key=str) == sorted(({event} for event in TOLD), key=str)


def test_who_belongs_to_no_issue_is_in_none() -> None:
    grouped = {m.message_id for issue in group_messages(town()) for m in issue}
    assert not {m.message_id for m in town() if m.message_id.startswith("#")} & grouped


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10_000))
def test_the_order_of_the_file_changes_nothing(seed: int) -> None:
    """H3."""
    mixed = town()
    random.Random(seed).shuffle(mixed)
    assert group_messages(mixed) == group_messages(town())


def test_biggest_first_and_each_in_order_of_time() -> None:
    issues = group_messages(town())
    assert [len(issue) for issue in issues] == sorted((len(i) for i in issues), reverse=True)
    for issue in issues:
        times = [m.at for m in issue if m.at]
        assert times == sorted(times)


def test_fewer_than_the_least_are_no_issue() -> None:
    twice = [Message(str(n), "临江花苑的电梯又坏了", "", None) for n in range(2)]
    others = [Message(f"o{n}", words, "", None) for n, words in enumerate(OTHER)]
    assert group_messages(twice + others, IssueSettings(least=3)) == []
    (issue,) = group_messages(twice + others, IssueSettings(least=2))
    assert [m.message_id for m in issue] == ["0", "1"]


def test_nothing_and_empty_words_are_no_issue() -> None:
    assert group_messages([]) == []
    assert group_messages([Message(str(n), "", "", None) for n in range(9)]) == []
    assert group_messages([Message(str(n), "。！？", "", None) for n in range(9)]) == []


def test_words_of_a_place_weigh_more_than_others() -> None:
    bag = weighted_pieces("临江花苑吵死人")
    assert bag["临江"] == bag["花苑"] == 1.5
    assert bag["吵死"] == 1.0
    assert "临江花苑" in names_in("投诉临江花苑的车位")


def test_a_letter_without_a_title_is_known_by_its_first_clause() -> None:
    assert title_of("", "领导好！我住临江花苑。") == "领导好"
    assert title_of(" 车位 ", "领导好！") == "车位"


def as_table(pairs: dict[tuple[int, int], float], size: int) -> list[dict[int, float]]:
    rows: list[dict[int, float]] = [{} for _ in range(size)]
    for (a, b), value in pairs.items():
        rows[a][b] = rows[b][a] = value
    return rows


def test_a_bridge_does_not_join_two_groups() -> None:
    """H4: two groups held together by one message between them stay apart."""
    pairs = {(a, b): 0.9 for a in range(3) for b in range(a + 1, 3)}
    pairs |= {(a, b): 0.9 for a in range(4, 7) for b in range(a + 1, 7)}
    pairs |= {(3, 0): 0.3, (3, 4): 0.29}
    owner = join_alike(as_table(pairs, 7), 0.25)
    assert len(set(owner[:3])) == len(set(owner[4:])) == 1
    assert owner[0] != owner[4]


@given(st.dictionaries(
    st.tuples(st.integers(0, 8), st.integers(0, 8)).filter(lambda p: p[0] < p[1]),
    st.floats(0.01, 1.0), max_size=30,
))  # fmt: skip
def test_what_shares_nothing_is_never_joined(pairs: dict[tuple[int, int], float]) -> None:
    table = as_table(pairs, 9)
    before = [dict(row) for row in table]
    owner = join_alike(table, 0.25)
    assert table == before, "the table is only read"
    reach = [{i} for i in range(9)]
    for a, b in pairs:  # parts of the table that hang together
        joined = reach[a] | reach[b]
        for i in joined:
            reach[i] = joined
    for a in range(9):
        for b in range(9):
            assert owner[a] != owner[b] or b in reach[a]


LAST = datetime(2026, 6, 30, tzinfo=UTC)


def told(days_ago: Iterable[int], *titles: str) -> list[Message]:
    lines = titles or ("临江花苑工地夜里打桩",)
    return [
        Message(str(n), "正文", lines[n % len(lines)], LAST - timedelta(days=days))
        for n, days in enumerate(days_ago)
    ]


def test_a_summary_is_made_of_what_people_wrote() -> None:
    titles = (
        "投诉临江花苑工地夜里打桩", "临江花苑工地打桩扰民", "领导管管吧",
        "临江花苑旁工地夜里打桩何时休", "再说一次：临江花苑工地夜里打桩",
    )  # fmt: skip
    summary = summarise(told(range(5), *titles), LAST)
    assert summary.line in titles and "打桩" in summary.line
    assert "临江花苑" in summary.place and "投诉" not in summary.place
    assert (summary.number, summary.first, summary.last) == (5, LAST - timedelta(days=4), LAST)


@pytest.mark.parametrize(
    ("days_ago", "trend"),
    [
        ([0, 1, 2], Trend.NEW),
        ([0, 1, 2, 40], Trend.RISING),
        ([0, 1, 40, 41], Trend.STEADY),
        ([0, 35, 40, 41], Trend.FALLING),
        ([35, 40, 80], Trend.QUIET),
        ([0, 90, 100], Trend.STEADY),  # one more than none is no trend
    ],
)
def test_a_trend_is_said_from_clear_differences_only(days_ago: list[int], trend: Trend) -> None:
    assert summarise(told(days_ago), LAST).trend is trend


def test_without_times_or_names_a_summary_says_so() -> None:
    bare = [Message(str(n), "", "领导管管吧", None) for n in range(3)]
    summary = summarise(bare, None)
    assert (summary.place, summary.first, summary.trend) == ("", None, Trend.UNKNOWN)
