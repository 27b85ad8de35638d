"""`/desk/<code>/`: one incident, led by the one next step."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.forms import Form
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from maplebridge.incidents import forms, payments, queries
from maplebridge.incidents.calling import warning
from maplebridge.incidents.clocks import most_urgent
from maplebridge.incidents.codes import Aspect
from maplebridge.incidents.policies import read_purposes
from maplebridge.incidents.states import Verb
from maplebridge.incidents.subtypes import subtype_label
from maplebridge.incidents.web.access import opened, staff, steps_open_to
from maplebridge.incidents.web.desk import feature, queue_beside
from maplebridge.incidents.web.facts import chips
from maplebridge.incidents.web.next_step import next_step, road
from maplebridge.incidents.web.past import past_of
from maplebridge.kernel.actor import Actor
from maplebridge.kernel.errors import NotFound
from maplebridge.kernel.faces import tell_parts

if TYPE_CHECKING:
    from maplebridge.incidents.models import Incident

# The questions of the decision as the desk reads them: form field, suggestion, key.
QUESTIONS = (
    ("category", Aspect.CATEGORY, "1"),
    ("urgency", Aspect.URGENCY, "2"),
    ("place", Aspect.PLACE, "3"),
    ("lead_agency", Aspect.LEAD_AGENCY, "4"),
    ("police_label", Aspect.POLICE_LABEL, "5"),
)


@never_cache
@require_safe
def show(request: HttpRequest, code: str) -> HttpResponse:
    actor = staff(request)
    return case_page(request, actor, opened(actor, code))


def case_page(
    request: HttpRequest,
    actor: Actor,
    incident: Incident,
    *,
    triage: forms.TriageForm | None = None,
    bound: Mapping[str, Form] | None = None,
    open_part: str = "",
    meanwhile: str = "",
) -> HttpResponse:
    """The page, with forms as they were typed where one of them could not be used."""
    page = queries.incident_page(incident, actor)
    may = steps_open_to(actor, incident)
    visits = list(incident.visits.order_by("id"))
    marks = list(incident.invalid_marks.order_by("id"))
    agencies = queries.agency_names()
    triage = triage or triage_form(page, agencies)
    pending = settings.MAPLEBRIDGE.brain and not page.suggested
    if pending or request.GET.get("unfilled"):  # they may come while the page is still written
        tell_parts(request, "incident.unfilled")
    shown: dict[str, Any] = {
        "page": page,
        "incident": incident,
        "may": may,
        "step": next_step(page, may, called_back=bool(visits)),
        "road": road(incident.state, list(page.timeline)),
        "past": past_of(page, visits, marks),
        "triage": triage,
        "questions": questions(triage, page),
        "subtype": subtype_label(incident.subtype),
        "assisting": [agencies.get(c, c) for c in assisting(triage)],
        "may_triage": Verb.TRIAGE in may,
        "waiting": incident.to_judge,
        "brain": settings.MAPLEBRIDGE.brain,
        "pending": pending,
        "is_fragment": "HX-Request" in request.headers,
        "came": request.headers.get("HX-Target") == "pending",
        "seen": queries.last_decision_id(incident.pk),
        "meanwhile": meanwhile,
        "held_words": queries.held_words(
            queries.held_by_others(actor, [incident.pk]).get(incident.code, "")
        ),
        "beside": queue_beside(actor, incident.code),
        "marked": any(m.account_id == actor.account_id for m in marks),
        "marks": len(marks),
        "visits": visits,
        "scene_reports": list(incident.scene_reports.order_by("id")),
        "survey": getattr(incident, "survey", None),
        "scene": scene_form(incident),
        "call_back": forms.CallBackForm(prefix="call"),
        "addition": forms.SupplementForm(prefix="add"),
        "purpose": forms.PurposeForm(purposes=read_purposes(actor, incident)),
        "warning": warning(incident),
        "reopening": forms.ReasonForm(prefix="reopen"),
        "invalid": forms.ReasonForm(prefix="invalid"),
        "points": {"type": "FeatureCollection", "features": _spots(incident)},
        "open_part": open_part,
        "same_spots": json.dumps(same_spots(page), ensure_ascii=False),
        "payment": "stop_payment" in may and payments.wanted(page),
        "on_card": payments.outline_of(incident) if "stop_payment" in may else None,
        **facts_shown(page, may),
    }
    status = 422 if bound or triage.is_bound or meanwhile else 200
    return render(request, "incidents/case.html", {**shown, **(bound or {})}, status=status)


def facts_shown(page: queries.IncidentPage, may: frozenset[str]) -> dict[str, object]:
    """Chips beneath the words; each knows the field of this page it belongs to."""
    fields = {"id_occurred_at": Verb.TRIAGE in may, "scene_injuries": Verb.FEED_BACK in may}
    shown = chips(queries.facts_said(page.report), frozenset(f for f, on in fields.items() if on))
    first = next((n for n, chip in enumerate(shown, start=1) if chip.field), 0)
    return {"facts": shown, "facts_key": first}


def _spots(incident: Incident) -> list[dict[str, object]]:
    return [feature(incident)] if incident.lon is not None else []


def same_spots(page: queries.IncidentPage) -> dict[str, object]:
    """Where those are that may be the same event: on the map beside this one."""
    located = [feature(m["row"]) for m in page.duplicates if m["row"].lon is not None]
    return {"type": "FeatureCollection", "features": located}


def triage_form(
    page: queries.IncidentPage, agencies: Mapping[str, str], data: Any = None
) -> forms.TriageForm:
    """Empty, or filled with the decision there is, else with what is suggested."""
    row = page.suggested.get(Aspect.PLACE)
    return forms.TriageForm(
        data,
        agencies=agencies,
        places=row.alternatives if row else [],
        initial=start_values(page),
    )


def scene_form(incident: Incident, data: Any = None) -> forms.SceneReportForm:
    start = {"final_category": incident.category, "final_subtype": incident.subtype}
    # The decision's form on the same page has a field "reason" too.
    return forms.SceneReportForm(data, initial=start, auto_id="scene_%s")


def start_values(page: queries.IncidentPage) -> dict[str, object]:
    incident = page.incident
    values: dict[str, object] = {
        "place_words": incident.place_words,
        "safe_contact": incident.safe_contact,
        "occurred_at": incident.occurred_at,
        "place": "",
    }
    names = ("category", "subtype", "urgency", "police_label", "lead_agency", "co_agencies")
    if incident.category:
        values |= {name: getattr(incident, name) for name in names}
        return values | {"urgency": most_urgent(incident.urgency, incident.urgency_floor)}
    said = {aspect: row.value for aspect, row in page.suggested.items() if row.value is not None}
    values |= {name: said[name] for name in names if name in said}
    values["urgency"] = most_urgent(str(said.get("urgency") or ""), incident.urgency_floor)
    if said.get(Aspect.UNSAFE_CONTACT) is True and incident.safe_contact == "unknown":
        values["safe_contact"] = "unsafe"
    if incident.lon is None and Aspect.PLACE in said:
        best = page.suggested[Aspect.PLACE].alternatives
        values["place"] = str(best[0]["code"]) if best else ""
    return values


def questions(form: forms.TriageForm, page: queries.IncidentPage) -> list[dict[str, object]]:
    """Each question with its field and, where there is one, the suggestion and its reasons."""
    advice = {a.aspect: a for a in page.advice}
    found: list[dict[str, object]] = []
    for name, aspect, key in QUESTIONS:
        row = advice.get(aspect.value)
        same = row is not None and str(form[name].value() or "") == str(row.value or "")
        shown_by_name = name == "place" or row is None or not row.shown
        changed = not same and not shown_by_name
        found.append({"field": form[name], "advice": row, "key": key, "changed": changed})
    return found


def assisting(form: forms.TriageForm) -> list[str]:
    value = form["co_agencies"].value()
    return [str(code) for code in value] if isinstance(value, list | tuple) else []


@require_safe
def picture(request: HttpRequest, code: str, picture_id: int) -> HttpResponseBase:
    """One picture, to whoever may see the incident; never sniffed, never framed, never shared."""
    actor = staff(request)
    incident = opened(actor, code)
    row = incident.attachments.filter(pk=picture_id).first()
    if row is None:
        raise NotFound("picture.not_found")
    try:
        content = row.file.open("rb")
    except FileNotFoundError as error:
        raise NotFound("picture.gone", _("This picture is no longer kept.")) from error
    answer = FileResponse(content, content_type=row.content_type)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "private, max-age=300"
    return answer
