"""Where a matter stands in a resident's words, and who does what by when.

A promise never moves earlier, so before the desk has read the words the longest time of all
urgencies is promised. No department is named: a code may be overheard, and "the women's
federation has it" would tell what was reported.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maplebridge.incidents.clocks import DECIDE, next_due
from maplebridge.incidents.codes import Channel
from maplebridge.incidents.states import State, Verb
from maplebridge.incidents.web.moments import minute
from maplebridge.incidents.web.past import Line
from maplebridge.kernel.clock import now
from maplebridge.kernel.errors import Sentence

if TYPE_CHECKING:
    from maplebridge.incidents.models import Incident

Said = tuple[Sentence, Sentence]  # what is so now, and a second line

_WAIT_FOR_NOBODY = gettext_lazy("In danger do not wait: call 110, 119 or 120.")
_ASK_NOBODY_ELSE = gettext_lazy("You need not ask anybody else; the answer comes here.")
NOW: dict[str, Said] = {
    State.RECEIVED: (
        gettext_lazy("We have it. The duty desk is reading it."),
        _WAIT_FOR_NOBODY,
    ),
    State.REOPENED: (
        gettext_lazy("It is open again. The duty desk is reading it."),
        _WAIT_FOR_NOBODY,
    ),
    State.TRIAGED: (
        gettext_lazy("The duty desk has read it and is deciding who comes."),
        _ASK_NOBODY_ELSE,
    ),
    State.DISPATCHED: (gettext_lazy("Somebody is on the way."), ""),
    State.ARRIVED: (gettext_lazy("Help is on the spot."), ""),
    State.HANDLING: (gettext_lazy("The people responsible are dealing with it."), ""),
    State.TRANSFERRED: (
        gettext_lazy("The department responsible has it."),
        _ASK_NOBODY_ELSE,
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
NOW_ORDERED: dict[str, Said] = {
    State.TRIAGED: (
        gettext_lazy("The duty desk has read it and asks volunteers near you."),
        gettext_lazy("Nobody has to say yes; if nobody can, the desk tells you here."),
    ),
}

_READ = gettext_lazy("The duty desk reads it and decides who is responsible")
_READ_ORDER = gettext_lazy("The duty desk looks whether neighbours may do this")
_COME = gettext_lazy("Somebody is sent, or the department takes it on")
_COME_ORDER = gettext_lazy("Volunteers near you are asked; who says yes comes")
_ARRIVE = gettext_lazy("They arrive")
_ANSWER = gettext_lazy("The answer is written here")
_ASK = gettext_lazy("You say whether it is settled")
_ASK_NOTE = gettext_lazy("One tap on this page. If it is not settled, you open it again.")
_BY_THE_SPOT = gettext_lazy("By the duty desk, once those on the spot have reported.")
_BY_THE_DEPARTMENT = gettext_lazy("By the department responsible.")
COMING: dict[str, tuple[tuple[Sentence, Sentence], ...]] = {
    State.RECEIVED: ((_READ, ""), (_ANSWER, ""), (_ASK, _ASK_NOTE)),
    State.REOPENED: ((_READ, ""), (_ANSWER, ""), (_ASK, _ASK_NOTE)),
    State.TRIAGED: ((_COME, ""), (_ANSWER, ""), (_ASK, _ASK_NOTE)),
    State.DISPATCHED: ((_ARRIVE, ""), (_ANSWER, _BY_THE_SPOT), (_ASK, _ASK_NOTE)),
    State.ARRIVED: ((_ANSWER, _BY_THE_SPOT), (_ASK, _ASK_NOTE)),
    State.HANDLING: ((_ANSWER, _BY_THE_SPOT), (_ASK, _ASK_NOTE)),
    State.TRANSFERRED: ((_ANSWER, _BY_THE_DEPARTMENT), (_ASK, _ASK_NOTE)),
    State.FED_BACK: ((_ASK, _ASK_NOTE),),
}
ORDERED: dict[Sentence, Sentence] = {_READ: _READ_ORDER, _COME: _COME_ORDER}

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
HAPPENED_ORDERED: dict[str, Sentence] = {Verb.RECEIVE: gettext_lazy("You asked for help")}


def _is_order(channel: str) -> bool:
    return channel == Channel.ORDER_REQUEST


def now_said(incident: Incident) -> Said:
    """How it stands, in one sentence and a second one."""
    said = NOW[incident.state]
    return NOW_ORDERED.get(incident.state, said) if _is_order(incident.channel) else said


def happened(verb: str, channel: str) -> Sentence | None:
    """What a step was to the resident; None for what is the desk's own affair."""
    said = HAPPENED.get(verb)
    return HAPPENED_ORDERED.get(verb, said) if _is_order(channel) else said


def still_to_come(incident: Incident) -> list[Line]:
    """The steps ahead, each with who takes it; the next one with the time it is promised by."""
    ordered = _is_order(incident.channel)
    by = promised_by(incident)
    lines: list[Line] = []
    for title, note in COMING.get(incident.state, ()):
        shown = ORDERED.get(title, title) if ordered else title
        said = _by(by) if by is not None and not lines else str(note)
        lines.append(Line(at=None, title=shown, note=said, state="next"))
    return lines


def promised_by(incident: Incident) -> datetime | None:
    """By when the desk takes its next step; None while somebody else is at it."""
    due = next_due(incident)
    if due is None or incident.state not in (State.RECEIVED, State.REOPENED, State.TRIAGED):
        return None
    if due.what == "send":
        return due.at
    # What is only suggested promises nothing: the urgency may still turn out to be lower.
    return due.since + max(DECIDE.values())


def _by(at: datetime) -> str:
    if at <= now():
        return _("It takes longer than promised; it keeps its place in the queue.")
    whole = at + timedelta(seconds=59)  # 12:29:30 shown as 12:29 would promise too much
    return _("At {time} at the latest.").format(time=minute(whole))
