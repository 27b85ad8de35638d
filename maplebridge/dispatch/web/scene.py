"""`/field/scene/<id>/`: who was on the spot reports back [反馈], with or without a network.

The desk has the same verb on the matter's page. This one is for the phone: one column, nothing of
the desk in it, and it may wait on the device.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from maplebridge.dispatch.forms import SceneForm
from maplebridge.dispatch.queries import orders, told
from maplebridge.dispatch.queries.access import access_offer
from maplebridge.dispatch.states import Verb
from maplebridge.dispatch.web.home import responder, topics
from maplebridge.incidents import api as incidents
from maplebridge.kernel.actor import Actor
from maplebridge.kernel.errors import BadInput, Conflict, Refused
from maplebridge.kernel.policy import require
from maplebridge.people import api as people

if TYPE_CHECKING:
    from maplebridge.dispatch.models import Offer


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, offer_id: int) -> HttpResponse:
    actor = responder(request)
    require(people.role_may(actor, "incident.feed_back"))
    offer = access_offer(actor, offer_id, verb=Verb.ARRIVE)
    if request.method != "POST":
        return _page(request, actor, offer, SceneForm())
    form = SceneForm(request.POST)
    if not form.is_valid():
        return _page(request, actor, offer, form, status=422)
    report = form.report()
    incident = offer.call.incident
    if told.reported_back(incident.pk, actor.account_id, report.measures):
        # Sent once more, because the answer to the first was lost on the way.
        messages.success(request, _said())
        return redirect("dispatch:home")
    try:
        incidents.file_scene_report(incident.code, report, actor=actor)
    except BadInput as refusal:
        for name, words in refusal.fields.items():
            form.add_error(name if name in form.fields else None, str(words))
        return _page(request, actor, offer, form, status=422)
    except (Conflict, Refused) as refusal:
        messages.warning(request, refusal.sentence())
        return redirect("dispatch:home")
    messages.success(request, _said())
    return redirect("dispatch:home")


def _said() -> str:
    return _("Reported back. The resident can read the answer now.")


def _page(
    request: HttpRequest, actor: Actor, offer: Offer, form: SceneForm, status: int = 200
) -> HttpResponse:
    shown = {
        "order": orders.order_view(offer),
        "topics": topics(actor),
        "form": form,
        "settled": offer.call.incident.state not in told.TO_REPORT_BACK,
    }
    return render(request, "dispatch/scene.html", shown, status=status)
