"""The desk's decision: send the ticked units, ask volunteers, stand down."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from maplebridge.dispatch import api
from maplebridge.dispatch.forms import ReasonForm, SendForm
from maplebridge.incidents import api as incidents
from maplebridge.kernel.actor import actor_of
from maplebridge.kernel.errors import BadInput, Conflict, Refused
from maplebridge.kernel.numbers import small_int


@login_required
@require_POST
def send(request: HttpRequest, code: str) -> HttpResponse:
    """Units and volunteers in one decision; a refusal leads back with its reason."""
    actor = actor_of(request)
    brief = incidents.brief_by_code(incidents.access_incident(actor, code).code)
    form = SendForm(request.POST)
    try:
        if not form.is_valid():
            raise BadInput("dispatch.nobody_chosen", _("Choose who is to go."))
        calls = api.send(
            brief.id,
            unit_ids=[pk for pk in form.cleaned_data["units"] if small_int(str(pk))],
            volunteers=form.cleaned_data["volunteers"] or form.cleaned_data["screened"],
            screened=form.cleaned_data["screened"],
            actor=actor,
        )
    except (BadInput, Conflict, Refused) as refusal:
        messages.error(request, refusal.sentence())
    else:
        words = ngettext("Sent: {n} order.", "Sent: {n} orders.", len(calls))
        messages.success(request, words.format(n=len(calls)))
    return redirect("incidents:case", code=brief.code)


@login_required
@require_POST
def stand_down(request: HttpRequest, code: str, call_id: int) -> HttpResponse:
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        api.stand_down(call_id, reason=reason, actor=actor_of(request))
        messages.success(request, _("Stood down; everybody who was asked is told."))
    except (Conflict, Refused) as refusal:
        messages.info(request, refusal.sentence())
    return redirect("incidents:case", code=code)


@login_required
@require_POST
def end_alarm(request: HttpRequest, code: str, alarm_id: int) -> HttpResponse:
    """The desk ends an alarm that nobody on the spot can end, with a reason."""
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        api.close_alarm(alarm_id, reason=reason, actor=actor_of(request))
        messages.success(request, _("The alarm is ended; its team is told."))
    except (BadInput, Conflict, Refused) as refusal:
        messages.error(request, refusal.sentence())
    return redirect("incidents:case", code=code)


@login_required
@require_POST
def by_radio(request: HttpRequest, code: str, offer_id: int) -> HttpResponse:
    """A unit without a phone at hand told the desk; the change row names who tapped."""
    actor = actor_of(request)
    try:
        match request.POST.get("step"):
            case "accept":
                api.accept_offer(offer_id, actor=actor)
            case "arrive":
                api.arrive(offer_id, actor=actor)
    except (Conflict, Refused) as refusal:
        messages.info(request, refusal.sentence())
    return redirect("incidents:case", code=code)
