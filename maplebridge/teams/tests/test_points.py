"""The ledger: twice booked, once per source, capped, corrected only by reversal."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import pytest

from maplebridge.kernel.actor import SYSTEM
from maplebridge.kernel.clock import FixedClock, use_clock
from maplebridge.kernel.errors import Refused
from maplebridge.kernel.journal.models import JournalEntry
from maplebridge.teams import api
from maplebridge.teams.models import PointsTransfer
from maplebridge.teams.queries import balances, exportable_transfers, points_of
from maplebridge.teams.states import PointReason
from maplebridge.teams.tests import factories

pytestmark = pytest.mark.django_db
JOB = SYSTEM("test")
MONDAY = datetime(2026, 7, 13, 2, 0, tzinfo=UTC)  # 10:00 in Shanghai
ORDER = PointReason.ORDER_DONE


def test_an_award_is_booked_twice_and_a_repeat_does_nothing() -> None:
    person = factories.volunteer()
    assert api.award(person.pk, ORDER, "offer:1", actor=JOB).given
    again = api.award(person.pk, ORDER, "offer:1", actor=JOB)
    assert (again.given, again.because) == (False, "repeated")
    assert api.balance(person.pk) == 10
    entry = PointsTransfer.objects.select_related("debit", "credit").get()
    assert (entry.debit.code, entry.credit.volunteer_id) == ("programme", person.pk)
    assert JournalEntry.objects.filter(kind="teams.points_given").count() == 1


def test_the_same_source_thanks_one_person_only() -> None:
    one, other = factories.volunteer(), factories.volunteer()
    api.award(one.pk, ORDER, "offer:1", actor=JOB)
    assert not api.award(other.pk, ORDER, "offer:1", actor=JOB).given
    assert api.balance(other.pk) == 0


def test_five_orders_a_day_and_three_patrols_a_week() -> None:
    person = factories.volunteer()
    clock = FixedClock(MONDAY)
    with use_clock(clock):
        given = [api.award(person.pk, ORDER, f"offer:{n}", actor=JOB) for n in range(7)]
        assert [a.because for a in given] == ["given"] * 5 + ["daily_cap"] * 2
        patrols = []
        for day in range(8):
            patrols.append(
                api.award(person.pk, PointReason.PATROL, f"patrol:{day}", actor=JOB).because
            )
            clock.move(days=1)
        # Monday to Sunday holds three; the next Monday begins anew.
        assert patrols == ["given"] * 3 + ["weekly_cap"] * 4 + ["given"]
        assert api.award(person.pk, ORDER, "offer:99", actor=JOB).given
    assert api.balance(person.pk) == 6 * 10 + 4 * 5


def test_the_local_day_counts_not_the_utc_day() -> None:
    person = factories.volunteer()
    clock = FixedClock(datetime(2026, 7, 13, 15, 59, tzinfo=UTC))  # 23:59 in Shanghai
    with use_clock(clock):
        for n in range(5):
            api.award(person.pk, ORDER, f"offer:{n}", actor=JOB)
        assert not api.award(person.pk, ORDER, "offer:5", actor=JOB).given
        clock.move(minutes=1)
        assert api.award(person.pk, ORDER, "offer:6", actor=JOB).given


def test_conduct_has_no_entry() -> None:
    person = factories.volunteer()
    with pytest.raises(Refused):
        api.award(person.pk, PointReason.REVERSAL, "declined", actor=JOB)
    with pytest.raises(ValueError, match="lateness"):
        api.award(person.pk, "lateness", "x", actor=JOB)


def test_three_orders_consent_after_the_first_two_are_passed_on() -> None:
    person = factories.volunteer()
    me = factories.as_volunteer(person)
    clock = FixedClock(MONDAY)
    with use_clock(clock):
        for n in range(3):
            api.award(person.pk, ORDER, f"offer:{n}", actor=JOB)
            clock.move(minutes=1)
            if n == 0:
                api.set_consent(person.pk, True, actor=me)
                clock.move(minutes=1)
        assert len(api.export_points(actor=JOB)) == 2
        assert api.export_points(actor=JOB) == [], "a repeat passes nothing on"
        lines = points_of(person.pk)
        assert [(x.exported, x.may_export) for x in lines] == [
            (True, True), (True, True), (False, False),
        ]  # fmt: skip
        api.set_consent(person.pk, False, actor=me)
        api.award(person.pk, ORDER, "offer:9", actor=JOB)
        clock.move(days=1)
        assert not exportable_transfers().exists()


def test_period_of_a_year_begins_in_january() -> None:
    person = factories.volunteer()
    clock = FixedClock(datetime(2026, 12, 31, 12, 0, tzinfo=UTC))
    with use_clock(clock):
        assert api.award(person.pk, PointReason.TRAINING, "course:1", actor=JOB).given
        assert not api.award(person.pk, PointReason.TRAINING, "course:2", actor=JOB).given
        clock.move(hours=6)
        assert api.award(person.pk, PointReason.TRAINING, "course:3", actor=JOB).given


def test_every_balance_is_what_its_entries_add_up_to() -> None:
    people = [factories.volunteer() for _n in range(3)]
    clock = FixedClock(MONDAY)
    with use_clock(clock):
        for n in range(8):
            api.award(people[n % 3].pk, ORDER, f"offer:{n}", actor=JOB)
        api.award(people[0].pk, PointReason.RATED_FIVE, "offer:0", actor=JOB)
    counted: Counter[str] = Counter()
    for entry in PointsTransfer.objects.select_related("debit", "credit"):
        counted[entry.credit.code] += entry.points
        counted[entry.debit.code] -= entry.points
    assert balances() == dict(counted)
    assert counted["programme"] == -82
    for person in people:
        assert api.balance(person.pk) == counted[f"volunteer:{person.pk}"]
