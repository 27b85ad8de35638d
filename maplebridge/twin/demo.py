"""Fill an empty database with the generated city and its recent past, by the rooms' own doors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from itertools import islice

from maplebridge.dispatch import api as dispatch
from maplebridge.incidents import api as incidents
from maplebridge.inspections import api as inspections
from maplebridge.kernel.actor import SYSTEM, Channel
from maplebridge.kernel.clock import local_day, now
from maplebridge.orders import api as orders
from maplebridge.people import api as people
from maplebridge.places import api as places
from maplebridge.teams import api as teams
from maplebridge.twin.actions.pace import settle_in
from maplebridge.twin.city import generate_city, history_seed
from maplebridge.twin.city.history_records import HistoryIncident
from maplebridge.twin.city.records import City
from maplebridge.twin.past.alarms import Guards, past_alarm
from maplebridge.twin.past.calls import past_calls
from maplebridge.twin.past.matters import past_incident
from maplebridge.twin.past.orders import past_orders
from maplebridge.twin.past.thanks import earlier_awards, past_awards, past_courses
from maplebridge.twin.past.visits import past_visits, visits_of_today
from maplebridge.twin.present import Present

HISTORY = SYSTEM("history", Channel.COMMAND)
BATCH = 1_000
PER_DAY = 85  # about how many matters a day the generator yields; for the progress bar only


def is_filled() -> bool:
    """Whether a city is already there."""
    return bool(places.stations())


class DemoCity:
    """One filling: a city from a seed, and its history up to this minute."""

    def __init__(self, *, seed: int, days: int) -> None:
        self.seed, self.days = seed, days
        self.steps = 4 * BATCH + (days + 1) * PER_DAY

    def fill(self, progress: Callable[[int], None]) -> dict[str, object]:
        """Load places, people, teams and history; counts of what is there now."""
        city = generate_city(self.seed)
        progress(BATCH)
        places.load_city(city)
        progress(2 * BATCH)
        people.load_people(city)
        progress(3 * BATCH)
        teams.load_teams(city, demo=True)
        progress(4 * BATCH)
        count, calls = self.live_through(city, progress)
        team_count, person_count = teams.counts()
        progress(self.steps)
        return {
            "seed": self.seed,
            "stations": len(places.stations()),
            "teams": team_count,
            "volunteers": person_count,
            "incidents": count,
            "calls": calls,
        }

    def live_through(self, city: City, progress: Callable[[int], None]) -> tuple[int, int]:
        """The past and this moment, in a city whose places and people are there.

        How many matters and calls there are then.
        """
        at, count, calls = now(), 0, 0
        book = _Book(city, at)
        # The generator ends the day before; today's matters are cut at this minute.
        past = history_seed(city, local_day(at) + timedelta(days=1), self.days + 1, self.seed)
        happened = (p for p in past if p.received_at <= at)
        while batch := list(islice(happened, BATCH)):
            calls += book.import_batch(batch)
            count += len(batch)
            progress(min(self.steps, 4 * BATCH + count))
        before = [*past_courses(city, at, self.days), *earlier_awards(city, at, self.days)]
        teams.import_awards(before, actor=HISTORY)
        inspections.import_history(past_visits(city, at), actor=HISTORY)
        visits_of_today(city, at)
        count += self._present(city, at)
        settle_in(self.seed, self.days)
        return count, calls

    def _present(self, city: City, at: datetime) -> int:
        """What goes on right now; tomorrow's matters lend their words and places."""
        fresh = history_seed(city, local_day(at) + timedelta(days=2), 1, self.seed)
        return Present(city, list(fresh), at).happen()


class _Book:
    """The past as it had come by `at`, one batch after another, each room by its own door."""

    def __init__(self, city: City, at: datetime) -> None:
        self.at, self.guards = at, Guards.of(city)
        self.names = {agency.code: agency.name_zh for agency in city.agencies}

    def import_batch(self, batch: Sequence[HistoryIncident]) -> int:
        """Matters first: what the other rooms hold points at them. How many calls there were."""
        at = self.at
        incidents.import_history([past_incident(p, at) for p in batch], actor=HISTORY)
        alarms = [alarm for p in batch if (alarm := past_alarm(p, self.guards, at))]
        calls = dispatch.import_history(
            [call for p in batch for call in past_calls(p, at)], alarms, actor=HISTORY
        )
        orders.import_history(
            [order for p in batch for order in past_orders(p, self.names, at)], actor=HISTORY
        )
        teams.import_awards([a for p in batch for a in past_awards(p, at)], actor=HISTORY)
        return calls
