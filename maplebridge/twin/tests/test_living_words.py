"""What the living city says: hundreds of different texts, never two alike in an hour."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from maplebridge.kernel.clock import ZONE
from maplebridge.twin.city import generate_city
from maplebridge.twin.city.build import SEED
from maplebridge.twin.city.records import City
from maplebridge.twin.living.arrivals import Town, how_many, rate
from maplebridge.twin.living.records import Told
from maplebridge.twin.living.words import remarks

NOON = datetime(2026, 11, 28, 4, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def city() -> City:
    return generate_city(SEED)


def lived(city: City, start: datetime, hours: float, pace: int) -> list[tuple[datetime, Told]]:
    """What is told while that many true hours pass at this pace, in steps of a second."""
    town, told = Town(city, SEED, Random(7)), []
    for second in range(int(hours * 3600)):
        at = start + timedelta(seconds=second)
        told += [(at, one) for one in town.tell(at, float(pace))]
    return told


def test_a_whole_day_at_sixty_never_says_the_same_twice_in_an_hour(city: City) -> None:
    """24 hours of city time, and a whole true hour at the fastest pace: sixty of them."""
    told = lived(city, NOON, 1.0, 60)
    assert len(told) > 24 * 2  # at least two matters an hour, also at night
    words = [one.words for _at, one in told]
    assert len(set(words)) == len(words)
    assert len({one.key for _at, one in told}) == len(told)


def test_hundreds_of_texts_are_distinct_and_whole(city: City) -> None:
    told = [one for _at, one in lived(city, NOON, 2.5, 60)]
    assert len(told) >= 400
    for one in told:
        assert 4 <= len(one.words) <= 240, one.words
        assert "{" not in one.words
        assert not any(mark in one.words for mark in (",", "?", "!", "，，", "。。", "，。")), (
            one.words
        )
    bodies = {one.words[:12] for one in told}
    assert len(bodies) > 0.7 * len(told)
    assert len({one.channel for one in told}) >= 7
    assert len({one.kind for one in told}) >= 60


def test_the_hour_is_heard(city: City) -> None:
    night = datetime(2026, 11, 27, 1, 30, tzinfo=ZONE).astimezone(UTC)
    heard = {
        name: " ".join(one.words for _at, one in lived(city, start, 0.75, 60))
        for name, start in (("night", night), ("noon", NOON))
    }
    by_night, by_noon = remarks.HOURS[0][2], remarks.HOURS[4][2]
    assert sum(aside in heard["night"] for aside in by_night) >= 2
    assert sum(aside in heard["noon"] for aside in by_noon) >= 2
    assert not any(aside in heard["noon"] for aside in by_night)


def test_the_city_sleeps_and_wakes() -> None:
    local_day = datetime(2026, 11, 25, tzinfo=ZONE)
    rates = [rate(local_day + timedelta(hours=hour), SEED) for hour in range(24)]
    assert max(rates) > 2 * min(rates)
    assert 70 < sum(rates) < 130  # a day has about as many matters as its history
    assert min(rates) > 1


def test_how_many_keeps_its_mean_and_nothing_happens_in_no_time() -> None:
    rng = Random(3)
    drawn = [how_many(3.5, 600.0, rng) for _ in range(4000)]
    assert abs(sum(drawn) / len(drawn) - 3.5 / 6) < 0.05
    assert how_many(3.5, 0.0, rng) == 0
