"""What happened to an incident so far, for the desk: every step, addition and call in one line."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, TypedDict

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maplebridge.incidents.actions.same import BY_WORD
from maplebridge.incidents.codes import Category, Urgency
from maplebridge.incidents.queries import IncidentPage
from maplebridge.incidents.states import State, Verb
from maplebridge.kernel.errors import Sentence
from maplebridge.people import api as people

if TYPE_CHECKING:
    from maplebridge.incidents.models import InvalidMark, ReturnVisit, StatusChange


class Line(TypedDict):
    at: datetime | None
    title: Sentence
    note: str
    state: str  # "" past | now | next


SAID: dict[str, Sentence] = {
    Verb.RECEIVE: gettext_lazy("Received"),
    Verb.TRIAGE: gettext_lazy("Judged"),
    Verb.DISPATCH: gettext_lazy("Somebody was sent"),
    Verb.RECALL: gettext_lazy("Nobody is on the way any more"),
    Verb.ARRIVE: gettext_lazy("Arrived on the spot"),
    Verb.HANDLE: gettext_lazy("Taken over"),
    Verb.TRANSFER: gettext_lazy("Passed to the department"),
    Verb.FEED_BACK: gettext_lazy("Reported back"),
    Verb.CLOSE: gettext_lazy("Closed"),
    Verb.MERGE: gettext_lazy("Merged"),
    Verb.UNDO_MERGE: gettext_lazy("Merge undone"),
    Verb.INVALIDATE: gettext_lazy("Set aside as not valid"),
    Verb.REOPEN: gettext_lazy("Reopened"),
}


NOTED: dict[str, Sentence] = {  # reasons that a rule writes into the step
    "accepted": gettext_lazy("the department has accepted it"),
    "stood_down": gettext_lazy("stood down"),
    "given_back": gettext_lazy("the order was given back"),
    "nobody_left": gettext_lazy("nobody was left to ask"),
    "silence": gettext_lazy("nobody signed for the order"),
}


def past_of(
    page: IncidentPage, visits: Iterable[ReturnVisit], marks: Iterable[InvalidMark]
) -> list[Line]:
    """Oldest first; the last step of the flow is marked as the present one."""
    lines = [_change(change) for change in page.timeline]
    if lines:
        lines[-1]["state"] = "now"
    for added in page.supplements:
        resident = added.by_resident
        said = _("The resident added something") if resident else _("The desk added something")
        lines.append(Line(at=added.at, title=said, note="", state=""))
    for visit in visits:
        said = _("Called back, reached") if visit.reached else _("Called back, not reached")
        lines.append(Line(at=visit.at, title=said, note=visit.note, state=""))
    for mark in marks:
        said = _("One person holds it not to be valid")
        lines.append(Line(at=mark.at, title=said, note=mark.reason, state=""))
    return sorted(lines, key=lambda line: line["at"] or page.incident.received_at)


def _change(change: StatusChange) -> Line:
    parts = [_actor(change)]
    if change.verb == Verb.TRIAGE:
        parts += [_label(Category, change.category), _label(Urgency, change.urgency)]
    # A merge keeps the other code as its reason; codes are shown where the reader may open them.
    if change.reason and change.to_state != State.MERGED and change.verb != Verb.UNDO_MERGE:
        parts.append(_reason(change.reason))
    note = " · ".join(part for part in parts if part)
    return Line(at=change.at, title=SAID[change.verb], note=note, state="")


def _reason(reason: str) -> str:
    """What a person wrote stands as it is; what a rule noted is a word of the program."""
    return str(NOTED.get(reason, reason))


def _label(choices: type[Category] | type[Urgency], value: str) -> str:
    return str(choices(value).label) if value in choices.values else ""


def _actor(change: StatusChange) -> str:
    if change.actor_kind == "person":
        name = change.account.title if change.account else ""
        return f"{people.role_label(change.actor_role)} {name}".strip()
    if change.actor_role == BY_WORD.role:
        return _("the resident said so")
    if change.actor_kind == "resident":
        return _("the resident")
    return _("by itself")
