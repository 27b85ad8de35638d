"""Points of the past: the caps of a live award, once per source, one entry."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from maplebridge.kernel.actor import SYSTEM
from maplebridge.kernel.clock import FixedClock, use_clock
from maplebridge.kernel.journal.models import JournalEntry
from maplebridge.teams import api
from maplebridge.teams.models import PointsTransfer
from maplebridge.teams.queries import points_of
from maplebridge.teams.tests import factories

pytestmark = pytest.mark.django_db
JOB = SYSTEM("twin")
MONDAY = datetime(2026, 7, 13, 2, 0, tzinfo=UTC)  # 10:00 in Shanghai
DONE, RATED = api.PointReason.ORDER_DONE, api.PointReason.RATED_FIVE


def test_the_past_is_booked_once_and_within_the_caps() -> None:
    person = factories.volunteer()
    api.award(person.pk, DONE, "offer:1", actor=JOB)  # opens the account, on another day
    duties = [
        api.PastAward(person.code, DONE, f"past:{n}", MONDAY + timedelta(minutes=n))
        for n in range(7)
    ]
    more = [
        api.PastAward(person.code, RATED, "past:0", MONDAY),
        api.PastAward(person.code, DONE, "past:8", MONDAY + timedelta(days=1)),
        api.PastAward("nobody", DONE, "past:9", MONDAY),
    ]
    assert api.import_awards([*duties, *more], actor=JOB) == 5 + 1 + 1
    assert api.import_awards([*duties[:5], *more], actor=JOB) == 0
    assert api.balance(person.pk) == 10 + 5 * 10 + 2 + 10
    (entry,) = JournalEntry.objects.filter(kind="teams.points_imported")
    assert entry.data == {"entries": 7, "points": 62}
    assert points_of(person.pk)[-1].at == MONDAY


def test_a_live_award_counts_what_was_imported_for_the_day() -> None:
    person = factories.volunteer()
    with use_clock(FixedClock(MONDAY)):
        api.award(person.pk, DONE, "offer:1", actor=JOB)
        past = [api.PastAward(person.code, DONE, f"past:{n}", MONDAY) for n in range(9)]
        assert api.import_awards(past, actor=JOB) == 4
        assert api.award(person.pk, DONE, "offer:2", actor=JOB).because == "daily_cap"


def test_the_programme_gives_what_volunteers_receive() -> None:
    person = factories.volunteer()
    api.award(person.pk, DONE, "offer:1", actor=JOB)
    api.import_awards([api.PastAward(person.code, DONE, "past:1", MONDAY)], actor=JOB)
    assert {t.debit.code for t in PointsTransfer.objects.select_related("debit")} == {"programme"}
