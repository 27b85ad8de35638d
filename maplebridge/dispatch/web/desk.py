"""The desk's decision: send the ticked units, ask volunteers, stand down."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from maplebridge.dispatch import api
from maplebridge.dispatch.forms import ReasonForm, SendForm
from maplebridge.dispatch.queries import board
from maplebridge.incidents import api as incidents
from maplebridge.kernel.actor import actor_of
from maplebridge.kernel.clock import now
from maplebridge.kernel.errors import BadInput, Conflict, Refused
from maplebridge.kernel.numbers import small_int
from maplebridge.kernel.undo import say_with_undo

UNDO_WITHIN = timedelta(seconds=10)
GRACE = timedelta(seconds=5)  # the press has a way to go


@login_required
@require_POST
def send(request: HttpRequest, code: str) -> HttpResponse:
    """Units and volunteers in one decision; a refusal leads back with its reason."""
    code = incidents.access_incident(actor_of(request), code).code
    try:
        if not _send(request, code):
            raise BadInput("dispatch.nobody_chosen", _("Choose who is to go."))
    except (BadInput, Conflict, Refused) as refusal:
        messages.error(request, refusal.sentence())
    return redirect("incidents:case", code=code)


def send_ticked(request: HttpRequest, code: str) -> None:
    """Who was ticked beside a decision goes with the same press; nobody ticked is fine too."""
    _send(request, code)


def _send(request: HttpRequest, code: str) -> bool:
    form = SendForm(request.POST)
    if not form.is_valid():
        raise BadInput("dispatch.nobody_chosen", _("Choose who is to go."))
    data = form.cleaned_data
    volunteers = data["volunteers"] or data["screened"]
    units = [pk for pk in data["units"] if small_int(str(pk))]
    if not units and not volunteers:
        return False
    brief = incidents.brief_by_code(code)
    if units and volunteers and not brief.category:
        volunteers = False  # sent first, judged later: whether they may go is not known yet
        messages.info(request, _("Volunteers are asked once it is decided what this is."))
    calls = api.send(
        brief.id, unit_ids=units, volunteers=volunteers,
        screened=volunteers and data["screened"], actor=actor_of(request),
    )  # fmt: skip
    said = ngettext("Sent: {n} order.", "Sent: {n} orders.", len(calls)).format(n=len(calls))
    say_with_undo(
        request, said, reverse("dispatch:undo_send", args=[code]),
        fields=[("call", call) for call in calls], label=_("Take it back"),
        within_s=int(UNDO_WITHIN.total_seconds()),
    )  # fmt: skip
    return True


@login_required
@require_POST
def undo_send(request: HttpRequest, code: str) -> HttpResponse:
    """Take back what has just been sent: everybody is told, and the matter waits to be sent."""
    actor = actor_of(request)
    brief = incidents.brief_by_code(incidents.access_incident(actor, code).code)
    wanted = {small_int(pk) for pk in request.POST.getlist("call")}
    lines = [c for c in board.calls_of(brief.id) if c.open and c.call_id in wanted]
    late = [c for c in lines if now() - c.opened_at > UNDO_WITHIN + GRACE]
    try:
        if late or not lines:
            raise Refused(
                "dispatch.undo_late",
                _("The ten seconds are over; whoever is not needed can be stood down one by one."),
            )
        with transaction.atomic():
            for line in lines:
                api.stand_down(line.call_id, reason=_("taken back at once"), actor=actor)
    except (Conflict, Refused) as refusal:
        messages.error(request, refusal.sentence())
    else:
        messages.success(request, _("Taken back; everybody is told. The decision stays."))
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
