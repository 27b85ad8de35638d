"""What the desk does with an incident: one POST, one verb, a sentence on what happened."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from maplebridge.incidents import api, codes, forms, queries
from maplebridge.incidents.calling import warning
from maplebridge.incidents.web.access import opened, staff, told_and_back
from maplebridge.incidents.web.case import case_page, scene_form, triage_form
from maplebridge.kernel.actor import Actor
from maplebridge.kernel.errors import BadInput
from maplebridge.kernel.faces import follow_up
from maplebridge.kernel.numbers import spaced
from maplebridge.kernel.undo import say_with_undo


def _back(request: HttpRequest, code: str, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("incidents:case", code=code)


@require_POST
@told_and_back
def triage(request: HttpRequest, code: str) -> HttpResponse:
    """Confirm what is filled in; who is ticked beside it is sent by the same press, or neither.

    `only=decide` sends nobody, `only=send` leaves the decision for later.
    """
    actor = staff(request)
    incident = opened(actor, code)
    only = request.POST.get("only", "")
    if only == "send":
        follow_up("incident.decided", request, incident.code)
        return redirect("incidents:case", code=incident.code)
    page = queries.incident_page(incident, actor)
    form = triage_form(page, queries.agency_names(), request.POST)
    if meanwhile := _decided_meanwhile(request, incident.pk, actor):
        return case_page(
            request, actor, incident, triage=form, open_part="triage", meanwhile=meanwhile
        )
    if form.is_valid():
        decision = form.triage(words_before=incident.place_words)
        try:
            with transaction.atomic():
                done = api.triage_incident(incident.code, decision, actor=actor)
                seen = queries.visible_incidents(actor).filter(pk=done.pk).exists()
                if seen and only != "decide":
                    follow_up("incident.decided", request, done.code)
        except BadInput as error:
            forms.spread(form, error)
        else:
            return _decided(request, done.code, done.category, done.urgency, seen=seen)
    return case_page(request, actor, incident, triage=form, open_part="triage")


def _decided(
    request: HttpRequest, code: str, category: str, urgency: str, *, seen: bool
) -> HttpResponse:
    if not seen:
        messages.success(request, _("Decided. Another office has it now, out of sight."))
        return redirect("incidents:queue")
    said = _("Decided: {category}, {urgency}. You can still correct it below.")
    words = {"category": codes.Category(category).label, "urgency": codes.Urgency(urgency).label}
    return _back(request, code, said.format(**words))


def _decided_meanwhile(request: HttpRequest, incident_id: int, actor: Actor) -> str:
    """What somebody else decided while this form was open; empty when nobody did.

    The form comes back with what was typed, and a second press changes their decision knowingly.
    """
    seen = request.POST.get("seen", "")
    if not seen.isascii() or not seen.isdecimal():
        return ""  # a form from before this field, or from elsewhere: as it always was
    other = queries.decided_since(incident_id, int(seen[:18]), actor)
    if other is None:
        return ""
    return _(
        "{who} decided this while you were writing: {category}, {urgency}. What you chose is kept;"
        " press again to change it."
    ).format(
        who=other.account.title if other.account else _("Somebody"),
        category=codes.Category(other.category).label,
        urgency=codes.Urgency(other.urgency).label,
    )


@require_POST
@told_and_back
def merge(request: HttpRequest, code: str) -> HttpResponse:
    actor = staff(request)
    duplicate = opened(actor, code)
    master = opened(actor, request.POST.get("master", ""))
    api.merge_incidents(master.code, duplicate.code, actor=actor)
    said = _("This now follows {code}; nothing was copied. You can undo it here at any time.")
    say_with_undo(
        request,
        said.format(code=spaced(master.code)),
        reverse("incidents:undo_merge", args=[duplicate.code]),
    )
    return redirect("incidents:case", code=duplicate.code)


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
    reopening = [("reopen-reason", _("closed by mistake"))]
    url = reverse("incidents:reopen", args=[incident.code])
    say_with_undo(request, said, url, fields=reopening, label=_("Reopen it"))
    return redirect("incidents:case", code=incident.code)


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
