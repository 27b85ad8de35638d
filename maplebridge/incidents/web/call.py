"""`/desk/call/`: what a call taker writes while somebody speaks. Keyboard only."""

from __future__ import annotations

import dataclasses
import hashlib

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from maplebridge.incidents import api, queries
from maplebridge.incidents.forms import CallForm, spread
from maplebridge.incidents.web.access import opened, staff
from maplebridge.kernel.actor import Actor
from maplebridge.kernel.errors import BadInput, NotAllowed, NotFound
from maplebridge.kernel.numbers import spaced


@never_cache  # a page from the cache would carry the key and the clocks of the call before
@require_http_methods(["GET", "HEAD", "POST"])
def take(request: HttpRequest) -> HttpResponse:
    actor = staff(request, "incident.receive")
    if not actor.is_staff:
        raise NotAllowed("incident.staff_only")
    if request.method != "POST":
        return _form(request, CallForm())
    form = CallForm(request.POST)
    if form.is_valid():
        try:
            received = _receive(form.intake(), actor)
        except BadInput as error:
            spread(form, error)
        else:
            _say(request, received)
            return _onward(actor, received.code)
    return _form(request, form, status=422)


def _receive(intake: api.Intake, actor: Actor) -> api.Received:
    """Store the call. Other words under a known key are another call, not a repeat of this one."""
    received = api.receive_report(intake, actor=actor)
    if received.repeated and queries.first_words(received.incident_id) != intake.narrative:
        digest = hashlib.sha256(intake.narrative.encode()).hexdigest()[:16]
        again = dataclasses.replace(intake, key=f"{intake.key}:{digest}")
        return api.receive_report(again, actor=actor)
    return received


def _say(request: HttpRequest, received: api.Received) -> None:
    if received.repeated:
        said = _("This call had already been stored as {code}.")
    else:
        said = _("The call is stored. Tell the caller the code {code}.")
    messages.success(request, said.format(code=spaced(received.code)))


def _onward(actor: Actor, code: str) -> HttpResponse:
    """To the incident; who took in a matter beyond their own area follows it by its code."""
    try:
        opened(actor, code)
    except (NotFound, NotAllowed):
        return redirect("incidents:followed", code=code)
    return redirect("incidents:case", code=code)


def _form(request: HttpRequest, form: CallForm, status: int = 200) -> HttpResponse:
    return render(request, "incidents/call.html", {"form": form}, status=status)
