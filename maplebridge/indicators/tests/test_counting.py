"""Counting from the journal equals counting everything anew, to the last digit."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest

from maplebridge.incidents.events import HistoryImported
from maplebridge.incidents.models import Incident
from maplebridge.indicators import actions, queries
from maplebridge.indicators.models import Counted, HourlyCount, Span
from maplebridge.indicators.subscribers import count_what_changed
from maplebridge.indicators.tests.factories import ACTOR, BEGIN, City
from maplebridge.kernel.journal import Cursor, Entry, read_after, record
from maplebridge.kernel.journal.subscribers import deliver
from maplebridge.kernel.testing import frozen

# Readers of the journal see what is committed; so these stories really commit.
pytestmark = pytest.mark.django_db(transaction=True)
CHANNELS = ("phone", "app", "walk_in", "sentinel")
CATEGORIES = ("criminal", "public_order", "dispute", "social_linkage")
Merge = tuple[Incident, Incident, str]
SUBTYPES = ("theft.ebike", "fraud.task_rebate", "neighbour", "")


def tables() -> tuple[object, object, object]:
    """Everything that is kept, without row ids."""
    return (
        sorted(HourlyCount.objects.values_list("metric", "hour", "key", "n")),
        sorted(Span.objects.values_list("metric", "at", "key", "seconds", "source")),
        sorted(Counted.objects.values_list("incident_id", "hour", "marks")),
    )


def assert_equals_rebuild() -> None:
    kept = tables()
    assert actions.rebuild() == Incident.objects.count()
    assert tables() == kept
    assert kept[0] or not Incident.objects.exists()


def hear(entries: list[Entry]) -> None:
    for entry in entries:
        event = entry.event()
        assert event is not None
        count_what_changed(entry, event)


def counted(metric: str, key: str = "") -> int:
    hour = BEGIN - timedelta(days=60)
    return queries.counts([metric], hour, BEGIN + timedelta(days=60))[metric][key]


def live(city: City, dice: random.Random, rows: list[Incident], merged: list[Merge]) -> None:
    """One random thing happens."""
    city.wait(dice.choice([5, 60, 1800]))
    row = dice.choice(rows) if rows else None
    row = row if row is not None and row.state not in ("merged", "invalid") else None
    pick = dice.random()
    if row is None or pick < 0.3:
        rows.append(city.receive(dice.choice(CHANNELS), ago=dice.choice([0, 30, 4000, 90_000])))
    elif pick < 0.55:
        city.triage(row, dice.choice(CATEGORIES), dice.choice(["P1", "P3"]), dice.choice(SUBTYPES))
    elif pick < 0.65:
        city.move(row, "arrive", "arrived", dice.choice(["volunteer", "police_officer"]))
    elif pick < 0.72:
        city.arrive(row, dice.choice(["volunteer", "police", "sentinel"]), dice.random() * 900)
    elif pick < 0.82:
        city.move(row, "close", "closed")
    elif pick < 0.86:
        city.move(row, "invalidate", "invalid")
    elif pick < 0.95:
        master = dice.choice(rows)
        if master is not row:
            merged.append((master, row, city.merge(master, row)))
    elif merged:
        city.undo(*merged.pop())


@pytest.mark.parametrize("seed", range(4))
def test_any_story_counts_like_a_rebuild_however_its_entries_arrive(seed: int) -> None:
    """Entries come in random batches, out of order, and some twice."""
    dice, city = random.Random(seed), City()
    rows: list[Incident] = []
    merged: list[Merge] = []
    waiting: list[Entry] = []
    cursor = Cursor()
    for _ in range(60):
        live(city, dice, rows, merged)
        fresh = read_after(cursor)
        cursor = fresh[-1].cursor if fresh else cursor
        waiting += fresh
        if dice.random() < 0.2:
            dice.shuffle(waiting)
            taken, waiting = waiting[: len(waiting) // 2], waiting[len(waiting) // 2 :]
            hear(taken + taken[:2])
    dice.shuffle(waiting)
    hear(waiting)
    assert_equals_rebuild()


def test_a_matter_counts_in_the_hour_it_was_spoken_also_when_it_comes_late() -> None:
    city = City()
    city.receive(ago=3 * 3600)
    hear(read_after(Cursor()))
    [hour] = HourlyCount.objects.filter(metric="received").values_list("hour", flat=True)
    assert hour == BEGIN - timedelta(hours=3)
    assert_equals_rebuild()


def test_the_first_category_is_frozen_in_the_counts() -> None:
    city = City()
    row = city.receive()
    city.triage(row, "criminal", subtype="theft.ebike")
    city.triage(row, "dispute")
    hear(read_after(Cursor()))
    assert (counted("received.category", "criminal"), counted("received.category", "dispute")) == (
        1,
        0,
    )
    assert counted("theft") == 1


def test_merged_and_invalid_count_nowhere_and_come_back_when_undone() -> None:
    city = City()
    master, duplicate = city.receive(), city.receive()
    before = city.merge(master, duplicate)
    hear(read_after(Cursor()))
    assert counted("received") == 1
    city.undo(master, duplicate, before)
    hear(read_after(Cursor()))
    assert counted("received") == 2
    city.move(duplicate, "invalidate", "invalid")
    hear(read_after(Cursor()))
    assert counted("received") == 1
    assert_equals_rebuild()


def test_who_came_first_is_what_dispatch_noted() -> None:
    city = City()
    row = city.receive()
    city.arrive(row, "volunteer", 250.5)
    city.move(row, "arrive", "arrived", "dispatcher")
    hear(read_after(Cursor()))
    assert counted("first_arrival", "volunteer") == 1
    took = Span.objects.get(metric="arrival_time")
    assert (took.key, took.seconds) == ("volunteer", 250.5)


def test_imported_history_is_counted_from_one_entry() -> None:
    city = City()
    rows = [city.receive(ago=day * 86_400) for day in range(5)]
    times = [row.reported_at.isoformat() for row in rows]
    record(HistoryImported(5, min(times), max(times)), actor=ACTOR)
    entries = read_after(Cursor())
    hear(entries[-1:])
    assert counted("received") == 5
    assert_equals_rebuild()


def test_the_worker_keeps_the_counts_and_says_how_old_they_are(
    django_assert_max_num_queries: Callable[..., AbstractContextManager[object]],
) -> None:
    city = City()
    with frozen(BEGIN) as clock:
        city.receive()
        assert queries.counted_up_to(actions.SUBSCRIBER, clock.now()) < BEGIN
        assert deliver(actions.SUBSCRIBER) == 1
        clock.move(minutes=5)
        assert queries.counted_up_to(actions.SUBSCRIBER, clock.now()) == clock.now()
        row = city.receive()
        assert queries.counted_up_to(actions.SUBSCRIBER, clock.now()) == BEGIN
        with django_assert_max_num_queries(18):
            actions.count_incidents([row.pk])
