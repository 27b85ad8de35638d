"""`/follow/`: whoever holds the code sees where the matter stands, adds, answers, reopens.

The code is the credential here, also for somebody who is signed in; so everything is done as
a resident. Nothing of the report itself is shown: a code may be overheard.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from maplebridge.incidents import api, forms
from maplebridge.incidents.web.story import story_of
from maplebridge.kernel.actor import RESIDENT
from maplebridge.kernel.errors import BadInput, MapleError, NotFound, Refused
from maplebridge.kernel.numbers import normalise

if TYPE_CHECKING:
    from maplebridge.incidents.models import Incident


@never_cache
@require_safe
def enter(request: HttpRequest) -> HttpResponse:
    typed = request.GET.get("code", "")
    if not typed:
        return _enter(request, forms.CodeForm())
    try:
        return redirect("incidents:followed", code=normalise(typed))
    except BadInput as error:
        return _enter(request, _wrong_code(typed, error), status=422)


def _enter(request: HttpRequest, form: forms.CodeForm, status: int = 200) -> HttpResponse:
    return render(request, "incidents/follow_enter.html", {"form": form}, status=status)


def _wrong_code(typed: str, error: MapleError) -> forms.CodeForm:
    form = forms.CodeForm({"code": typed})
    form.full_clean()
    form.add_error("code", error.sentence())
    return form


@never_cache
@require_safe
def show(request: HttpRequest, code: str) -> HttpResponse:
    try:
        plain = normalise(code)
        incident = api.followed_incident(plain)
    except BadInput as error:
        return _enter(request, _wrong_code(code, error), status=404)
    except NotFound:
        unknown = NotFound("code.unknown", _("No matter has this code. Please check it once more."))
        return _enter(request, _wrong_code(code, unknown), status=404)
    if plain != code:
        return redirect("incidents:followed", code=plain)
    return _page(request, incident)


def _page(
    request: HttpRequest, incident: Incident, bound: dict[str, Form] | None = None, part: str = ""
) -> HttpResponse:
    shown: dict[str, Any] = {
        "story": story_of(incident),
        "incident": incident,
        "addition": forms.SupplementForm(prefix="add"),
        "settled": forms.SettledForm(prefix="settled"),
        "survey_form": forms.SurveyForm(),
        "reopening": forms.ReasonForm(prefix="reopen"),
        "open_part": part,
    }
    status = 422 if bound else 200
    return render(request, "incidents/follow.html", shown | (bound or {}), status=status)


def _followed(code: str) -> Incident:
    """The row for a POST; a code that cannot be looks like one that is not."""
    try:
        return api.followed_incident(code)
    except BadInput as error:
        raise NotFound("incident.not_found") from error


def _back(request: HttpRequest, code: str, said: str, part: str = "") -> HttpResponse:
    """To the page as it is now, at the part with this id: nobody looks for the next question."""
    messages.success(request, said)
    return redirect(reverse("incidents:followed", args=[code]) + (f"#{part}" if part else ""))


@require_POST
def add(request: HttpRequest, code: str) -> HttpResponse:
    incident = _followed(code)
    form = forms.SupplementForm(request.POST, request.FILES, prefix="add")
    if form.is_valid():
        data = form.cleaned_data
        try:
            api.add_supplement(
                incident.code,
                data["words"],
                actor=RESIDENT,
                key=f"web:{data['intake_key']}",
                pictures=data["picture"],
            )
        except BadInput as error:
            forms.spread(form, error)
        else:
            return _back(request, incident.code, _("Added. The duty desk sees it now."))
    return _page(request, incident, {"addition": form}, "add")


@require_POST
def settled(request: HttpRequest, code: str) -> HttpResponse:
    """A word to the desk and nothing more: a threatened person may have been made to send it."""
    incident = _followed(code)
    form = forms.SettledForm(request.POST, prefix="settled")
    if not form.is_valid():
        return _page(request, incident, {"settled": form}, "settled")
    words = " ".join(filter(None, (
        _("The resident says it is settled and nobody needs to come."),
        form.cleaned_data["words"],
    )))  # fmt: skip
    try:
        key = f"web:{form.cleaned_data['intake_key']}"
        api.add_supplement(incident.code, words, actor=RESIDENT, key=key)
    except BadInput as error:
        forms.spread(form, error)
        return _page(request, incident, {"settled": form}, "settled")
    said = _("Thank you. The duty desk knows; somebody may still come to make sure.")
    return _back(request, incident.code, said)


@require_POST
def survey(request: HttpRequest, code: str) -> HttpResponse:
    incident = _followed(code)
    form = forms.SurveyForm(request.POST)
    if not form.is_valid():
        return _page(request, incident, {"survey_form": form}, "survey")
    try:
        given = form.answers(story_of(incident).answers)
        api.answer_survey(incident.code, **given, actor=RESIDENT)
    except Refused as error:
        messages.error(request, error.sentence())
        return redirect("incidents:followed", code=incident.code)
    said = _("Thank you, your answer is stored. You may change it.")
    return _back(request, incident.code, said, "survey")


@require_POST
def reopen(request: HttpRequest, code: str) -> HttpResponse:
    incident = _followed(code)
    form = forms.ReasonForm(request.POST, prefix="reopen")
    if not form.is_valid():
        return _page(request, incident, {"reopening": form}, "reopen")
    try:
        api.reopen_incident(incident.code, reason=form.cleaned_data["reason"], actor=RESIDENT)
    except MapleError as error:
        messages.error(request, error.sentence())
        return redirect("incidents:followed", code=incident.code)
    said = _("It is open again. The duty desk reads your reason now.")
    return _back(request, incident.code, said)
