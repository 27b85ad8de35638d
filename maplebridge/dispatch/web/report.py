"""`/field/report/`: somebody on the street reports what they see, with or without a network."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from maplebridge.dispatch.forms import HELPERS, FieldReportForm
from maplebridge.dispatch.queries import told
from maplebridge.incidents import api as incidents
from maplebridge.kernel.actor import Actor, actor_of
from maplebridge.kernel.errors import BadInput
from maplebridge.kernel.numbers import spaced
from maplebridge.kernel.policy import require
from maplebridge.people import api as people


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    require(people.role_may(actor, "incident.receive"))
    pictures = actor.role not in HELPERS
    if request.method != "POST":
        return _page(request, FieldReportForm(pictures=pictures))
    form = FieldReportForm(request.POST, request.FILES, pictures=pictures)
    if form.is_valid():
        try:
            received = _receive(form.intake(actor), actor)
        except BadInput as refusal:
            for name, words in (refusal.fields or {"": refusal.sentence()}).items():
                form.add_error(name if name in form.fields else None, str(words))
        else:
            said = _("Reported, code {code}. The desk has it.")
            messages.success(request, said.format(code=spaced(received.code)))
            return redirect("dispatch:report")
    return _page(request, form, status=422)


def _receive(intake: incidents.Intake, actor: Actor) -> incidents.Received:
    """Store it. Other words under a known key are another report, not a repeat of this one."""
    received = incidents.receive_report(intake, actor=actor)
    if received.repeated and told.first_words(received.incident_id) != intake.narrative:
        digest = hashlib.sha256(intake.narrative.encode()).hexdigest()[:16]
        return incidents.receive_report(replace(intake, key=f"{intake.key}:{digest}"), actor=actor)
    return received


def _page(request: HttpRequest, form: FieldReportForm, status: int = 200) -> HttpResponse:
    return render(request, "dispatch/report.html", {"form": form}, status=status)
