"""`/`: a resident says what happened. No sign-in; works without scripts."""

from __future__ import annotations

import hashlib

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from maplebridge.incidents import api, queries
from maplebridge.incidents.dangers import DANGERS
from maplebridge.incidents.forms import ReportForm, spread
from maplebridge.kernel.actor import RESIDENT
from maplebridge.kernel.errors import BadInput


@never_cache  # a page from the cache would carry the key of the report before
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _form(request, ReportForm())
    form = ReportForm(request.POST, request.FILES)
    if form.is_valid():
        intake = form.intake()
        try:
            received = api.receive_report(intake, actor=RESIDENT)
        except BadInput as error:
            spread(form, error)
        else:
            _say(request, received, intake, form.cleaned_data["same_as"])
            return redirect("incidents:followed", code=received.code)
    return _form(request, form, status=422)


def _form(request: HttpRequest, form: ReportForm, status: int = 200) -> HttpResponse:
    shown = {"form": form, "dangers": DANGERS}
    return render(request, "incidents/report.html", shown, status=status)


def _say(request: HttpRequest, received: api.Received, intake: api.Intake, same: str) -> None:
    """Tell what happened; other words under a known key are added, so that none are lost."""
    if not received.repeated:
        if same and api.join_same(received, same, intake):
            said = _("We have your report, together with the earlier one. Keep this code.")
        else:
            said = _("We have your report. Keep this code.")
        messages.success(request, said)
        return
    said = queries.first_words(received.incident_id)
    if said == intake.narrative:
        messages.info(request, _("You had already sent this report. This is its code."))
        return
    digest = hashlib.sha256(intake.narrative.encode()).hexdigest()[:16]
    api.add_supplement(
        received.code,
        intake.narrative,
        actor=RESIDENT,
        key=f"{intake.key}:{digest}",
        pictures=intake.pictures,
    )
    messages.success(request, _("You had already sent this report. Your new words were added."))
