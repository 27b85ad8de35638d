"""Rows → brain records → suggestion rows. The room's only caller of the brain.

A suggestion is stored beside the incident and never changes it. When the brain is switched off
or fails, the desk works without.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace

import structlog
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from maplebridge.brain.matching.records import Match
from maplebridge.brain.triage.records import Evidence, ReportFacts, TriageSuggestion
from maplebridge.incidents import codes
from maplebridge.incidents.advisor.known import OPEN_EVENTS, match_facts, told_by, told_of
from maplebridge.incidents.advisor.told_place import with_told_place
from maplebridge.incidents.advisor.town_model import TOWN_MODEL
from maplebridge.incidents.events import IncidentSuggested
from maplebridge.incidents.models import Incident, Suggestion
from maplebridge.incidents.subtypes import subtype_label
from maplebridge.kernel.actor import SYSTEM
from maplebridge.kernel.clock import now
from maplebridge.kernel.journal import record
from maplebridge.people import api as people
from maplebridge.places import api as places

log = structlog.get_logger(__name__)
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
        OPEN_EVENTS.add(match_facts(incident, report.narrative, told_of(incident)))
        return None
    # Imported here: page processes never need the lexicons, only workers do.
    from maplebridge.brain.triage import suggest
    from maplebridge.brain.triage.opinion import Shipped

    said = ReportFacts(
        text=report.narrative,
        channel=incident.channel,
        lon=incident.lon,
        lat=incident.lat,
        reported_at=incident.reported_at,
        language=report.language or None,
    )
    version, model = TOWN_MODEL.in_use()
    answer = suggest(said, places.gazetteer(), people.competence(), model=model or Shipped.MODEL)
    if version:
        answer = replace(answer, model_version=f"{answer.model_version}-{version}"[:40])
    if incident.lon is None and incident.place_words:
        answer = with_told_place(answer, incident.place_words, incident.channel, places.gazetteer())
    facts = match_facts(incident, report.narrative, told_by(answer))
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


def _answer(value: object) -> str | None:
    return value if isinstance(value, str) else None


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
    """One part of a match score as a sentence, with the points it gives of a hundred.

    Empty for a code the brain no longer has.
    """
    from maplebridge.brain.matching.reasons import REASONS

    templates = REASONS.get(str(part.get("code", "")))
    if templates is None:
        return ""
    given = part.get("params")
    params = {k: _in_words(k, v) for k, v in given.items()} if isinstance(given, dict) else {}
    try:
        said = templates[0 if language.startswith("zh") else 1].format(**params)
    except KeyError:
        return ""  # written by another version of the brain
    most = 100.0 * float(str(part["weight"]))
    got = most * float(str(part["value"]))
    return _("{reason} {got} of {most} points.").format(
        reason=said, got=round(got), most=round(most)
    )


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
