"""A subscriber that comes with an upgrade does not answer years of old entries."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from django.core.management import call_command
from django.db import connection

from maplebridge.kernel.journal import Entry, Event, deliver_all, lag, subscriber
from maplebridge.kernel.journal.models import SubscriberCursor
from maplebridge.kernel.journal.subscribers import Since, welcome_subscribers
from maplebridge.kernel.tests.test_journal import Happened, happen

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("own_subscriber"),
]


def hears(name: str, since: Since | None = None) -> list[int]:
    """Register a subscriber; what it hears."""
    heard: list[int] = []

    def hear(_entry: Entry, event: Event) -> None:
        assert isinstance(event, Happened)
        heard.append(event.number)

    (subscriber(name, Happened, since=since) if since else subscriber(name, Happened))(hear)
    return heard


def years_passed() -> None:
    """An installation with a past: the first subscriber has heard it."""
    SubscriberCursor.objects.all().delete()
    hears("kernel.old")
    for number in range(5):
        happen(number)
    while deliver_all():
        pass


def upgrade() -> None:
    call_command("migrate", verbosity=0)


@pytest.mark.parametrize("upgraded", [True, False], ids=["with migrate", "only a new worker"])
def test_a_new_subscriber_hears_what_comes_and_a_roll_up_all_of_the_past(upgraded: bool) -> None:
    years_passed()
    answers, counts = hears("kernel.answers"), hears("kernel.counts", "beginning")
    if upgraded:
        upgrade()
    else:
        deliver_all()
    happen(7)
    while deliver_all():
        pass
    assert answers == [7]
    assert counts == [0, 1, 2, 3, 4, 7]


def test_what_is_written_between_migrate_and_the_first_worker_is_heard() -> None:
    years_passed()
    answers = hears("kernel.answers")
    upgrade()
    happen(7)
    happen(8)
    while deliver_all():
        pass
    assert answers == [7, 8]


@pytest.mark.parametrize("migrated", [True, False])
def test_on_a_new_installation_nothing_is_missed(migrated: bool) -> None:
    """An installation that an older program migrated has no places; it is as new."""
    SubscriberCursor.objects.all().delete()
    answers = hears("kernel.answers")
    if migrated:
        upgrade()
    happen(1)
    while deliver_all():
        pass
    assert answers == [1]


def test_an_emptied_database_begins_anew() -> None:
    years_passed()
    answers = hears("kernel.answers")
    upgrade()
    call_command("flush", verbosity=0, interactive=False)
    happen(3)
    while deliver_all():
        pass
    assert answers == [3]


def test_nobody_who_was_here_is_moved() -> None:
    years_passed()
    before = places(SubscriberCursor.objects.all())
    welcome_subscribers()
    upgrade()
    assert places(SubscriberCursor.objects.all()) == before


def places(rows: Iterable[SubscriberCursor]) -> set[tuple[str, int, int]]:
    return {(row.name, row.xact, row.entry) for row in rows}


def test_the_lag_knows_since_when_the_first_entry_waits() -> None:
    years_passed()
    (none,) = lag()
    assert (none.waiting, none.since) == (0, None)
    happen(9)
    (one,) = lag()
    assert one.waiting == 1
    assert one.since is not None


@pytest.mark.slow
def test_migrating_back_and_forth_works() -> None:
    """Places are given only where the table is as this program knows it."""
    try:
        call_command("migrate", "kernel", "0001", verbosity=0)
        call_command("migrate", "kernel", "zero", verbosity=0)
        assert "kernel_subscribercursor" not in connection.introspection.table_names()
    finally:
        upgrade()
