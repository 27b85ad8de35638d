"""`/field/alarm/`: a sentinel's one tap, and the two taps of the half minute."""

from __future__ import annotations

import secrets

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from maplebridge.dispatch import api
from maplebridge.dispatch.forms import AlarmForm, AlarmStepForm
from maplebridge.dispatch.queries import orders
from maplebridge.dispatch.states import AlarmKind, AlarmStatus
from maplebridge.dispatch.web.home import topics
from maplebridge.kernel.actor import actor_of
from maplebridge.kernel.errors import BadInput, Conflict, Refused
from maplebridge.kernel.policy import require
from maplebridge.people import api as people


@never_cache
@login_required
def show(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    require(people.role_may(actor, "alarm.raise"))
    form = AlarmForm(
        request.POST if request.method == "POST" else None,
        initial={"intake_key": secrets.token_hex(16), "status": AlarmStatus.INTERVENING},
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        api.raise_alarm(
            said["kind"], said["words"], said["status"], actor=actor, key=said["intake_key"]
        )
        messages.success(request, _("The alarm is raised. Your team and the desk know."))
        return redirect("dispatch:alarm")
    return render(
        request,
        "dispatch/alarm.html",
        {
            "form": form,
            "kinds": AlarmKind.choices,
            "statuses": AlarmStatus.choices,
            "alarms": orders.my_alarms(actor),
            "topics": topics(actor),
            "step_key": secrets.token_hex(16),
        },
        status=422 if form.is_bound else 200,
    )


@login_required
@require_POST
def step(request: HttpRequest, alarm_id: int) -> HttpResponse:
    actor = actor_of(request)
    require(people.role_may(actor, "alarm.raise"))
    form = AlarmStepForm(request.POST)
    try:
        if not form.is_valid():
            raise BadInput("dispatch.alarm_step")
        said = form.cleaned_data
        match said["step"]:
            case "ack":
                api.acknowledge_alarm(alarm_id, actor=actor)
            case "there":
                api.be_on_scene(alarm_id, actor=actor)
            case "update":
                api.update_alarm(
                    alarm_id, said["status"], said["words"], actor=actor, key=said["intake_key"]
                )
            case "close":
                api.close_alarm(alarm_id, reason=said["words"], actor=actor)
    except BadInput as refusal:
        messages.error(request, str(next(iter(refusal.fields.values()), refusal.message)))
    except (Conflict, Refused) as refusal:
        messages.info(request, refusal.sentence())
    return redirect("dispatch:alarm")
