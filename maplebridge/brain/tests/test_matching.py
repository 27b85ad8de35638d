"""Same event or not; steps and guarantees are those of docs/algorithms/matching.md."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maplebridge.brain.matching import REASONS, MatchIndex, candidates
from maplebridge.brain.matching.records import Match, MatchFacts, PartName, Verdict
from maplebridge.brain.matching.text import pieces, rarity, shared_phrases, similarity

NOON = datetime(2026, 5, 12, 4, 0, tzinfo=UTC)
FIRE = MatchFacts(
    "e1",
    "老码头旁边的冷库冒黑烟，火很大",
    NOON,
    lon=120.600,
    lat=27.500,
    place_words=("old_pier",),
    category="fire_rescue",
    subtype="fire",
)
AGAIN = replace(
    FIRE,
    event_id="r1",
    text="喂，码头那个冷库着火了，冒黑烟",
    at=NOON + timedelta(minutes=6),
    lon=120.6004,
)


def only(report: MatchFacts, *events: MatchFacts) -> Match | None:
    found = candidates(report, events)
    return found[0] if found else None


def test_a_second_caller_is_suggested_with_every_part_shown() -> None:
    match = only(AGAIN, FIRE)
    assert match is not None and match.verdict is Verdict.SUGGEST
    assert [part.name for part in match.parts] == [
        PartName.TEXT,
        PartName.DISTANCE,
        PartName.TIME,
        PartName.PLACE_WORDS,
        PartName.CATEGORY,
    ]
    assert sum(part.weight for part in match.parts) == pytest.approx(1.0, abs=0.001)
    assert match.score == pytest.approx(sum(p.value * p.weight for p in match.parts), abs=0.001)
    assert "冒黑烟" in str(match.parts[0].params["phrases"])
    assert {part.reason_code for part in match.parts} <= REASONS.keys()


@pytest.mark.parametrize(
    "change",
    [
        {"lon": 120.640},  # M3: four kilometres away
        {"at": NOON + timedelta(days=4)},  # outside the window
        {
            "text": "我的电瓶车在门口被偷了",
            "category": "criminal",
            "subtype": "theft.ebike",
            "place_words": (),
        },  # next door, another matter
    ],
)
def test_another_event_is_not_suggested(change: dict[str, object]) -> None:
    other = replace(AGAIN, **change)  # type: ignore[arg-type]  # fields by name, from the table
    match = only(other, FIRE)
    assert match is None or match.verdict is Verdict.NOT_SURE


def test_m3_the_same_contact_bridges_a_distance() -> None:
    here = replace(FIRE, contact_token="k1")
    there = replace(AGAIN, contact_token="k1", lon=120.640)
    match = only(there, here)
    assert match is not None
    assert match.parts[-1].name is PartName.CONTACT


def test_m2_a_missing_part_is_not_a_zero() -> None:
    bare = replace(AGAIN, lon=None, lat=None, place_words=(), category=None)
    match = only(bare, FIRE)
    assert match is not None
    assert [part.name for part in match.parts] == [PartName.TEXT, PartName.TIME]


def test_m4_time_and_category_alone_never_match() -> None:
    far_words = replace(AGAIN, text="仓库北门有浓烟", lon=None, lat=None, place_words=())
    assert only(far_words, FIRE) is None


def test_a_bare_pin_is_not_a_shared_place_name() -> None:
    here = replace(FIRE, place_words=("pin",), lon=None, lat=None)
    there = replace(AGAIN, place_words=("pin",), lon=None, lat=None)
    match = only(there, here)
    assert match is not None
    assert PartName.PLACE_WORDS not in [part.name for part in match.parts]


def test_an_event_does_not_match_itself() -> None:
    index = MatchIndex()
    index.add(FIRE)
    assert index.query(FIRE) == ()


WORDS = st.text(alphabet="冷库冒烟码头着火了路边井盖 ab。", max_size=24)


@given(a=WORDS, b=WORDS)
def test_m1_the_text_part_is_symmetric(a: str, b: str) -> None:
    bag_a, bag_b = pieces(a), pieces(b)
    weights = {piece: rarity(10, len(piece)) for piece in bag_a | bag_b}
    there, back = similarity(bag_a, bag_b, weights), similarity(bag_b, bag_a, weights)
    assert there == back
    assert 0.0 <= there <= 1.0
    if bag_a:
        assert similarity(bag_a, bag_a, weights) == pytest.approx(1.0)


@given(kept=st.lists(WORDS, max_size=5), gone=st.lists(WORDS, max_size=5), asked=WORDS)
def test_m6_a_removed_event_leaves_no_trace(kept: list[str], gone: list[str], asked: str) -> None:
    fresh, used = MatchIndex(), MatchIndex()
    for number, text in enumerate(gone):
        used.add(MatchFacts(f"gone-{number}", text, NOON, lon=120.6, lat=27.5))
    for number, text in enumerate(kept):
        event = MatchFacts(f"kept-{number}", text, NOON, lon=120.6, lat=27.5)
        fresh.add(event)
        used.add(event)
    for number in range(len(gone)):
        used.remove(f"gone-{number}")
        used.remove(f"gone-{number}")  # a closing may be told twice
    report = MatchFacts("r", asked, NOON, lon=120.6, lat=27.5)
    assert used.query(report) == fresh.query(report)
    assert len(used) == len(kept)


STREETS = [f"{a}{b}路" for a in "平安龙翔望" for b in "江海山河东"]


def test_m6_holds_where_lists_are_long_and_were_rebuilt() -> None:
    """More events with a piece than are read for it, and more removed than are marked only."""
    fresh, used = MatchIndex(), MatchIndex()
    events = [
        MatchFacts(f"e{n:05}", f"{STREETS[n % 25]}的冷库冒烟", NOON + timedelta(seconds=n))
        for n in range(9_000)
    ]
    for event in events:
        used.add(event)
    for event in events:
        if int(event.event_id[1:]) % 3:
            used.remove(event.event_id)
        else:
            fresh.add(event)
    report = MatchFacts("r", f"冷库冒烟，在{STREETS[3]}", NOON + timedelta(hours=3))
    assert len(used) == len(fresh) == 3_000
    assert used.query(report) == fresh.query(report) != ()


@given(texts=st.lists(WORDS, min_size=1, max_size=6), seed=st.randoms(use_true_random=False))
def test_the_order_of_adding_does_not_matter(texts: list[str], seed: object) -> None:
    events = [MatchFacts(f"e{i}", text, NOON) for i, text in enumerate(texts)]
    shuffled = list(reversed(events))
    report = MatchFacts("r", texts[0], NOON)
    assert candidates(report, events) == candidates(report, shuffled)


def test_adding_again_replaces() -> None:
    index = MatchIndex()
    index.add(FIRE)
    index.add(replace(FIRE, text="完全不同的一件事"))
    assert len(index) == 1
    assert "e1" in index
    index.remove_before((NOON + timedelta(seconds=1)).timestamp())
    assert len(index) == 0


def test_shared_phrases_are_the_longest_first() -> None:
    shared = pieces("冷库冒黑烟") & pieces("那个冷库冒黑烟了")
    assert shared_phrases("那个冷库冒黑烟了", shared) == ("冷库冒黑烟",)
