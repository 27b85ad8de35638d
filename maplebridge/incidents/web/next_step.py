"""The one thing to do next with an incident, in words; the page leads with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from maplebridge.incidents import codes
from maplebridge.incidents.queries import IncidentPage
from maplebridge.incidents.states import State, Verb
from maplebridge.kernel.errors import Sentence

if TYPE_CHECKING:
    from datetime import datetime

    from maplebridge.incidents.models import Incident, StatusChange


@dataclass(frozen=True, slots=True)
class NextStep:
    kind: str  # triage | send | report_back | call_back | close | wait | ended | merged
    title: Sentence
    note: Sentence = ""


STEPS: dict[State, tuple[str, Sentence, Sentence]] = {
    State.TRIAGED: (
        "send",
        _("Send somebody, or settle it by advice."),
        _("Orders to the departments went out with the decision."),
    ),
    State.DISPATCHED: ("wait", _("Help is on the way."), _("The next sign is the arrival.")),
    State.ARRIVED: (
        "report_back",
        _("Somebody is on the spot."),
        _("Report back once it is dealt with."),
    ),
    State.HANDLING: (
        "report_back",
        _("The competent people have taken over."),
        _("Report back once it is dealt with."),
    ),
    State.TRANSFERRED: (
        "wait",
        _("The department answers next."),
        _("When the answer is there, report back in words for the resident."),
    ),
    State.CLOSED: ("ended", _("Closed."), _("The resident may reopen it for thirty days.")),
    State.MERGED: ("merged", _("It is handled as one with another incident."), ""),
    State.INVALID: ("ended", _("Set aside as not valid."), _("It can be reopened.")),
}


def next_step(page: IncidentPage, may: frozenset[str], *, called_back: bool) -> NextStep:
    incident = page.incident
    state = State(incident.state)
    if incident.to_judge:
        if Verb.TRIAGE in may:
            return NextStep(
                "triage",
                _judging(incident),
                _("Enter takes everything as filled in; 1 to 6 change one."),
            )
        return NextStep("wait", _("The duty desk judges this next."))
    if state is State.FED_BACK:
        return _after_report(page, may, called_back=called_back)
    kind, title, note = STEPS[state]
    if kind == "report_back" and Verb.FEED_BACK not in may:
        return NextStep("wait", title)
    return NextStep(kind, title, note)


def _judging(incident: Incident) -> Sentence:
    if incident.urgency_floor and incident.urgency_floor != incident.urgency:
        return _("It has become graver. Judge it now.")
    if incident.state == State.REOPENED or incident.urgency_floor:
        return _("It was reopened. Judge it anew.")
    if incident.state != State.RECEIVED:
        return _("Help is moving already. Decide what this is.")
    return _("Decide what this is.")


def _after_report(page: IncidentPage, may: frozenset[str], *, called_back: bool) -> NextStep:
    safe = page.incident.safe_contact == codes.SafeContact.SAFE
    if page.has_contact and safe and not called_back and "call_back" in may:
        return NextStep(
            "call_back",
            _("Call back and ask whether it is settled."),
            _("Not by the person who was on the street."),
        )
    if Verb.CLOSE in may:
        return NextStep(
            "close", _("It was reported back. Close it."), _("The resident may reopen it.")
        )
    return NextStep("wait", _("The duty desk calls back or closes it."))


ROAD: tuple[tuple[Sentence, tuple[State, ...]], ...] = (
    (_("Received"), (State.RECEIVED, State.REOPENED)),
    (_("Assessed"), (State.TRIAGED,)),
    (_("Sent"), (State.DISPATCHED, State.TRANSFERRED)),
    (_("On the spot"), (State.ARRIVED,)),
    (_("Handled"), (State.HANDLING,)),
    (_("Reported back"), (State.FED_BACK,)),
    (_("Closed"), (State.CLOSED, State.MERGED, State.INVALID)),
)


def road(state: str, timeline: list[StatusChange]) -> list[dict[str, object]]:
    """The stepper: what was reached since the last reopening, what is now, what may come."""
    reached: dict[State, datetime] = {}
    for change in timeline:
        if change.to_state == State.REOPENED:
            reached.clear()
        reached.setdefault(State(change.to_state), change.at)
    found: list[dict[str, object]] = []
    for title, states in ROAD:
        at = next((reached[s] for s in states if s in reached), None)
        now = State(state) in states
        found.append({"title": title, "at": at, "state": "now" if now else "past" if at else ""})
    return found
