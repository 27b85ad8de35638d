"""What the desk does with an incident: one POST, one verb, a sentence on what happened."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from maplebridge.incidents import api, codes, forms, queries
from maplebridge.incidents.calling import warning
from maplebridge.incidents.web.access import opened, staff, told_and_back
from maplebridge.incidents.web.case import case_page, scene_form, triage_form
from maplebridge.kernel.errors import BadInput
from maplebridge.kernel.numbers import spaced


def _back(request: HttpRequest, code: str, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("incidents:case", code=code)


@require_POST
@told_and_back
def triage(request: HttpRequest, code: str) -> HttpResponse:
    actor = staff(request)
    incident = opened(actor, code)
    page = queries.incident_page(incident, actor)
    form = triage_form(page, queries.agency_names(), request.POST)
    if form.is_valid():
        try:
            decision = form.triage(words_before=incident.place_words)
            done = api.triage_incident(incident.code, decision, actor=actor)
        except BadInput as error:
            forms.spread(form, error)
        else:
            if not queries.visible_incidents(actor).filter(pk=done.pk).exists():
                messages.success(request, _("Decided. Another office has it now, out of sight."))
                return redirect("incidents:queue")
            said = _("Decided: {category}, {urgency}. You can still correct it below.")
            category, urgency = codes.Category(done.category), codes.Urgency(done.urgency)
            return _back(request, done.code, said.format(
                category=category.label, urgency=urgency.label
            ))  # fmt: skip
    return case_page(request, actor, incident, triage=form, open_part="triage")


@require_POST
@told_and_back
def merge(request: HttpRequest, code: str) -> HttpResponse:
    actor = staff(request)
    duplicate = opened(actor, code)
    master = opened(actor, request.POST.get("master", ""))
    api.merge_incidents(master.code, duplicate.code, actor=actor)
    said = _("This now follows {code}; nothing was copied. You can undo it here at any time.")
    return _back(request, duplicate.code, said.format(code=spaced(master.code)))


@require_POST
@told_and_back
def undo_merge(request: HttpRequest, code: str) -> HttpResponse:
    actor = staff(request)
    incident = api.undo_merge(opened(actor, code).code, actor=actor)
    return _back(request, incident.code, _("The merge is undone; this is as it was before."))


@never_cache
@require_POST
def contact(request: HttpRequest, code: str) -> HttpResponse:
    """Shows the contact in the answer itself: in a message it would outlive its purpose."""
    actor = staff(request)
    incident = opened(actor, code)
    form = forms.PurposeForm(request.POST)
    if not form.is_valid():
        return case_page(request, actor, incident, bound={"purpose": form})
    read = api.read_contact(incident.code, form.cleaned_data["purpose"], actor=actor)
    shown = {
        "incident": incident,
        "contact": read,
        "warning": warning(incident),
        "may": frozenset({"read_contact"}),
    }
    return render(request, "incidents/contact.html", shown)


@require_POST
@told_and_back
def add(request: HttpRequest, code: str) -> HttpResponse:
    actor = staff(request)
    incident = opened(actor, code)
    form = forms.SupplementForm(request.POST, request.FILES, prefix="add")
    if form.is_valid():
        data = form.cleaned_data
        try:
            api.add_supplement(
                incident.code,
                data["words"],
                actor=actor,
                key=f"desk:{data['intake_key']}",
                pictures=data["picture"],
            )
        except BadInput as error:
            forms.spread(form, error)
        else:
            return _back(request, incident.code, _("Added. The first report stays as it was."))
    return case_page(request, actor, incident, bound={"addition": form}, open_part="add")


@require_POST
@told_and_back
def scene_report(request: HttpRequest, code: str) -> HttpResponse:
    actor = staff(request)
    incident = opened(actor, code)
    form = scene_form(incident, request.POST)
    if form.is_valid():
        try:
            api.file_scene_report(incident.code, form.report(), actor=actor)
        except BadInput as error:
            forms.spread(form, error)
        else:
            said = _("Reported back. The resident can read the answer now.")
            return _back(request, incident.code, said)
    return case_page(request, actor, incident, bound={"scene": form}, open_part="scene")


@require_POST
@told_and_back
def call_back(request: HttpRequest, code: str) -> HttpResponse:
    actor = staff(request)
    incident = opened(actor, code)
    form = forms.CallBackForm(request.POST, prefix="call")
    if form.is_valid():
        reached = form.cleaned_data["reached"] == "yes"
        api.record_call_back(
            incident.code, reached=reached, note=form.cleaned_data["note"], actor=actor
        )
        said = _("The call is noted: reached.") if reached else _("The call is noted: not reached.")
        return _back(request, incident.code, said)
    return case_page(request, actor, incident, bound={"call_back": form}, open_part="call_back")


@require_POST
@told_and_back
def close(request: HttpRequest, code: str) -> HttpResponse:
    actor = staff(request)
    incident = api.close_incident(opened(actor, code).code, actor=actor)
    said = _("Closed. The resident, or you, may reopen it for thirty days.")
    return _back(request, incident.code, said)


@require_POST
@told_and_back
def reopen(request: HttpRequest, code: str) -> HttpResponse:
    actor = staff(request)
    incident = opened(actor, code)
    form = forms.ReasonForm(request.POST, prefix="reopen")
    if form.is_valid():
        api.reopen_incident(incident.code, reason=form.cleaned_data["reason"], actor=actor)
        return _back(request, incident.code, _("Open again; it waits in the queue to be judged."))
    return case_page(request, actor, incident, bound={"reopening": form}, open_part="reopen")


@require_POST
@told_and_back
def mark_invalid(request: HttpRequest, code: str) -> HttpResponse:
    actor = staff(request)
    incident = opened(actor, code)
    form = forms.ReasonForm(request.POST, prefix="invalid")
    if not form.is_valid():
        return case_page(request, actor, incident, bound={"invalid": form}, open_part="invalid")
    done = api.mark_invalid(incident.code, reason=form.cleaned_data["reason"], actor=actor)
    if done:
        said = _("Two people hold it not to be valid; it is set aside. It can be reopened.")
    else:
        said = _("Your mark is kept. It is set aside only when a second person says the same.")
    return _back(request, incident.code, said)
