"""`/desk/<code>/why/`: why each suggestion is made, what else it may be, what would change it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from maplebridge.incidents import codes, queries
from maplebridge.incidents.advisor.changes import Reread, what_would_change
from maplebridge.incidents.web.access import opened, staff


@dataclass(frozen=True, slots=True)
class Other:
    shown: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Why:
    advice: queries.Advice
    others: Sequence[Other]  # what else it may be, best first
    changes: Sequence[str]


@never_cache
@require_safe
def why(request: HttpRequest, code: str) -> HttpResponse:
    actor = staff(request)
    incident = opened(actor, code)
    page = queries.incident_page(incident, actor)
    on = settings.MAPLEBRIDGE.brain and bool(page.report.narrative) and bool(page.advice)
    again = what_would_change(incident, page.report) if on else {}
    names = queries.agency_names()
    shown = {
        "incident": incident,
        "page": page,
        "is_fragment": "HX-Request" in request.headers,
        "reasons": [_why(row, page, names, again.get(row.aspect)) for row in page.advice],
    }
    return render(request, "incidents/why.html", shown)


def _why(
    row: queries.Advice,
    page: queries.IncidentPage,
    names: Mapping[str, str],
    again: Reread | None,
) -> Why:
    aspect = codes.Aspect(row.aspect)

    def said(value: object) -> str:
        return queries.shown_value(aspect, value, dict(page.suggested), dict(names))

    others = [
        Other(str(a.get("name") or said(a.get("value"))), float(str(a["confidence"])))
        for a in row.alternatives
        if a.get("value", a.get("code")) != row.value
    ]
    changes = [] if again is None else _changes(row, again, said)
    return Why(row, [o for o in others if o.shown], changes)


def _without(words: Sequence[str], other: str) -> str:
    quote, apart = pgettext("quoted", "“{words}”"), pgettext("between names", ", ")
    quoted = apart.join(quote.format(words=w) for w in words)
    if not other:
        return _("Without {words} the system would not be sure.").format(words=quoted)
    return _("Without {words} it would be: {value}.").format(words=quoted, value=other)


def _changes(row: queries.Advice, again: Reread, said: Callable[[object], str]) -> list[str]:
    if again.value != row.value:
        now_said = said(again.value)
        if not now_said:
            return [_("Read again today, the system is not sure.")]
        return [_("Read again today, the system says: {value}.").format(value=now_said)]
    if row.value is None:
        return [_("It would take clearer words: what happens, to whom, where.")]
    by_value: dict[str, list[str]] = {}
    for change in again.changed:
        by_value.setdefault(said(change.value), []).append(change.words)
    lines = [_without(words, other) for other, words in by_value.items()]
    if not lines and again.tried:
        lines.append(_("No single word decides: without any one of them it stays the same."))
    return lines
