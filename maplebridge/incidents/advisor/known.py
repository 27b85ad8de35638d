"""What is known of an event while it is open: its facts for matching, held in this process."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Prefetch

from maplebridge.brain.matching.records import Match, MatchFacts
from maplebridge.brain.triage.records import TriageSuggestion
from maplebridge.incidents import codes
from maplebridge.incidents.models import Contact, Incident, Suggestion
from maplebridge.incidents.states import OPEN

if TYPE_CHECKING:
    from maplebridge.brain.matching import MatchIndex

MOST_OPEN = 6_000  # open events held for matching
_TOLD = (codes.Aspect.CATEGORY, codes.Aspect.SUBTYPE, codes.Aspect.PLACE)


@dataclass(frozen=True, slots=True)
class Told:
    """What the brain made of a report, as far as matching asks."""

    category: str | None = None
    subtype: str | None = None
    places: tuple[str, ...] = ()  # names, because the desk reads them as a reason; no bare pin


def told_by(answer: TriageSuggestion) -> Told:
    return Told(
        _text(answer.category.value),
        _text(answer.subtype.value),
        tuple(place.name for place in answer.places if place.name),
    )


def told_of(incident: Incident) -> Told:
    """The same from what was stored, so that a restart forgets nothing."""
    stored = {row.aspect: row for row in incident.suggestions.all()}
    value = {aspect: row.value for aspect, row in stored.items()}
    where = stored[codes.Aspect.PLACE].alternatives if codes.Aspect.PLACE in stored else []
    return Told(
        _text(value.get(codes.Aspect.CATEGORY)),
        _text(value.get(codes.Aspect.SUBTYPE)),
        tuple(str(place["name"]) for place in where if place.get("name")),
    )


def match_facts(incident: Incident, narrative: str, told: Told) -> MatchFacts:
    return MatchFacts(
        event_id=str(incident.pk),
        text=narrative,
        at=incident.reported_at,
        lon=incident.lon,
        lat=incident.lat,
        place_words=told.places,
        category=incident.category or told.category,
        subtype=incident.subtype if incident.category else told.subtype,
        contact_token=_token(incident),
    )


def _token(incident: Incident) -> str | None:
    """The keyed digest of a telephone; none where who reported must not be guessed at.

    “The same telephone” on two matters tells who stands behind a confidential one.
    """
    if incident.confidential:
        return None
    contact: Contact | None = getattr(incident, "contact", None)
    return (contact.token or None) if contact else None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


class OpenEvents:
    """The open events of this process, indexed for matching; filled from the database once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._indexes: tuple[MatchIndex, MatchIndex] | None = None  # incidents, requests
        self._order: deque[str] = deque()  # event ids, oldest first

    def forget(self) -> None:
        """Start anew from the database; tests and a changed database need it."""
        with self._lock:
            self._indexes = None

    def add(self, facts: MatchFacts) -> None:
        with self._lock:
            self._hold(facts)

    def _hold(self, facts: MatchFacts) -> None:
        """Keep the newest; a flood of reports must not slow every later question."""
        indexes = self._ready()
        for index in indexes:
            index.add(facts)
        self._order.append(facts.event_id)
        while len(self._order) > MOST_OPEN:
            oldest = self._order.popleft()
            for index in indexes:
                index.remove(oldest)

    def similar(self, facts: MatchFacts, *, slow: bool = False) -> list[tuple[Match, str]]:
        """Matches that are still open, with their codes; ended ones leave the indexes.

        `slow` asks with the patience of requests that come over weeks.
        """
        with self._lock:
            indexes = self._ready()
            index = indexes[slow]
            found = [m for m in index.query(facts) if m.event_id != facts.event_id]
            open_now = dict(
                Incident.objects.filter(
                    pk__in=[int(m.event_id) for m in found], state__in=OPEN
                ).values_list("pk", "code")
            )
            for match in found:
                if int(match.event_id) not in open_now:
                    for held in indexes:
                        held.remove(match.event_id)
        return [(m, open_now[int(m.event_id)]) for m in found if int(m.event_id) in open_now]

    def _ready(self) -> tuple[MatchIndex, MatchIndex]:
        if self._indexes is None:
            from maplebridge.brain.matching import INCIDENTS, REQUESTS, MatchIndex

            self._indexes = (MatchIndex(INCIDENTS), MatchIndex(REQUESTS))
            self._order.clear()
            for facts in _open_facts():
                self._hold(facts)
        return self._indexes


def _open_facts() -> Iterable[MatchFacts]:
    told = Suggestion.objects.filter(aspect__in=_TOLD)
    rows = (
        Incident.objects.filter(state__in=OPEN)
        .order_by("-id")
        .prefetch_related("reports", Prefetch("suggestions", told))
        .select_related("contact")[:MOST_OPEN]
    )
    for row in reversed(rows):
        report = next(iter(row.reports.all()), None)
        if report is not None:
            yield match_facts(row, report.narrative, told_of(row))


OPEN_EVENTS = OpenEvents()
