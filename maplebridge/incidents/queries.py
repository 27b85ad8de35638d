"""What pages and other rooms read; no verbs, fixed numbers of queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from maplebridge.incidents import codes, text
from maplebridge.incidents.actions.claims import LEASE
from maplebridge.incidents.advisor import match_sentence, reason_sentence
from maplebridge.incidents.advisor.facts import SaidFact, said_facts
from maplebridge.incidents.clocks import Due, most_urgent, next_due
from maplebridge.incidents.models import (
    TO_JUDGE,
    Attachment,
    Claim,
    Incident,
    MergeLink,
    Report,
    StatusChange,
    Suggestion,
    Supplement,
    TriageDecision,
)
from maplebridge.incidents.policies import visible
from maplebridge.incidents.records import IncidentBrief, Intake
from maplebridge.incidents.states import OPEN, UNDER_WAY, WAITING, State
from maplebridge.kernel.actor import Actor
from maplebridge.kernel.clock import now
from maplebridge.kernel.errors import NotFound

PAGE = 40  # rows a desk can take in; more are a page away
# Rows beside an open matter: what has to be done next, and a glance at the rest.
BESIDE = {"waiting": 20, "to_send": 12, "running": 6, "to_close": 4}


def _brief(row: Incident) -> IncidentBrief:
    return IncidentBrief(
        id=row.pk,
        code=row.code,
        title=row.title,
        category=row.category,
        subtype=row.subtype,
        urgency=row.urgency,
        acting_urgency=row.queue_urgency,
        police_label=row.police_label,
        lead_agency=row.lead_agency,
        co_agencies=tuple(row.co_agencies),
        state=row.state,
        lon=row.lon,
        lat=row.lat,
        precision_m=row.precision_m,
        cell_id=row.cell_id,
        cell_code=row.cell_code,
        station_id=row.station_id,
        place_words=row.place_words,
        channel=row.channel,
        safe_contact=row.safe_contact,
        reported_at=row.reported_at,
    )


def brief(incident_id: int) -> IncidentBrief:
    row = Incident.objects.filter(pk=incident_id).first()
    if row is None:
        raise NotFound("incident.not_found")
    return _brief(row)


def brief_by_code(code: str) -> IncidentBrief:
    row = Incident.objects.filter(code=code).first()
    if row is None:
        raise NotFound("incident.not_found")
    return _brief(row)


def as_suggested(incident_id: int) -> IncidentBrief:
    """The matter as it will stand if what is suggested is confirmed; once decided, as it stands.

    For who could go before anybody has decided. Nothing of it is stored.
    """
    known = brief(incident_id)
    if known.category:
        return known
    rows = Suggestion.objects.filter(incident_id=incident_id).order_by("id")
    said = {row.aspect: row for row in rows}
    answers = {name: str(row.value) for name, row in said.items() if isinstance(row.value, str)}
    known = replace(
        known,
        category=answers.get(codes.Aspect.CATEGORY, ""),
        subtype=answers.get(codes.Aspect.SUBTYPE, ""),
        police_label=answers.get(codes.Aspect.POLICE_LABEL, ""),
    )
    unsafe = said.get(codes.Aspect.UNSAFE_CONTACT)
    if unsafe is not None and unsafe.value is True and known.safe_contact == "unknown":
        known = replace(known, safe_contact="unsafe")
    best = said[codes.Aspect.PLACE].alternatives if codes.Aspect.PLACE in answers else []
    if known.lon is None and best and best[0]["lon"] is not None:
        known = replace(
            known, lon=best[0]["lon"], lat=best[0]["lat"], precision_m=best[0]["precision_m"]
        )
    return known


def first_words(incident_id: int) -> str:
    """The narrative as it was first stored; what a repeat is compared with."""
    said = Report.objects.filter(incident_id=incident_id).order_by("id")
    return said.values_list("narrative", flat=True).first() or ""


def is_repeat(incident_id: int, intake: Intake) -> bool:
    """Whether an intake says what was first stored under its key: the same words, the same time.

    Words that were emptied at the end of their time can not be compared; the key alone decides.
    """
    said = Report.objects.filter(incident_id=incident_id).order_by("id")
    stored = said.values_list("narrative", "reported_at").first()
    if stored is None or not stored[0]:
        return True
    same_time = intake.reported_at is None or intake.reported_at == stored[1]
    return same_time and text.checked_narrative(intake.narrative) == stored[0]


def visible_incidents(actor: Actor) -> QuerySet[Incident]:
    """Every incident the actor may see; other rooms narrow their own rows by it."""
    return Incident.objects.filter(visible(actor))


def open_incidents(actor: Actor) -> QuerySet[Incident]:
    """Open incidents the actor may see: most urgent first, then the longest waiting."""
    return Incident.objects.filter(visible(actor), state__in=OPEN).order_by(
        "queue_urgency", "reported_at"
    )


@dataclass(frozen=True, slots=True)
class QueueRow:
    code: str
    title: str
    state: str
    state_label: str
    urgency: str  # decided, else suggested
    urgency_is_suggested: bool
    category_label: str
    place: str
    channel_label: str
    due: Due | None
    reported_at: datetime
    ago: str  # how long ago it came in, short
    held_by: str = ""  # who works on it right now

    @property
    def held_words(self) -> str:
        return held_words(self.held_by)


@dataclass(frozen=True, slots=True)
class QueuePart:
    name: str  # waiting | to_send | running | to_close
    rows: Sequence[QueueRow]
    total: int


# The states of each part, which the index knows, and what else holds for its rows.
PARTS: dict[str, tuple[Sequence[State], Q]] = {
    "waiting": ((*WAITING, *UNDER_WAY), TO_JUDGE),
    "to_send": ((State.TRIAGED,), ~TO_JUDGE),
    "running": (
        (State.DISPATCHED, State.ARRIVED, State.HANDLING, State.TRANSFERRED),
        ~TO_JUDGE,
    ),
    "to_close": ((State.FED_BACK,), Q()),
}


def queue(
    actor: Actor,
    *,
    part: str = "",
    page: int = 1,
    newest_first: bool = False,
    beside: bool = False,
) -> list[QueuePart]:
    """The desk's queue in its parts, or one part by pages.

    What is dealt with and waits to be called back and closed is no longer urgent: oldest first.
    `beside`: next to an open matter, the first rows of each part only.
    """
    wanted = {part: PARTS[part]} if part in PARTS else PARTS
    order = ("-received_at",) if newest_first else ("queue_urgency", "reported_at")
    calm = order if newest_first else ("reported_at",)
    return [
        _part(
            actor, name, *which, page, calm if name == "to_close" else order,
            BESIDE[name] if beside else PAGE,
        )
        for name, which in wanted.items()
    ]  # fmt: skip


def _part(
    actor: Actor,
    name: str,
    states: Sequence[State],
    more: Q,
    page: int,
    order: Sequence[str],
    size: int,
) -> QueuePart:
    rows = Incident.objects.filter(visible(actor), more, state__in=states)
    total = rows.count()
    # The outline of a grid is large and a row needs its name only.
    rows = rows.select_related("cell").defer("cell__geometry")
    shown = list(rows.order_by(*order, "pk")[(page - 1) * size : page * size])
    suggested = _suggested_urgency([row.pk for row in shown if not row.urgency])
    held = held_by_others(actor, [row.pk for row in shown])
    return QueuePart(
        name,
        [_queue_row(row, suggested.get(row.pk, ""), held.get(row.code, "")) for row in shown],
        total,
    )


def held_by_others(actor: Actor, ids: Sequence[int] | None = None) -> dict[str, str]:
    """Code → who else works on it right now; of these rows, or of all the actor may see."""
    rows = Claim.objects.filter(at__gte=now() - LEASE).exclude(account=actor.account_id)
    if ids is None:
        rows = rows.filter(incident__in=Incident.objects.filter(visible(actor)))
    else:
        rows = rows.filter(incident__in=ids)
    found = rows.select_related("account", "incident").only("account", "incident__code", "at")
    return {row.incident.code: row.account.title for row in found.order_by("-at")}


def held_words(name: str) -> str:
    return _("{name} is on it").format(name=name) if name else ""


def _suggested_urgency(ids: Sequence[int]) -> dict[int, str]:
    found = Suggestion.objects.filter(incident_id__in=ids, aspect=codes.Aspect.URGENCY).order_by(
        "id"
    )
    return {s.incident_id: str(s.value) for s in found if s.value}


def _queue_row(row: Incident, suggested: str, held_by: str) -> QueueRow:
    decided = bool(row.urgency) and not row.urgency_floor
    urgency = row.urgency if decided else most_urgent(row.urgency or suggested, row.urgency_floor)
    return QueueRow(
        code=row.code,
        title=row.title,
        state=row.state,
        state_label=str(State(row.state).label),
        urgency=urgency,
        urgency_is_suggested=bool(urgency) and not decided,
        category_label=str(codes.Category(row.category).label) if row.category else "",
        place=row.place_words or (row.cell.title if row.cell else ""),
        channel_label=str(codes.Channel(row.channel).label),
        due=next_due(row, suggested),
        reported_at=row.reported_at,
        ago=since(row.reported_at),
        held_by=held_by,
    )


def since(at: datetime) -> str:
    """How long ago, as short as a row has room for: minutes, hours, days."""
    minutes = max(0, int((now() - at).total_seconds() // 60))
    if minutes < 60:
        return _("{n} min").format(n=minutes)
    if minutes < 2 * 1440:
        return _("{n} h").format(n=minutes // 60)
    return _("{n} d").format(n=minutes // 1440)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the narrative and the questions it speaks for."""

    text: str
    marked: bool = False
    numbers: tuple[int, ...] = ()  # the suggestions whose evidence ends here
    danger: bool = False


@dataclass(frozen=True, slots=True)
class Advice:
    """One suggestion as the desk reads it."""

    number: int
    aspect: str
    label: str
    value: object
    shown: str  # value in words; empty means "not sure"
    confidence: float
    level: int  # 0 … 5 bars
    reasons: Sequence[str]
    alternatives: Sequence[dict[str, object]]


@dataclass(frozen=True, slots=True)
class IncidentPage:
    incident: Incident
    report: Report
    words: Sequence[Span]
    advice: Sequence[Advice]
    duplicates: Sequence[dict[str, Any]]
    timeline: Sequence[StatusChange]
    supplements: Sequence[Supplement]
    attachments: Sequence[Attachment]
    master: Incident | None
    followers: Sequence[Incident]
    has_contact: bool
    due: Due | None
    suggested: Mapping[str, Suggestion]  # the newest answer to each question


def incident_page(incident: Incident, actor: Actor) -> IncidentPage:
    """Everything the incident's page shows; the row came through `access_incident`.

    Other incidents appear only where the actor may see them too.
    """
    report = incident.reports.order_by("id").first()
    if report is None:
        raise NotFound("incident.no_report")
    suggestions = list(Suggestion.objects.filter(incident=incident).order_by("id"))
    names = agency_names()
    advice = _advice(suggestions, report.narrative, names)
    link = MergeLink.objects.filter(duplicate=incident, undone_at=None).first()
    open_to = Incident.objects.filter(visible(actor))
    followers = open_to.filter(masters__master=incident, masters__undone_at=None)
    urgency = next((str(a.value) for a in advice if a.aspect == "urgency" and a.value), "")
    return IncidentPage(
        incident=incident,
        report=report,
        words=highlighted(report.narrative, suggestions, advice),
        advice=advice,
        duplicates=duplicates_of(suggestions, actor),
        timeline=incident_timeline(incident.pk),
        supplements=list(incident.supplements.order_by("id")),
        attachments=list(incident.attachments.order_by("id")),
        master=open_to.filter(pk=link.master_id).first() if link else None,
        followers=list(followers),
        has_contact=hasattr(incident, "contact"),
        due=next_due(incident, urgency),
        suggested={s.aspect: s for s in suggestions},
    )


def facts_said(report: Report) -> list[SaidFact]:
    """Times, sums, heads and dangers in the words of a report; none while the brain is off."""
    if not settings.MAPLEBRIDGE.brain:
        return []
    return said_facts(report.narrative, report.reported_at)


def agency_names() -> dict[str, str]:
    from maplebridge.people import api as people

    chinese = (get_language() or "zh").startswith("zh")
    return {a.code: a.name if chinese else a.name_en for a in people.agencies()}


SHOWN_ASPECTS = (
    codes.Aspect.CATEGORY,
    codes.Aspect.URGENCY,
    codes.Aspect.PLACE,
    codes.Aspect.LEAD_AGENCY,
    codes.Aspect.POLICE_LABEL,
)


def _advice(
    suggestions: Sequence[Suggestion], narrative: str, names: dict[str, str]
) -> list[Advice]:
    newest = {s.aspect: s for s in suggestions}
    language = get_language() or "zh"
    found = []
    for number, aspect in enumerate(SHOWN_ASPECTS, start=1):
        row = newest.get(aspect)
        if row is None:
            continue
        reasons = [reason_sentence(e, narrative, language, names) for e in row.evidence]
        found.append(
            Advice(
                number=number,
                aspect=aspect.value,
                label=str(aspect.label),
                value=row.value,
                shown=shown_value(aspect, row.value, newest, names),
                confidence=row.confidence,
                level=round(row.confidence * 5),
                reasons=list(dict.fromkeys(r for r in reasons if r))[:3],
                alternatives=row.alternatives,
            )
        )
    return found


def shown_value(
    aspect: codes.Aspect, value: object, all_of_them: dict[str, Suggestion], names: dict[str, str]
) -> str:
    """A suggested value in words of the reader's language; empty when the brain is not sure."""
    if value is None:
        return ""
    match aspect:
        case codes.Aspect.CATEGORY:
            return str(codes.Category(str(value)).label)
        case codes.Aspect.URGENCY:
            return str(codes.Urgency(str(value)).label)
        case codes.Aspect.POLICE_LABEL:
            return str(codes.PoliceLabel(str(value)).label)
        case codes.Aspect.LEAD_AGENCY:
            return names.get(str(value), str(value))
        case codes.Aspect.PLACE:
            row = all_of_them.get(codes.Aspect.PLACE)
            best = row.alternatives[0] if row and row.alternatives else {}
            return str(best.get("name") or _("Where the pin stands"))
    return str(value)


def duplicates_of(suggestions: Sequence[Suggestion], actor: Actor) -> list[dict[str, Any]]:
    """Open possible duplicates the actor may see, with their present titles, best first."""
    row = next((s for s in reversed(suggestions) if s.aspect == codes.Aspect.DUPLICATE), None)
    if row is None or not isinstance(row.value, list):
        return []
    codes_found = [m["code"] for m in row.value]
    found = Incident.objects.filter(visible(actor), code__in=codes_found, state__in=OPEN)
    known, language = {i.code: i for i in found}, get_language() or "zh"
    return [
        {
            **m,
            "title": known[m["code"]].title,
            "row": known[m["code"]],
            "reported_at": known[m["code"]].reported_at,
            "reasons": [match_sentence(part, language) for part in m["parts"]],
        }
        for m in row.value
        if m["code"] in known
    ]


def highlighted(
    narrative: str, suggestions: Sequence[Suggestion], advice: Sequence[Advice]
) -> list[Span]:
    """The narrative cut into spans, each with the numbers of the suggestions it speaks for."""
    numbers = {a.aspect: a.number for a in advice}
    marks: dict[int, set[int]] = {}
    danger: set[int] = set()
    for row in suggestions:
        number = numbers.get(row.aspect)
        for evidence in row.evidence:
            start, end = int(evidence.get("start", -1)), int(evidence.get("end", -1))
            if number is None or not 0 <= start < end <= len(narrative):
                continue
            for position in range(start, end):
                marks.setdefault(position, set()).add(number)
                if row.aspect == codes.Aspect.URGENCY:
                    danger.add(position)
    spans: list[Span] = []
    begin = 0
    for position in range(1, len(narrative) + 1):
        here = (marks.get(begin), begin in danger)
        if position == len(narrative) or (marks.get(position), position in danger) != here:
            ending = marks.get(begin, set()) - marks.get(position, set())
            found = tuple(sorted(ending))
            spans.append(Span(narrative[begin:position], begin in marks, found, begin in danger))
            begin = position
    return spans


def incident_timeline(incident_id: int) -> list[StatusChange]:
    """Every step of one incident, oldest first."""
    return list(
        StatusChange.objects.filter(incident_id=incident_id)
        .select_related("account")
        .order_by("id")
    )


def last_decision_id(incident_id: int) -> int:
    """Which decision a page was made with; 0 when nobody has decided."""
    made = TriageDecision.objects.filter(incident_id=incident_id).order_by("-id")
    return made.values_list("id", flat=True).first() or 0


def decided_since(incident_id: int, seen: int, actor: Actor) -> TriageDecision | None:
    """Somebody else's decision that a page did not know yet."""
    made = TriageDecision.objects.filter(incident_id=incident_id, pk__gt=seen)
    return made.exclude(account=actor.account_id).select_related("account").order_by("-id").first()


def open_points(actor: Actor) -> list[Incident]:
    """Located open incidents for the desk's map."""
    return list(
        Incident.objects.filter(visible(actor), ~Q(lon=None), state__in=OPEN)
        .only("code", "title", "urgency", "queue_urgency", "lon", "lat", "precision_m", "state")
        .order_by("-reported_at")[:500]
    )
