"""A matter as its resident reads it: now, what happened so far, what comes next.

Plain words, no department's jargon, and nothing of what was reported. Who was merged into
another matter reads that matter's news under the own code.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maplebridge.incidents import queries
from maplebridge.incidents.actions.closing import REOPEN_WITHIN
from maplebridge.incidents.codes import ReadPurpose, Urgency
from maplebridge.incidents.states import FLOW, State, Verb
from maplebridge.incidents.web.past import Line
from maplebridge.kernel.clock import now
from maplebridge.kernel.errors import Sentence
from maplebridge.people import api as people

if TYPE_CHECKING:
    from maplebridge.incidents.models import Incident, StatusChange

SETTLED = (State.FED_BACK, State.CLOSED)


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


NOW: dict[str, tuple[Sentence, Sentence]] = {
    State.RECEIVED: (
        gettext_lazy("We have it. The duty desk is reading it."),
        gettext_lazy("In danger do not wait: call 110, 119 or 120."),
    ),
    State.REOPENED: (
        gettext_lazy("It is open again. The duty desk is reading it."),
        gettext_lazy("In danger do not wait: call 110, 119 or 120."),
    ),
    State.TRIAGED: (
        gettext_lazy("The duty desk has read it and is deciding who comes."),
        gettext_lazy("You need not ask anybody else; the answer comes here."),
    ),
    State.DISPATCHED: (gettext_lazy("Somebody is on the way."), ""),
    State.ARRIVED: (gettext_lazy("Help is on the spot."), ""),
    State.HANDLING: (gettext_lazy("The people responsible are dealing with it."), ""),
    State.TRANSFERRED: (
        gettext_lazy("The department responsible has it."),
        gettext_lazy("You need not ask anybody else; the answer comes here."),
    ),
    State.FED_BACK: (
        gettext_lazy("It has been dealt with."),
        gettext_lazy("Please tell us whether it is settled."),
    ),
    State.CLOSED: (gettext_lazy("This matter is closed."), ""),
    State.INVALID: (
        gettext_lazy("The station could not act on this report."),
        gettext_lazy("If that is wrong, reopen it and say what we missed."),
    ),
    State.MERGED: (gettext_lazy("It is handled together with an earlier report."), ""),
}
_ANSWER = gettext_lazy("The answer is written here")
_ASK = gettext_lazy("We ask you whether it is settled")
COMING: dict[str, tuple[Sentence, ...]] = {
    State.RECEIVED: (gettext_lazy("The duty desk decides who is responsible"), _ANSWER, _ASK),
    State.REOPENED: (gettext_lazy("The duty desk decides who is responsible"), _ANSWER, _ASK),
    State.TRIAGED: (gettext_lazy("Somebody comes, or the department takes it on"), _ANSWER, _ASK),
    State.DISPATCHED: (gettext_lazy("They arrive"), _ANSWER, _ASK),
    State.ARRIVED: (_ANSWER, _ASK),
    State.HANDLING: (_ANSWER, _ASK),
    State.TRANSFERRED: (_ANSWER, _ASK),
    State.FED_BACK: (_ASK,),
}
HAPPENED: dict[str, Sentence] = {
    Verb.RECEIVE: gettext_lazy("You reported it"),
    Verb.DISPATCH: gettext_lazy("Somebody was sent"),
    Verb.RECALL: gettext_lazy("Who was sent is not coming; the duty desk sends anew"),
    Verb.ARRIVE: gettext_lazy("Help arrived"),
    Verb.HANDLE: gettext_lazy("The people responsible took over"),
    Verb.TRANSFER: gettext_lazy("The department responsible took it on"),
    Verb.FEED_BACK: gettext_lazy("It was dealt with"),
    Verb.CLOSE: gettext_lazy("Closed"),
    Verb.MERGE: gettext_lazy("Somebody else had reported the same; both are handled as one"),
    Verb.UNDO_MERGE: gettext_lazy("It turned out to be a matter of its own"),
    Verb.INVALIDATE: gettext_lazy("The station could not act on it"),
    Verb.REOPEN: gettext_lazy("Opened again"),
}


def story_of(incident: Incident) -> Story:
    """Everything the resident's page says; a fixed number of queries."""
    source = _source(incident)
    state = State(source.state)
    now_said, note = NOW[state]
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
        now=now_said,
        note=note,
        lines=_lines(incident, source),
        answer=report.answer if report else "",
        settled=state in SETTLED,
        running=state in COMING and state not in SETTLED,
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
    steps = _steps(queries.incident_timeline(incident.pk))
    if source is not incident:
        others = queries.incident_timeline(source.pk)
        # Its receipt and its own merges are other people's matters.
        skip = (Verb.RECEIVE, Verb.MERGE, Verb.UNDO_MERGE)
        steps += _steps([c for c in others if c.verb not in skip])
    steps.sort(key=lambda line: line["at"] or incident.received_at)
    if steps:
        steps[-1]["state"] = "now"
    for added in incident.supplements.filter(by_resident=True):
        steps.append(Line(at=added.at, title=_("You added something"), note="", state=""))
    for visit in incident.visits.all():
        said = _("We called you back") if visit.reached else _("We tried to call you back")
        steps.append(Line(at=visit.at, title=said, note="", state=""))
    steps.sort(key=lambda line: line["at"] or incident.received_at)
    coming = COMING.get(source.state, ())
    return steps + [Line(at=None, title=said, note="", state="next") for said in coming]


def _steps(changes: list[StatusChange]) -> list[Line]:
    lines: list[Line] = []
    urgency = ""
    for change in changes:
        title = HAPPENED.get(change.verb)
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
