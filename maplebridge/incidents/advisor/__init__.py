"""Rows → brain records → suggestion rows. The room's only caller of the brain.

A suggestion is stored beside the incident and never changes it. When the brain is switched off
or fails, the desk works without.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import structlog
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q

from maplebridge.brain.matching.records import Match, MatchFacts
from maplebridge.brain.triage.records import Evidence, ReportFacts, TriageSuggestion
from maplebridge.incidents import codes
from maplebridge.incidents.advisor.told_place import with_told_place
from maplebridge.incidents.events import IncidentSuggested
from maplebridge.incidents.models import Contact, Incident, Suggestion
from maplebridge.incidents.states import OPEN
from maplebridge.incidents.subtypes import subtype_label
from maplebridge.kernel.actor import SYSTEM
from maplebridge.kernel.clock import now
from maplebridge.kernel.journal import record
from maplebridge.people import api as people
from maplebridge.places import api as places

if TYPE_CHECKING:
    from maplebridge.brain.matching import MatchIndex

log = structlog.get_logger(__name__)
MOST_OPEN = 6_000  # open events held for matching
# Letters and forwarded requests: about one noise for months, without a point and without hurry.
SLOW_CHANNELS = frozenset({codes.Channel.HOTLINE_12345, codes.Channel.TRANSFER_IN})
BRAIN = SYSTEM("brain")


def suggest_incident(incident_id: int) -> int | None:
    """Store suggestions for one incident; how many duplicates were found, None if done before."""
    if not settings.MAPLEBRIDGE.brain:
        return None
    incident = Incident.objects.filter(pk=incident_id).first()
    report = incident.reports.order_by("id").first() if incident else None
    if incident is None or report is None:
        return None
    if Suggestion.objects.filter(incident=incident).exists():
        OPEN_EVENTS.add(_match_facts(incident, report.narrative))
        return None
    # Imported here: page processes never need the lexicons, only workers do.
    from maplebridge.brain.triage import suggest

    said = ReportFacts(
        text=report.narrative,
        channel=incident.channel,
        lon=incident.lon,
        lat=incident.lat,
        reported_at=incident.reported_at,
        language=report.language or None,
    )
    answer = suggest(said, places.gazetteer(), people.competence())
    if incident.lon is None and incident.place_words:
        answer = with_told_place(answer, incident.place_words, incident.channel, places.gazetteer())
    facts = _match_facts(incident, report.narrative, answer)
    slow = incident.channel in SLOW_CHANNELS
    matches = OPEN_EVENTS.similar(facts, slow=slow)
    OPEN_EVENTS.add(facts)
    _store(incident, answer, matches)
    return len(matches)


def _store(
    incident: Incident, answer: TriageSuggestion, matches: Sequence[tuple[Match, str]]
) -> None:
    at, version = now(), answer.model_version
    rows = [
        Suggestion(
            incident=incident,
            aspect=aspect.name.value,
            value=_plain(aspect.value),
            confidence=aspect.confidence,
            alternatives=[
                {"value": _plain(a.value), "confidence": a.confidence} for a in aspect.alternatives
            ],
            evidence=[evidence_as_json(e) for e in aspect.evidence],
            brain_version=version,
            at=at,
        )
        for aspect in answer.aspects
    ]
    if answer.places:
        best = [_place_as_json(place) for place in answer.places]
        place_row = next(r for r in rows if r.aspect == codes.Aspect.PLACE)
        place_row.alternatives = best
    if matches:
        rows.append(
            Suggestion(
                incident=incident,
                aspect=codes.Aspect.DUPLICATE,
                value=[_match_as_json(match, code) for match, code in matches],
                confidence=matches[0][0].score,
                brain_version=version,
                at=at,
            )
        )
    try:
        with transaction.atomic():
            Suggestion.objects.bulk_create(rows)
            urgency = _answer(answer.urgency.value)
            if urgency:  # only the queue's order; the decision stays with the desk
                # … and never below what has happened since (a sentinel's call for help).
                lower = Q(urgency_floor="") | Q(urgency_floor__gte=urgency)
                rows_open = Incident.objects.filter(lower, pk=incident.pk, urgency="")
                rows_open.update(queue_urgency=urgency)
            answered = sum(row.value is not None for row in rows)
            record(
                IncidentSuggested(incident.pk, incident.code, version, answered, len(matches)),
                actor=BRAIN,
            )
    except IntegrityError:
        log.debug("already_suggested", incident=incident.pk)  # another worker was first


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def evidence_as_json(evidence: Evidence) -> dict[str, object]:
    """Offsets instead of words: the words stay in the report, so emptying it empties them."""
    return {
        "kind": evidence.kind.value,
        "code": evidence.reason_code,
        "start": evidence.start,
        "end": evidence.end,
        "params": dict(evidence.params),
    }


def _place_as_json(place: object) -> dict[str, object]:
    raw = asdict(place)  # type: ignore[call-overload]
    raw.pop("evidence")
    return {**raw, "kind": str(raw["kind"])}


def _match_as_json(match: Match, code: str) -> dict[str, object]:
    parts = [
        {"name": p.name.value, "value": p.value, "weight": p.weight, "code": p.reason_code,
         "params": dict(p.params)}
        for p in match.parts
    ]  # fmt: skip
    return {"code": code, "score": match.score, "verdict": match.verdict.value, "parts": parts}


def _match_facts(
    incident: Incident, narrative: str, answer: TriageSuggestion | None = None
) -> MatchFacts:
    token = Contact.objects.filter(incident=incident).values_list("token", flat=True).first()
    # Names, because the desk reads them as a reason; a bare pin names nothing.
    named = tuple(p.name for p in answer.places if p.name) if answer else ()
    return MatchFacts(
        event_id=str(incident.pk),
        text=narrative,
        at=incident.reported_at,
        lon=incident.lon,
        lat=incident.lat,
        place_words=named,
        category=_answer(answer.category.value) if answer else incident.category or None,
        subtype=_answer(answer.subtype.value) if answer else incident.subtype or None,
        contact_token=token or None,
    )


def _answer(value: object) -> str | None:
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
    rows = (
        Incident.objects.filter(state__in=OPEN)
        .order_by("-id")
        .prefetch_related("reports")
        .select_related("contact")[:MOST_OPEN]
    )
    for row in reversed(rows):
        report = next(iter(row.reports.all()), None)
        if report is not None:
            contact = getattr(row, "contact", None)
            yield MatchFacts(
                event_id=str(row.pk),
                text=report.narrative,
                at=row.reported_at,
                lon=row.lon,
                lat=row.lat,
                category=row.category or None,
                subtype=row.subtype or None,
                contact_token=(contact.token or None) if contact else None,
            )


OPEN_EVENTS = OpenEvents()


def reason_sentence(
    evidence: Mapping[str, object],
    narrative: str,
    language: str,
    agencies: Mapping[str, str] | None = None,
) -> str:
    """A brain reason as a sentence in the reader's language; empty for a code it no longer has.

    `agencies` names the codes of agencies among the reason's parameters.
    """
    from maplebridge.brain.triage.reasons import REASONS

    templates = REASONS.get(str(evidence.get("code", "")))
    if templates is None:
        return ""
    start, end = int(str(evidence.get("start", -1))), int(str(evidence.get("end", -1)))
    words = narrative[start:end] if 0 <= start < end else ""
    given = evidence.get("params")
    params = {k: _in_words(k, v) for k, v in given.items()} if isinstance(given, dict) else {}
    if "lead" in params and agencies:
        params["lead"] = agencies.get(str(params["lead"]), params["lead"])
    try:
        return templates[0 if language.startswith("zh") else 1].format(**{"text": words, **params})
    except KeyError:
        return ""  # written by another version of the brain


def match_sentence(part: Mapping[str, object], language: str) -> str:
    """One part of a match score as a sentence; empty for a code the brain no longer has."""
    from maplebridge.brain.matching.reasons import REASONS

    templates = REASONS.get(str(part.get("code", "")))
    if templates is None:
        return ""
    given = part.get("params")
    params = {k: _in_words(k, v) for k, v in given.items()} if isinstance(given, dict) else {}
    try:
        return templates[0 if language.startswith("zh") else 1].format(**params)
    except KeyError:
        return ""  # written by another version of the brain


def _in_words(name: str, value: object) -> object:
    """Codes among a reason's parameters, as the desk knows them."""
    lists = {
        "category": codes.Category,
        "urgency": codes.Urgency,
        "mine": codes.Category,
        "theirs": codes.Category,
    }
    if name in lists and value in lists[name].values:
        return str(lists[name](str(value)).label)
    if name == "matter":
        return subtype_label(str(value).rpartition("/")[2])
    if name == "rule_id":
        return str(value).rpartition(":")[2]
    return value
