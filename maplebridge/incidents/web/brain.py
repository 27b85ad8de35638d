"""`/desk/brain/`: how often people take what is suggested, and where they decide otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from maplebridge.incidents import queries
from maplebridge.incidents.codes import Aspect, Urgency
from maplebridge.incidents.measured import (
    LAST_PAGE,
    SMALLEST,
    Measured,
    Question,
    Shift,
    Tally,
    measured,
)
from maplebridge.incidents.web.access import staff
from maplebridge.incidents.web.desk import page_number
from maplebridge.people import api as people

MOST_PAIRS = 12  # of one question; the rest are in the table


@dataclass(frozen=True, slots=True)
class Line:
    """Suggested one thing, decided another."""

    suggested: str
    decided: str
    n: int
    of: int  # matters for which this was suggested


@dataclass(frozen=True, slots=True)
class Shown:
    label: str
    total: Tally
    agreement: str  # "87 %", empty below the smallest group
    unsure: str
    drift: str  # a sentence
    lines: Sequence[Line]
    small: int  # matters in pairs of fewer than five
    head: Sequence[str]  # the table: decided, across
    table: Sequence[tuple[str, Sequence[str]]]  # suggested, and its row


@never_cache
@require_safe
def brain(request: HttpRequest) -> HttpResponse:
    actor = staff(request, "brain.measure")
    page = min(page_number(request.GET.get("page", "")), LAST_PAGE)
    found = measured(page)
    names = queries.agency_names()
    shown = {
        "found": found,
        "page": page,
        "before": page + 1 if found.older else 0,
        "after": page - 1,
        "smallest": SMALLEST,
        "questions": [_shown(question, found, names) for question in found.questions],
        "graves": _graves(found),
        "weeks": _weeks(found),
        "may_change": people.role_may(actor, "brain.change").allowed,
    }
    return render(request, "incidents/brain.html", shown)


def _shown(question: Question, found: Measured, names: dict[str, str]) -> Shown:
    def said(code: str) -> str:
        if not code:
            return pgettext("decision", "nobody")
        return queries.shown_value(question.aspect, code, {}, names)

    otherwise = {pair: n for pair, n in question.pairs.items() if pair[0] != pair[1]}
    lines = [
        Line(said(one), said(other), n, _suggested(question, one))
        for (one, other), n in sorted(otherwise.items(), key=lambda item: -item[1])
        if n >= SMALLEST
    ][:MOST_PAIRS]
    ones = sorted({one for one, _other in question.pairs}, key=lambda c: -_suggested(question, c))
    others = sorted({other for _one, other in question.pairs}, key=lambda c: (c not in ones, c))
    return Shown(
        label=str(question.aspect.label),
        total=question.total,
        agreement=_share(question.total.agreement),
        unsure=_share(question.total.unsure),
        drift=_drift(found.shifts[question.aspect]),
        lines=lines,
        small=sum(n for n in otherwise.values() if n < SMALLEST),
        head=[said(other) for other in others],
        table=[
            (said(one), [_cell(question.pairs[one, other]) for other in others]) for one in ones
        ],
    )


def _suggested(question: Question, code: str) -> int:
    return sum(n for (one, _other), n in question.pairs.items() if one == code)


def _cell(n: int) -> str:
    if not n:
        return "·"
    return str(n) if n >= SMALLEST else f"<{SMALLEST}"


def _share(share: float | None) -> str:
    return "" if share is None else _("{n} %").format(n=round(100 * share))


def _drift(shift: Shift) -> str:
    before, after = _share(shift.before.agreement), _share(shift.after.agreement)
    if not before or not after:
        return _("Too few decisions to say whether it changes.")
    if not shift.changed:
        return _("No change that could be told from chance.")
    return _("From {before} of {n} to {after} of {m} in the later half.").format(
        before=before, n=shift.before.answered, after=after, m=shift.after.answered
    )


def _graves(found: Measured) -> tuple[int, int] | None:
    """Of the matters decided as critical, how many had been suggested so."""
    question = next(q for q in found.questions if q.aspect is Aspect.URGENCY)
    grave = {pair: n for pair, n in question.pairs.items() if pair[1] == Urgency.P1}
    of = sum(grave.values())
    return (grave.get((Urgency.P1, Urgency.P1), 0), of) if of >= SMALLEST else None


def _weeks(found: Measured) -> list[tuple[date, int, list[str], str]]:
    """Newest first: Monday, decisions, agreement to each question, share of "not sure"."""
    mondays = sorted({week for q in found.questions for week in q.weeks}, reverse=True)
    rows = []
    for monday in mondays:
        tallies = [q.weeks.get(monday, Tally()) for q in found.questions]
        decided = tallies[0].asked + tallies[0].unasked
        shares = [_share(tally.agreement) for tally in tallies]
        rows.append((monday, decided, shares, _share(tallies[0].unsure)))
    return rows
