"""The list of open hazards, in the field and at the desk, and the steps of one hazard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from maplebridge.incidents import api as incidents
from maplebridge.inspections import queries
from maplebridge.inspections.actions import mending
from maplebridge.inspections.checklists import asks, point
from maplebridge.inspections.forms import DismissForm, FailForm, NoticeForm
from maplebridge.inspections.policies import access_hazard, offered
from maplebridge.inspections.states import Verb
from maplebridge.kernel.actor import Actor, actor_of
from maplebridge.kernel.errors import BadInput, Conflict, NotAllowed, NotFound, Refused, Sentence
from maplebridge.kernel.numbers import normalise, small_int
from maplebridge.kernel.policy import require
from maplebridge.people import api as people

if TYPE_CHECKING:
    from maplebridge.inspections.models import Hazard

LAST_PAGE = 10_000  # an offset beyond this is nobody's wish
PARTS: dict[str, tuple[Sentence, Sentence]] = {
    "": (pgettext_lazy("hazards", "All open"), gettext_lazy("Nothing is open in your area.")),
    "overdue": (gettext_lazy("Overdue"), gettext_lazy("Nothing is overdue.")),
    "recheck": (gettext_lazy("To re-check"), gettext_lazy("Nothing waits for a re-check.")),
    "clear": (gettext_lazy("To clear"), gettext_lazy("Nothing waits to be cleared.")),
    "major": (pgettext_lazy("hazards", "Grave"), gettext_lazy("Nothing grave is open.")),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One step of a hazard on its page."""

    at: datetime
    title: str
    note: str
    state: str = ""


def _reader(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    require(people.role_may(actor, "hazard.read"))
    return actor


@never_cache
@login_required
@require_safe
def at_desk(request: HttpRequest) -> HttpResponse:
    return _list(request, "desk")


@never_cache
@login_required
@require_safe
def in_field(request: HttpRequest) -> HttpResponse:
    return _list(request, "field")


def _list(request: HttpRequest, face: str) -> HttpResponse:
    actor = _reader(request)
    part = request.GET.get("part", "")
    part = part if part in PARTS else ""
    page = min(small_int(request.GET.get("page", "")) or 1, LAST_PAGE)
    total = queries.hazard_count(actor, part)
    names = {a.code: a.title for a in people.agencies()}
    rows = queries.open_hazards(actor, part, page)
    shown = {
        "face": face,
        "parts": [(name, title, name == part) for name, (title, _empty) in PARTS.items()],
        "part": part,
        "empty": PARTS[part][1],
        "rows": [(h, asks(h.point), names.get(h.agency_code, h.agency_code)) for h in rows],
        "total": total,
        "page": page,
        "last": page * queries.PAGE >= total,
    }
    return render(request, "inspections/hazards.html", shown)


@never_cache
@login_required
@require_safe
def show(request: HttpRequest, code: str) -> HttpResponse:
    actor = _reader(request)
    hazard = access_hazard(actor, _code(code))
    return _page(request, hazard, actor)


def _page(
    request: HttpRequest,
    hazard: Hazard,
    actor: Actor,
    wrong: BadInput | None = None,
    verb: str = "",
) -> HttpResponse:
    """The hazard's page; a refusal comes back in the form it was typed into."""
    names = {a.code: a.title for a in people.agencies()}
    asked = point(hazard.point)
    shown = {
        "face": _face(actor),
        "hazard": hazard,
        "address": queries.address_of(hazard.premises),
        "asks": asks(hazard.point),
        "basis": asked.basis if asked else "",
        "agency": names.get(hazard.agency_code, hazard.agency_code),
        "verbs": {v.value for v in offered(actor, hazard)},
        "own": hazard.visit.account_id == actor.account_id,
        "matter": _matter(hazard, actor),
        "past": _past(hazard),
        "notice": _form(NoticeForm, request, wrong, verb == Verb.NOTIFY),
        "fail": _form(FailForm, request, wrong, verb == Verb.FAIL),
        "dismiss": _form(DismissForm, request, wrong, verb == Verb.DISMISS),
        "tried": verb,
    }
    return render(request, "inspections/hazard.html", shown, status=422 if wrong else 200)


def _face(actor: Actor) -> str:
    """Who visits reads hazards in the field, the others at the desk."""
    return "field" if people.role_may(actor, "visit.make").allowed else "desk"


def _form(
    kind: type[NoticeForm | DismissForm], request: HttpRequest, wrong: BadInput | None, mine: bool
) -> NoticeForm | DismissForm:
    """The step's form, with what was typed when it was the one that was refused."""
    form = kind(request.POST if mine else None, auto_id=f"id_{kind.__name__}_%s")
    if mine and wrong:
        for name, sentence in wrong.fields.items():
            form.add_error(name if name in form.fields else None, str(sentence))
    return form


def _matter(hazard: Hazard, actor: Actor) -> str:
    """The code of what its department got, for who may open it; else empty."""
    if hazard.incident is None:
        return ""
    try:
        return incidents.access_incident(actor, hazard.incident.code).code
    except (NotAllowed, NotFound):
        return ""


def _past(hazard: Hazard) -> list[Line]:
    lines = []
    for change in queries.changes_of(hazard):
        said = [people.role_label(change.actor_role), change.reason]
        if change.actor_role.startswith("system:"):
            said[0] = ""
        if change.mend_by:
            said.insert(1, _("by {day}").format(day=change.mend_by.isoformat()))
        title = capfirst(change.get_verb_display())
        lines.append(Line(change.at, title, " · ".join(part for part in said if part)))
    return lines


TOLD: dict[str, Sentence] = {
    "notify": gettext_lazy("The notice is stored, with its day."),
    "rectify": gettext_lazy("Stored. Somebody else looks at it now."),
    "recheck": gettext_lazy("Stored: it is in order. It waits to be cleared."),
    "fail": gettext_lazy("Stored: still wrong, with another day."),
    "clear": gettext_lazy("The hazard is cleared."),
    "dismiss": gettext_lazy("Stored: it was none."),
    "hand": gettext_lazy("The department has it now."),
    "urge": gettext_lazy("They were urged."),
}


@login_required
@require_POST
def step(request: HttpRequest, code: str, verb: str) -> HttpResponse:
    """One verb on one hazard."""
    actor = _reader(request)
    code = _code(code)
    try:
        _do(code, verb, request.POST, actor)
    except BadInput as error:
        return _page(request, access_hazard(actor, code), actor, error, verb)
    except (Conflict, Refused) as error:
        messages.error(request, error.sentence())
    else:
        messages.success(request, str(TOLD[verb]))
    return redirect(f"inspections:{'field_' if _face(actor) == 'field' else ''}hazard", code=code)


def _do(code: str, verb: str, said: QueryDict, actor: Actor) -> None:
    plain: dict[str, Callable[..., object]] = {
        "rectify": mending.note_rectified,
        "recheck": mending.recheck_hazard,
        "clear": mending.clear_hazard,
        "hand": mending.hand_hazard,
        "urge": mending.urge_hazard,
    }
    words, day = said.get("words", ""), _day(said)
    match verb:
        case "notify":
            mending.notify_place(code, day, actor=actor)
        case "fail":
            mending.fail_recheck(code, words, day, actor=actor)
        case "dismiss":
            mending.dismiss_hazard(code, words, actor=actor)
        case known if known in plain:
            plain[known](code, actor=actor)
        case _unknown:
            raise NotFound("hazard.verb")


def _day(said: QueryDict) -> date | None:
    form = NoticeForm(said)
    return form.cleaned_data.get("mend_by") if form.is_valid() else None


def _code(code: str) -> str:
    """The bare code; one that cannot exist looks like one that does not."""
    try:
        return normalise(code)
    except BadInput as error:
        raise NotFound("hazard.not_found") from error
