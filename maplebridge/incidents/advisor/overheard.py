"""What the brain makes of words that are still being typed: nothing here is stored.

Soft hints only. What is shown of another person's report is a fact about a public thing: its
kind, the minute, the grid. Never their words, never an exact place, and never a matter between
people: whoever could learn here that a neighbour has complained might make them pay for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import or_

from django.conf import settings
from django.db.models import Q

from maplebridge.brain.matching.records import Match, MatchFacts, Verdict
from maplebridge.brain.triage.records import ReportFacts, TriageSuggestion
from maplebridge.incidents import codes
from maplebridge.incidents.dangers import dangers_of
from maplebridge.incidents.models import Incident
from maplebridge.incidents.states import OPEN
from maplebridge.incidents.subtypes import subtype_label
from maplebridge.kernel.geo import Point, metres
from maplebridge.places import api as places

# Things that belong to nobody in particular: telling that one was reported harms no one. Noise,
# fumes, stalls, buildings are somebody's, so they are not here.
PUBLIC_THINGS = frozenset({
    "facility.manhole", "facility.street_light", "facility.cable", "facility.railing",
    "facility.tree", "facility.elevator", "tree", "road_guardrail", "road_surface", "road_debris",
    "signal_fault", "sign_missing", "blocked_road", "station_facility", "hazard.drowning_spot",
    "hazard.flood_point", "hazard.shelter_closed", "utility.power", "utility.water_outage",
    "utility.gas", "utility.sewage", "utility.telecom", "drain_blocked", "live_wire_down",
    "garbage", "dead_animal", "shared_bikes", "environment.river", "parking_facility",
})  # fmt: skip
# What may be guessed at aloud, on a screen that somebody else may look at.
GUESSED = frozenset({"social_linkage", "consultation", "traffic", "fire_rescue"})
REACH = 0.006  # degrees; about 600 m
STEPS_M = 150.0  # metres within which the same kind of thing may well be the same one
RECENT = timedelta(hours=72)
MOST = 60  # open matters near by that are compared


@dataclass(frozen=True, slots=True)
class Overheard:
    """What unsent words seem to say."""

    dangers: tuple[str, ...]  # codes of `dangers.DANGERS`
    guess: str  # the likely kind in plain words; empty: not sure, or not to be said aloud
    category: str
    subtype: str
    urgency: str
    point: Point | None  # where it is, as the pin or else the words say
    named: tuple[str, ...] = ()

    @property
    def public(self) -> bool:
        """Whether they tell of a thing anybody may know of, and of nobody being attacked."""
        return self.subtype in PUBLIC_THINGS and not {"attack", "self"} & set(self.dangers)


@dataclass(frozen=True, slots=True)
class SameNearby:
    """A matter that may be the same, in facts that anybody may know."""

    incident_id: int
    kind: str
    at: datetime
    place: str  # the name of a grid


def overhear(words: str, place_words: str, point: Point | None, at: datetime) -> Overheard | None:
    """Read words that nobody has sent yet; None while the brain is off."""
    if not settings.MAPLEBRIDGE.brain:
        return None
    from maplebridge.brain.triage import suggest

    said = f"{words}\n{place_words}" if place_words else words
    lon, lat = (point.lon, point.lat) if point else (None, None)
    facts = ReportFacts(said, codes.Channel.APP.value, lon, lat, at)
    answer = suggest(facts, places.gazetteer(), ())
    signals = frozenset(signal.code for signal in answer.safety)
    hidden = answer.unsafe_contact.value is True
    category, subtype = _text(answer.category.value), _text(answer.subtype.value)
    return Overheard(
        dangers=tuple(dangers_of(signals, hidden=hidden)),
        guess="" if hidden else _guess(category, subtype),
        category=category,
        subtype=subtype,
        urgency=_text(answer.urgency.value),
        point=point or _named_point(answer),
        named=tuple(p.name for p in answer.places if p.name),
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _guess(category: str, subtype: str) -> str:
    if category not in GUESSED:
        return ""
    return subtype_label(subtype) if subtype else str(codes.Category(category).label)


def _named_point(answer: TriageSuggestion) -> Point | None:
    best = answer.places[0] if answer.places else None
    if best is None or best.lon is None or best.lat is None or best.precision_m > 500:
        return None
    return Point(best.lon, best.lat)


def same_nearby(words: str, heard: Overheard, at: datetime) -> SameNearby | None:
    """The open matter about a public thing that these words most likely tell of too."""
    if heard.point is None or not heard.public:
        return None
    from maplebridge.brain.matching import INCIDENTS, candidates

    rows = {str(row.pk): row for row in _public_rows(heard.point, at)}
    facts = MatchFacts(
        event_id="", text=words, at=at, lon=heard.point.lon, lat=heard.point.lat,
        place_words=heard.named, category=heard.category or None, subtype=heard.subtype,
    )  # fmt: skip
    found = candidates(facts, _facts(rows.values()), settings=INCIDENTS)
    row = next((rows[m.event_id] for m in found if _worth_asking(m, rows[m.event_id], heard)), None)
    if row is None:
        return None
    kind = subtype_label(kind_of(row))
    return SameNearby(row.pk, kind, row.reported_at, row.cell.title if row.cell else "")


def _worth_asking(match: Match, row: Incident, heard: Overheard) -> bool:
    """It is only a question: the same kind of thing a few steps away is enough to ask it."""
    if match.verdict is Verdict.SUGGEST:
        return True
    if heard.point is None or row.lon is None or row.lat is None:
        return False
    close = metres(heard.point, Point(row.lon, row.lat)) <= STEPS_M
    return close and kind_of(row) == heard.subtype


def _public_rows(point: Point, at: datetime) -> list[Incident]:
    """Open matters around a point of which anybody may know, newest first."""
    near = Q(
        lon__range=(point.lon - REACH, point.lon + REACH),
        lat__range=(point.lat - REACH, point.lat + REACH),
    )
    rows = (
        Incident.objects.filter(_public(), near, reported_at__gte=at - RECENT)
        .select_related("cell")
        .defer("cell__geometry")
        .prefetch_related("reports", "suggestions")
        .order_by("-reported_at")[:MOST]
    )
    return [row for row in rows if kind_of(row) in PUBLIC_THINGS]


def _public() -> Q:
    """Open matters nobody asked to keep to themselves, as far as a row can say."""
    open_things = Q(state__in=OPEN, confidential=False) & ~Q(safe_contact="unsafe")
    categories = ("", "social_linkage", "traffic", "urgent_help", "fire_rescue")
    return open_things & reduce(or_, (Q(category=name) for name in categories))


def still_public(incident_id: int) -> Incident | None:
    """The row, when it is still open and still a matter of which anybody may know."""
    row = Incident.objects.filter(_public(), pk=incident_id).first()
    return row if row is not None and kind_of(row) in PUBLIC_THINGS else None


def kind_of(row: Incident) -> str:
    """The decided kind, else the suggested one; what triage was unsure of is no kind at all."""
    return _kind(row)[1]


def _kind(row: Incident) -> tuple[str, str]:
    """Category and subtype, both decided or both suggested."""
    if row.category:
        return row.category, row.subtype
    told = {s.aspect: s.value for s in row.suggestions.all()}
    if told.get(codes.Aspect.UNSAFE_CONTACT) is True:
        return "", ""
    return _text(told.get(codes.Aspect.CATEGORY)), _text(told.get(codes.Aspect.SUBTYPE))


def _facts(rows: Iterable[Incident]) -> Iterator[MatchFacts]:
    for row in rows:
        report = next(iter(row.reports.all()), None)
        category, subtype = _kind(row)
        if report is not None:
            yield MatchFacts(
                event_id=str(row.pk), text=report.narrative, at=row.reported_at,
                lon=row.lon, lat=row.lat, category=category or None, subtype=subtype or None,
            )  # fmt: skip
