"""A matter as its resident reads it: now, what happened so far, what comes next.

Plain words, no department's jargon, and nothing of what was reported. Who was merged into
another matter reads that matter's news under the own code.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from maplebridge.incidents import queries
from maplebridge.incidents.actions.closing import REOPEN_WITHIN
from maplebridge.incidents.codes import ReadPurpose, Urgency
from maplebridge.incidents.states import FLOW, State, Verb
from maplebridge.incidents.web.coming import happened, now_said, still_to_come
from maplebridge.incidents.web.past import Line
from maplebridge.kernel.clock import now
from maplebridge.kernel.errors import Sentence
from maplebridge.people import api as people

if TYPE_CHECKING:
    from maplebridge.incidents.models import Incident, StatusChange

SETTLED = (State.FED_BACK, State.CLOSED)
RUNNING = frozenset(State) - {*SETTLED, State.INVALID, State.MERGED}


@dataclass(frozen=True, slots=True)
class Reading:
    """Who opened the contact; a role, never a name."""

    role: str
    agency: str
    purpose: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Story:
    code: str
    source: str  # the code whose news these are; never shown
    followed: bool  # the news of another matter, which is the same event
    received_at: datetime
    now: Sentence
    note: Sentence
    lines: list[Line]
    answer: str
    settled: bool
    running: bool
    may_answer: bool
    answers: dict[str, Any]
    answered: bool
    may_reopen: bool
    reopen_until: datetime | None
    readings: list[Reading]


def story_of(incident: Incident) -> Story:
    """Everything the resident's page says; a fixed number of queries."""
    source = _source(incident)
    state = State(source.state)
    said, note = now_said(source)
    report = source.scene_reports.order_by("-id").first() if state in SETTLED else None
    ended = source.closed_at
    open_until = ended + REOPEN_WITHIN if ended else None
    own = incident is source
    answer = getattr(incident, "survey", None)
    return Story(
        code=incident.code,
        source=source.code,
        followed=not own,
        received_at=incident.received_at,
        now=said,
        note=note,
        lines=_lines(incident, source),
        answer=report.answer if report else "",
        settled=state in SETTLED,
        running=state in RUNNING,
        may_answer=own and state in SETTLED,
        answers=_answers(answer),
        answered=answer is not None,
        may_reopen=own and FLOW.allows(state, Verb.REOPEN)
        and (open_until is None or now() <= open_until),
        reopen_until=open_until if own else None,
        readings=_readings(incident),
    )  # fmt: skip


def _source(incident: Incident) -> Incident:
    """The matter whose news count: a merged one follows its master."""
    if incident.state != State.MERGED:
        return incident
    link = incident.masters.filter(undone_at=None).select_related("master").first()
    return link.master if link else incident


def _answers(survey: Any) -> dict[str, Any]:
    names = ("contacted", "solved", "satisfied", "words")
    empty = {"contacted": None, "solved": "", "satisfied": None, "words": ""}
    return {name: getattr(survey, name) for name in names} if survey else empty


def _lines(incident: Incident, source: Incident) -> list[Line]:
    steps = _steps(queries.incident_timeline(incident.pk), incident.channel)
    if source is not incident:
        others = queries.incident_timeline(source.pk)
        # Its receipt and its own merges are other people's matters.
        skip = (Verb.RECEIVE, Verb.MERGE, Verb.UNDO_MERGE)
        steps += _steps([c for c in others if c.verb not in skip], source.channel)
    steps.sort(key=lambda line: line["at"] or incident.received_at)
    if steps:
        steps[-1]["state"] = "now"
    for added in incident.supplements.filter(by_resident=True):
        steps.append(Line(at=added.at, title=_("You added something"), note="", state=""))
    for visit in incident.visits.all():
        said = _("We called you back") if visit.reached else _("We tried to call you back")
        steps.append(Line(at=visit.at, title=said, note="", state=""))
    steps.sort(key=lambda line: line["at"] or incident.received_at)
    return steps + still_to_come(source)


def _steps(changes: list[StatusChange], channel: str) -> list[Line]:
    lines: list[Line] = []
    urgency = ""
    for change in changes:
        title = happened(change.verb, channel)
        if change.verb == Verb.TRIAGE:
            # A correction that leaves the urgency is the desk's own affair.
            if change.urgency == urgency:
                continue
            urgency = change.urgency
            word = Urgency(urgency).label if urgency in Urgency.values else ""
            title = _("The duty desk read it and rated it “{urgency}”").format(urgency=word)
        if title:
            lines.append(Line(at=change.at, title=title, note="", state=""))
    return lines


def _readings(incident: Incident) -> list[Reading]:
    rows = list(incident.readings.order_by("-id"))
    names = queries.agency_names() if rows else {}
    return [
        Reading(
            people.role_label(row.role),
            names.get(row.agency_code, ""),
            str(ReadPurpose(row.purpose).label),
            row.at,
        )
        for row in rows
    ]
